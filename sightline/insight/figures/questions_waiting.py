"""How many questions wait for a person, and for how long."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sightline.insight.engine.base import Answer, minute_of
from sightline.insight.facts.waited import WAITED
from sightline.insight.figures.base import Column, Counted, Figure
from sightline.insight.figures.questions import SIGHTLINE
from sightline.insight.periods import Period

MINUTES_A_DAY = 24 * 60
LIMITS = (1, 3, 7, 30)  # days
BANDS = ("under 1 day", "1 to 2 days", "3 to 6 days", "7 to 29 days", "30 days and more")
BAND = " + ".join(f"cast(minutes >= {days * MINUTES_A_DAY} as integer)" for days in LIMITS)
NEVER = 2**31 - 1  # a minute as late as a fact can hold

# Looked at when the period is over, or at the moment of counting where that is still to come.
QUESTION = f"""
with waiting as (
    select least(:over, :minute) - asked as minutes
    from waited
    where day between :first and :last and began < :over and (ended is null or ended >= :over)
)
select {BAND} as band, count(*) as questions, max(minutes) as longest
from waiting
group by {BAND}
"""  # noqa: S608 - BAND is ours


class QuestionsWaiting(Figure):
    id = "who.waiting"
    name = "Questions “who is this?” that wait, by how long"
    about_people = False
    source = SIGHTLINE
    who = (
        "Every question whether two records are one person, or one record several, that was asked "
        "and neither answered for good nor closed as needless."
    )
    dates = (
        "Asked in the period, and waiting at its end; where that is still to come, at the moment "
        "of counting, or the moment that is looked at."
    )
    repeat = "A question that was answered and then asked again waits from when it was first asked."
    records = ("question waiting", "questions waiting")
    columns = (
        Column("age", "Waiting for", numeric=False),
        Column("questions", "Questions"),
        Column("oldest_days", "Longest, in days"),
    )
    facts = (WAITED,)
    question = QUESTION

    def parameters(self, period: Period) -> dict[str, Any]:
        _, over = period.moments()
        minute = minute_of(over) if isinstance(over, datetime) else NEVER
        return {**super().parameters(period), "over": minute}

    def table(self, found: Answer, period: Period) -> Counted:
        counts = {band: (many, longest) for band, many, longest in found}
        rows = [(name, *_row(*counts.get(band, (0, None)))) for band, name in enumerate(BANDS)]
        total = sum(many for many, _ in counts.values())
        longest = max((longest for _, longest in counts.values()), default=None)
        return Counted([*rows, ("total", *_row(total, longest))], total)


def _row(many: int, longest: int | None) -> tuple[int, Decimal | None]:
    return many, None if longest is None else round(Decimal(longest) / MINUTES_A_DAY, 1)
