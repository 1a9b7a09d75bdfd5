"""What the demo's auditors found in files drawn by chance, and the last letters to who sent."""

import random
from datetime import datetime, timedelta
from uuid import UUID

from sightline.assurance.commands import record_audit
from sightline.assurance.models import FileAudit
from sightline.common.announce import quietly
from sightline.common.clock import local_date, midnight
from sightline.demo.cast import Cast
from sightline.letters.commands import read_letter, write_letters
from sightline.letters.models import SenderLetter
from sightline.rules.assurance.themes import Met, audit_on
from sightline.screening.models import Screening

AUDITED = 24
DECIDED_AGO = timedelta(days=30)
LETTERS = 2  # of the last months
# How often a theme is not enough, per hundred: near what an audit of 331 files published in 2016.
NOT_ENOUGH = {"risk": 20, "impact": 14, "agencies": 8, "perpetrator": 22, "voice": 32}
MISSING = {
    "risk": "The tool is named; what the earlier households would have shown is not.",
    "impact": "What happened is clear, what it does to a child of this age is not.",
    "agencies": "Probation was not asked.",
    "perpetrator": "Nobody spoke to him, and the plan asks nothing of him.",
    "voice": "Not seen alone; the only words are those of an adult.",
}


def audit_some(cast: Cast, *, now: datetime) -> None:
    """Have files that were decided on a month ago and more be audited. Twice is once."""
    if FileAudit.objects.exists():
        return
    dice = random.Random("audits")  # noqa: S311
    decided = Screening.objects.filter(
        decisions__decided_at__lt=now - DECIDED_AGO, imported=False, withdrawn_at__isnull=True
    ).distinct()
    for number, screening in enumerate(decided.order_by("-pk")[:AUDITED], start=1):
        by = cast.users["chair" if number % 2 else "health"]
        record_audit(
            key=UUID(int=number), screening=screening, council=cast.agencies["care"],
            found=_found(now, dice), learning="", by=by, now=now - timedelta(days=number),
        )  # fmt: skip


def _found(now: datetime, dice: random.Random) -> dict[str, tuple[str, str]]:
    return {theme.id: _met(theme.id, dice) for theme in audit_on(local_date(now)).themes}


def _met(theme: str, dice: random.Random) -> tuple[str, str]:
    if dice.random() * 100 >= NOT_ENOUGH[theme]:
        return Met.YES, ""
    return dice.choice((Met.PARTLY, Met.NO)), MISSING[theme]


def write_to_senders(cast: Cast, *, now: datetime) -> None:
    """Write the letters of the last months, each on the first of the next. Twice is once."""
    first = midnight(now) - timedelta(days=local_date(now).day - 1)
    with quietly("letter.written"):
        for months in reversed(range(LETTERS)):
            write_letters((first - timedelta(days=28 * months)).replace(hour=5))
    police = SenderLetter.objects.filter(sender=cast.police, read_at__isnull=True)
    if (oldest := police.order_by("month").first()) and police.count() > 1:
        read_letter(letter=oldest, by=cast.users["police"], now=oldest.made_at + timedelta(hours=4))
