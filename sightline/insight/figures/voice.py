"""Whether anybody wrote what the child said and how the child seemed, by force and over time."""

from typing import Any

from sightline.insight.facts.described import DESCRIBED
from sightline.insight.figures.base import Column, Counted, Figure, Row, Shared
from sightline.insight.figures.measures import LIKELY, Measure, likely
from sightline.insight.periods import Period
from sightline.insight.whole import month
from sightline.rules.rounding import percent

COUNTS = """
       count(*) as children, count(*) filter (where words) as words,
       count(*) filter (where demeanour) as demeanour, count(*) filter (where saw) as saw,
       count(*) filter (where alone = 'yes') as alone,
       count(*) filter (where alone = '') as not_said
from described
where day between :first and :last and not unborn
"""
RECORDED = (
    Column("children", "Children in notifications"),
    Column("words", "What the child said is recorded"),
    Column("words_pct", "Per cent"),
    *LIKELY,
    Column("demeanour", "How the child seemed is recorded"),
    Column("demeanour_pct", "Per cent"),
    Column("saw", "What the child saw or heard is recorded"),
    Column("alone", "Spoken to alone"),
    Column("alone_pct", "Per cent"),
    Column("not_said", "Nobody said whether alone"),
)


class _Voice(Figure):
    """What both have; each groups by something of its own."""

    source = (
        "Joint inspections of the response to children living with domestic abuse (2017): police "
        "record how the child seemed and what the child said"
    )
    who = (
        "Every child in every notification that names the child; not the unborn. Whether something "
        "is written is counted, never what."
    )
    dates = "The day in London on which the notification was made."
    repeat = (
        "A child of two notifications counts twice, for each could have been spoken to. Of a "
        "corrected notification only the newest version counts."
    )
    records = ("child in a notification", "children in notifications")
    notes = (
        "That nothing is written may mean that nobody asked, or that the child was too young, or "
        "asleep: then how the child seemed can still be said.",
    )
    facts = (DESCRIBED,)
    about = ("notifications",)
    measures = (
        Measure("What the child said is recorded", "words", "children"),
        Measure("How the child seemed is recorded", "demeanour", "children"),
        Measure("Spoken to alone", "alone", "children"),
    )


class VoiceByMonth(_Voice):
    id = "s3.voice_months"
    name = "Children whose voice is in the notification, by month"
    columns = (Column("month", "Month", numeric=False), *RECORDED)
    question = (
        f"select cast(date_trunc('month', day) as date) as start, {COUNTS} "
        "group by date_trunc('month', day)"
    )
    by_time = True

    def table(self, found: list[tuple[Any, ...]], period: Period) -> Counted:
        rows = [_row(month(start).name, *counts) for start, *counts in sorted(found)]
        return Counted(rows, sum(counts[0] for _, *counts in found))


class VoiceByForce(_Voice):
    id = "s3.voice"
    name = "Children whose voice is in the notification, by force"
    columns = (Column("force", "Sent by", numeric=False), *RECORDED)
    question = f"select force, {COUNTS} group by force"
    rows_are = "force"
    beside = {
        VoiceByMonth: tuple(
            Shared(name, name)
            for name in ("children", "words", "demeanour", "saw", "alone", "not_said")
        )
    }

    def table(self, found: list[tuple[Any, ...]], period: Period) -> Counted:
        rows = [_row(force, *counts) for force, *counts in sorted(found)]
        return Counted(rows, sum(counts[0] for _, *counts in found))


def _row(
    label: str, children: int, words: int, demeanour: int, saw: int, alone: int, not_said: int
) -> Row:
    return (
        label, children, words, percent(words, children), *likely(words, children), demeanour,
        percent(demeanour, children), saw, alone, percent(alone, children), not_said,
    )  # fmt: skip
