"""What a victim was assessed with: by whoever notified, and by any agency with a tool since."""

from collections.abc import Collection

from sightline.common.clock import local_date
from sightline.intake.models import Notification
from sightline.rules.meetings.marac import Assessed
from sightline.rules.screening.tools import About, tool_called
from sightline.screening.models import ToolRecord
from sightline.screening.own_words import tool_in

MARAC = "marac"  # the id of a tool's own threshold for it


def assessments_of(victim: int, incidents: Collection[int]) -> tuple[Assessed, ...]:
    """Return how a victim was assessed in these incidents; what was withdrawn is left out."""
    return (*_notified(incidents), *_recorded(victim, incidents))


def _notified(incidents: Collection[int]) -> list[Assessed]:
    kept = Notification.objects.filter(
        source__incident__in=incidents, source__superseded_at__isnull=True
    ).select_related("source")
    found = (_graded(one) for one in kept.only("content", "notified_at", "source__label"))
    return [one for one in found if one is not None]


def _graded(notification: Notification) -> Assessed | None:
    risk, source = notification.content.get("risk") or {}, notification.source
    if not risk.get("tool") or source is None:
        return None
    return Assessed(
        tool=risk["tool"], title=risk["tool"], on=local_date(notification.notified_at),
        by=source.label, yes_answers=risk.get("score"),
        grade=risk.get("supervisor_grade") or risk.get("officer_grade") or "",
    )  # fmt: skip


def _recorded(victim: int, incidents: Collection[int]) -> list[Assessed]:
    records = ToolRecord.objects.filter(
        incident__in=incidents, withdrawn_at__isnull=True,
        mention__links__person=victim, mention__links__ended_at__isnull=True,
    ).select_related("agency", "own_words")  # fmt: skip
    return [_assessed(one) for one in records.order_by("assessed_on", "pk") if _of_victims(one)]


def _of_victims(record: ToolRecord) -> bool:
    return tool_called(record.tool).about is About.VICTIM


def _assessed(record: ToolRecord) -> Assessed:
    tool = tool_in(tool_called(record.tool), record.own_words)
    enough = next((one.start for one in tool.thresholds if one.id == MARAC), None)
    return Assessed(
        tool=tool.id, title=tool.title, on=record.assessed_on, by=record.agency.name,
        yes_answers=record.counted, enough=enough, grade=record.band,
    )  # fmt: skip
