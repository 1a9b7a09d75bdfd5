"""Assessments by other tools of the family in Brook Lane: three tools, three ways of saying."""

from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from sightline.common.clock import local_date
from sightline.demo.cast import Cast
from sightline.people.models import Mention
from sightline.screening.tools.commands import record_assessment

REFERENCE = "NM-BL-5"
CHECKLIST = dict.fromkeys(
    ["D2", "D3", "D4", "D6", "D7", "D8", "D10", "D11", "D12", "D14", "D21", "D23"], "yes"
) | dict.fromkeys(["D1", "D9", "D16", "D19"], "no") | {"D15": "not_known"}  # fmt: skip
FIRST_RESPONSE = {
    "R1": "often", "R2": "all_the_time", "R5": "often", "R7": "sometimes", "R8": "not_known",
    "R10": "sometimes", "R14": "often", "R17": "yes", "R18": "yes", "R19": "yes",
    "RJ": "He says he will take the children if I ring you again.",
}  # fmt: skip
SUMMARY = {
    "S1": "Daniel pushed Maria while Leila listened on the stairs; it is not the first time.",
    "S3": "The school is worried that Daniel will hurt Maria again and that Leila will step in.",
    "S4": "Leila tells her teacher when she is worried, and her teacher asks.",
    "S5": "Maria took the children to her sister in June and kept them there for the weekend.",
    "S6": "Leila and Sam sleep in a home where Daniel does not come, seen for three months.",
    "S8": [("Maria", 5), ("Class teacher", 4), ("Link worker", 2)],
}  # fmt: skip


def record_some(cast: Cast, *, now: datetime) -> None:
    """Record three assessments, each once."""
    about = {
        mention.role + mention.given_name: mention
        for mention in Mention.objects.filter(
            source__notification__reference=REFERENCE, source__superseded_at__isnull=True
        ).select_related("source__incident")
    }
    victim = next((m for key, m in about.items() if key.startswith("victim")), None)
    child = next((m for key, m in sorted(about.items()) if key == "childLeila"), None)
    if victim is None or child is None:
        return
    day = now - timedelta(hours=2)
    _record(cast, "dara", victim, FIRST_RESPONSE, "medium", "police", day,
            because="Control every day; this incident alone left no injury.")  # fmt: skip
    _record(cast, "dash", victim, CHECKLIST, "high", "idva", day,
            because="She is leaving him, and he has threatened to take the children.")  # fmt: skip
    _record(cast, "signs", child, SUMMARY, "", "health", day)


def _record(
    cast: Cast, tool: str, mention: Mention, answers: dict[str, Any], band: str, by: str,
    now: datetime, *, because: str = "",
) -> None:  # fmt: skip
    user = cast.users[by] if by == "health" else cast.users["administrator"]
    incident = mention.source.incident
    if incident is None:
        return
    record_assessment(
        key=uuid5(NAMESPACE_URL, f"demo {tool} {REFERENCE}"), incident=incident, mention=mention,
        tool=tool, answers=answers, band=band, band_because=because,
        assessor=cast.users[by].name, agency=cast.users[by].agency,
        assessed_on=local_date(now), by=user, now=now,
    )  # fmt: skip
