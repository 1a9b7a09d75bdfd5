"""Contacts and repeats by month, and by quarter: whether they go up, and whether it is real."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, ClassVar

from sightline.insight.facts.contact import CONTACT
from sightline.insight.figures.base import DUDLEY, Column, Counted, Figure, Row, Shared
from sightline.insight.figures.measures import Measure
from sightline.insight.periods import Period
from sightline.insight.whole import Whole, month, quarter
from sightline.rules.rounding import percent

CONTACTS = "contacts"
LATELY = "within_year"
A_YEAR = 12  # months

QUESTION = """
select cast(date_trunc('{unit}', day) as date) as start, max(:today) as today,
       count(*) as contacts, count(distinct child) as children,
       count(distinct notification) as notifications, count(previous) as repeats,
       count(*) filter (where previous >= day - interval '12 months') as within_year
from contact
where day between :first and :last
group by date_trunc('{unit}', day)
"""


class OverTime(Figure):
    """What all have; each has its own stretch of the calendar."""

    source = f"{DUDLEY}, which asks for trends; joint inspections (2017): leaders know the trends"
    who = (
        "Every child in every notification that names the child, unborn children included; beside "
        "it the children, each once in a row, and the notifications."
    )
    dates = "The day in London on which the notification was made."
    repeat = (
        "A notification that names a child whom an earlier one named, at any time before, in the "
        "period or not; and of these, those within twelve months of the one before."
    )
    records = ("mention of a child in a notification", "mentions of children in notifications")
    notes = (
        "Where the record begins, nobody has an earlier notification: the first year has fewer "
        "repeats than there were. Repeats within twelve months can be compared from the second "
        "year on.",
        "A row that the period, or today, cuts short covers fewer days: compare by the days.",
    )
    facts = (CONTACT,)
    about = ("notifications",)
    by_time = True
    measures = (
        Measure("Children’s notifications", "contacts"),
        Measure("Repeats within twelve months", LATELY, back=A_YEAR),
        Measure(
            "Repeats within twelve months, of children’s notifications",
            LATELY,
            "contacts",
            back=A_YEAR,
        ),
    )
    months: ClassVar[int]

    def table(self, found: list[tuple[Any, ...]], period: Period) -> Counted:
        by_start = {start: rest for start, *rest in found}
        rows = [self._row(span, by_start, period) for span in self._spans(by_start)]
        return Counted(rows, sum(rest[1] for rest in by_start.values()))

    def _spans(self, by_start: dict[date, Any]) -> Iterator[Whole]:
        """Every stretch from the first in which something is to the last: those of nothing too."""
        day = min(by_start, default=date.max)
        while day <= max(by_start, default=date.min):
            span = month(day) if self.months == 1 else quarter(day)
            yield span
            day = span.last + timedelta(days=1)

    def _row(self, span: Whole, by_start: dict[date, Any], period: Period) -> Row:
        today, contacts, children, notified, repeats, lately = by_start.get(
            span.first, (date.max, 0, 0, 0, 0, 0)
        )
        first, last = max(span.first, period.first or date.min), min(span.last, today)
        last = min(last, period.last or date.max)
        return (
            span.name, Decimal((last - first).days + 1), contacts, notified, children, repeats,
            percent(repeats, contacts), lately, percent(lately, contacts),
        )  # fmt: skip


def all_columns(stretch: str) -> tuple[Column, ...]:
    """Return the columns of a figure of all."""
    return (
        Column("stretch", stretch, numeric=False),
        Column("days", "Days", calendar=True),
        Column("contacts", "Children’s notifications"),
        Column("notifications", "Notifications"),
        Column("children", "Children"),
        Column("repeats", "Repeats"),
        Column("repeats_pct", "Per cent of children’s notifications"),
        Column(LATELY, "Repeats within twelve months", part_of="repeats"),
        Column("within_year_pct", "Per cent of children’s notifications"),
    )


class FewColumns(OverTime):
    """Repeats within twelve months and what they are a share of, without what stands beside."""

    kept = ("stretch", "days", CONTACTS, LATELY, "within_year_pct")

    def table(self, found: list[tuple[Any, ...]], period: Period) -> Counted:
        whole = super().table(found, period)
        places = [[column.name for column in all_columns("")].index(name) for name in self.kept]
        rows = [tuple(row[place] for place in places) for row in whole.rows]
        return Counted(rows, whole.records)


def few_columns(stretch: str) -> tuple[Column, ...]:
    """Return the columns of a figure of few."""
    named = {column.name: column for column in all_columns(stretch)}
    lately = Column(LATELY, named[LATELY].words)
    return tuple(lately if name == LATELY else named[name] for name in FewColumns.kept)


class RepeatsByMonth(FewColumns):
    """In no catalogue: what is hidden of repeats is chosen by it first, month by month."""

    id = "trend.repeats_months"
    name = "Repeats within twelve months, by month"
    columns = few_columns("Month")
    months = 1
    question = QUESTION.format(unit="month")


class ByMonth(OverTime):
    id = "trend.months"
    name = "Notifications and repeats by month"
    columns = all_columns("Month")
    months = 1
    question = QUESTION.format(unit="month")
    beside = {RepeatsByMonth: (Shared(CONTACTS, CONTACTS), Shared(LATELY, LATELY))}
