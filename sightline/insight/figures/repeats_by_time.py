"""Table 3 of the review: after how long the same child was notified again."""

from sightline.insight.figures.base import DUDLEY, Column, Counted, Figure, Row, query
from sightline.insight.figures.steps import CONTACT, NOTIFIED, in_steps
from sightline.insight.periods import Period
from sightline.rules.repeats import BANDS
from sightline.rules.rounding import percent

SINCE_PREVIOUS = """
since_previous as (
    select notified_at, day, lag(day) over child as previous
    from contact
    window child as (partition by person_id order by notified_at, notification_id)
)"""

# Adding months to a date, PostgreSQL keeps the day or takes the last one of a shorter month, as
# rules/repeats does; tests/insight holds the two together. The place of a band is how many of
# the limits have been reached.
REPEAT = """
repeat as (
    select previous, day, (
        select count(*) from unnest(%(limits)s::text[]) as until
        where day >= previous + until::interval
    ) as band
    from since_previous
    where previous is not null and notified_at >= %(counted_from)s::timestamptz
)"""
STEPS = in_steps(
    NOTIFIED, CONTACT, SINCE_PREVIOUS, REPEAT,
    then="select band, count(*) from repeat group by band",
)  # fmt: skip
LIMITS = [
    f"{band.weeks} weeks" if band.weeks else f"{band.months} months"
    for band in BANDS
    if band.weeks or band.months
]


class RepeatsByTime(Figure):
    id = "s0.table3"
    name = "Repeat notifications by time since the child's previous one"
    source = f"{DUDLEY}, table 3"
    who = (
        "Repeat notifications, not children: one for each child whom a notification names again. "
        "Unborn children are included."
    )
    dates = (
        "The days in London on which the two notifications were made. The repeat lies in the "
        "period; the notification before it may be older."
    )
    repeat = (
        "A notification that names a child whom an earlier one named, even where both speak of one "
        "incident. A band begins with its lower limit and ends before its upper one; months are "
        "calendar months, and a month after the 31st is the last day of the next month. Of a "
        "corrected notification only the newest version counts."
    )
    records = ("repeat notification of a child", "repeat notifications of children")
    columns = (
        Column("band", "Time since the previous notification", numeric=False),
        Column("repeats", "Repeats"),
        Column("percent", "Per cent of repeats"),
    )
    notes = (
        "A child with four notifications has three repeats. The source does not say to which band "
        "a limit belongs; here it is the longer one.",
    )

    def count(self, period: Period) -> Counted:
        counted_from, _ = period.moments()
        before = Period(None, period.last)
        found = dict(query(STEPS, before, limits=LIMITS, counted_from=counted_from))
        total = sum(found.values())
        rows: list[Row] = [
            (band.words, found.get(place, 0), percent(found.get(place, 0), total))
            for place, band in enumerate(BANDS)
        ]
        return Counted([*rows, ("Grand Total", total, percent(total, total))], total)
