"""How long between police knowing and the school being told, by day and by school."""

from decimal import Decimal
from typing import Any

from sightline.insight.engine.base import Answer
from sightline.insight.facts.told import TOLD_SCHOOLS
from sightline.insight.figures.base import Column, Counted, Figure, Row, Shared
from sightline.insight.figures.measures import TOTAL, Measure
from sightline.insight.periods import Period
from sightline.rules.rounding import percent

TIMES = """
       count(*) as messages, count(*) filter (where told) as told,
       count(*) filter (where in_time) as in_time, count(*) filter (where late) as late,
       percentile_cont(0.5) within group (order by minutes) as half,
       percentile_cont(0.9) within group (order by minutes) as nine_in_ten,
       percentile_cont(0.5) within group (order by minutes_here) as half_here
"""
# Every message once under each label that it counts for, and under the total.
LABELLED = """
with counted as (select * from told where day between :first and :last), labelled as (
    {labels}
    union all
    select 'total' as label, counted.* from counted
)
select label, {times} from labelled group by label
"""
SEASONS = {"term": "In term", "holidays": "In the holidays", "not_known": "Terms not known"}
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

S4 = (
    "Stockton-on-Tees scrutiny of domestic abuse, progress update (2021), which asked it and had "
    "no answer; Domestic Abuse Act 2021 s.49A"
)
TIMED = (
    Column("messages", "Messages"),
    Column("told", "Told"),
    Column("before_bell", "Told before the bell"),
    Column("before_bell_pct", "Before the bell (per cent of messages)"),
    Column("late_not_told", "Not told, and late"),
    Column("median_hours", "Half were told within (hours of police attending)"),
    Column("ninetieth_hours", "Nine in ten within (hours)"),
    Column("median_minutes", "Half within (minutes of our receiving it)"),
)


class _SchoolTold(Figure):
    """What both tables share; each groups by something of its own."""

    source = S4
    who = (
        "Every message about a pupil that a school, a college or the officer of the council for "
        "children without a school was to be given, by child, incident and school."
    )
    dates = (
        "The moment at which the message was made, seconds after the notification came. Police "
        "knew from when the incident began. A school is told when its e-mail has gone, or when "
        "somebody confirmed that they received it, by telephone for instance."
    )
    repeat = "A child of two incidents has two messages. A message that was withdrawn is none."
    records = ("message", "messages")
    notes = (
        "Before the bell is before 09:00 of the next day of the school that had not begun when the "
        "notification came. The times are of those that were told.",
    )
    facts = (TOLD_SCHOOLS,)
    about = ("schools",)
    measures = (
        Measure("Told before the bell", "before_bell", "messages"),
        Measure("Not told, and late", "late_not_told", "messages"),
    )

    def table(self, found: Answer, period: Period) -> Counted:
        rows = [_row(*one) for one in sorted(found, key=self.place)]
        return Counted(rows, int(rows[-1][1] or 0) if rows else 0)

    def place(self, found: tuple[Any, ...]) -> tuple[Any, ...]:
        """Where a row stands: what is furthest from being told in time first, the total last."""
        label, messages, _, in_time, *_ = found
        return label == TOTAL, in_time - messages, label


def _row(
    label: str, messages: int, told: int, in_time: int, late: int,
    half: Any, nine_in_ten: Any, half_here: Any,
) -> Row:  # fmt: skip
    words = SEASONS.get(label, DAYS[int(label) - 1] if label.isdecimal() else label)
    return (
        words, messages, told, in_time, percent(in_time, messages), late,
        _hours(half), _hours(nine_in_ten), _one_place(half_here),
    )  # fmt: skip


def _hours(minutes: Any) -> Decimal | None:
    return None if minutes is None else _one_place(Decimal(str(minutes)) / 60)


def _one_place(number: Any) -> Decimal | None:
    return None if number is None else round(Decimal(str(number)), 1)


class SchoolToldByDay(_SchoolTold):
    id = "s4.told_by_day"
    name = "Time until the school is told, by day of the week and in the holidays"
    columns = (Column("day", "Day on which police attended", numeric=False), *TIMED)
    row_groups = dict.fromkeys(SEASONS.values(), "terms")
    question = LABELLED.format(
        times=TIMES,
        labels="select cast(weekday as varchar) as label, counted.* from counted "
        "union all select season as label, counted.* from counted",
    )

    def place(self, found: tuple[Any, ...]) -> tuple[Any, ...]:
        """The days of the week, then the seasons, then the total."""
        return (
            found[0] == TOTAL,
            found[0] in SEASONS,
            [*SEASONS, found[0]].index(found[0]),
            found[0],
        )


class SchoolToldBySchool(_SchoolTold):
    id = "s4.told_by_school"
    name = "Time until the school is told, by school"
    columns = (Column("school", "School", numeric=False), *TIMED)
    question = LABELLED.format(times=TIMES, labels="select school as label, counted.* from counted")
    beside = {
        SchoolToldByDay: tuple(
            Shared(name, name, lambda label: label == TOTAL)
            for name in ("messages", "told", "before_bell", "late_not_told")
        )
    }
