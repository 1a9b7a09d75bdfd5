"""Table 3 of the review: after how long the same child was notified again."""

from sightline.insight.engine.base import Answer
from sightline.insight.facts.contact import CONTACT
from sightline.insight.figures.base import DUDLEY, Column, Counted, Figure, Row, Shared
from sightline.insight.figures.measures import Measure
from sightline.insight.figures.over_time import LATELY, ByMonth
from sightline.insight.periods import Period
from sightline.rules.repeats import BANDS
from sightline.rules.rounding import percent

ALL_OF_THEM = "Grand Total"
WITHIN_A_YEAR = frozenset(each.words for each in BANDS[:6])
REPEATS = """
select band, count(*)
from contact
where band is not null and day between :first and :last
group by band
"""


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

    measures = (
        Measure("Repeats", "repeats"),
        Measure(
            "Within a month, of all repeats", "repeats", "repeats",
            only=lambda band: band in {each.words for each in BANDS[:3]},
        ),
    )  # fmt: skip
    about = ("notifications",)
    facts = (CONTACT,)
    question = REPEATS
    beside = {
        ByMonth: (
            Shared("repeats", "repeats", lambda band: band == ALL_OF_THEM),
            Shared(LATELY, "repeats", lambda band: band in WITHIN_A_YEAR),
        )
    }

    def table(self, found: Answer, period: Period) -> Counted:
        by_band: dict[int, int] = dict(found)
        total = sum(by_band.values())
        rows: list[Row] = [
            (band.words, by_band.get(place, 0), percent(by_band.get(place, 0), total))
            for place, band in enumerate(BANDS)
        ]
        return Counted([*rows, (ALL_OF_THEM, total, percent(total, total))], total)
