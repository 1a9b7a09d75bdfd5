"""Whether history was known when police graded: what the record held, and what was said of it."""

from typing import Any

from sightline.insight.facts.graded import GRADED
from sightline.insight.figures.base import Column, Counted, Figure
from sightline.insight.figures.measures import LIKELY, Measure, likely
from sightline.insight.periods import Period
from sightline.rules.rounding import percent

QUESTION = """
select force, count(*) as notifications, count(*) filter (where before > 0) as with_history,
       count(*) filter (where before > 0 and says_history) as said,
       count(*) filter (where before >= 2) as third,
       count(*) filter (where before >= 2 and grade = 'standard') as third_standard,
       count(*) filter (where grade = '') as not_graded
from graded
where day between :first and :last
group by force
"""


class HistoryAtGrading(Figure):
    id = "s3.history"
    name = "Earlier incidents on record, and whether the notification spoke of them"
    source = (
        "Joint inspections of the response to children living with domestic abuse (2017): "
        "incidents are graded one by one, without the history"
    )
    who = "Every notification."
    dates = "The day in London on which the notification was made."
    repeat = (
        "An earlier notification is one, made before, that names the same victim, perpetrator or "
        "child, by links as they stand. Of a corrected notification only the newest version counts."
    )
    records = ("notification", "notifications")
    columns = (
        Column("force", "Sent by", numeric=False),
        Column("notifications", "Notifications"),
        Column("with_history", "With earlier ones on record"),
        Column("said", "Of these, it speaks of earlier incidents", part_of="with_history"),
        Column("said_pct", "Per cent of those with earlier ones"),
        *LIKELY,
        Column("third", "Third or later on record", part_of="with_history"),
        Column("third_standard", "Of these, graded standard", part_of="third"),
        Column("third_standard_pct", "Per cent of third or later"),
        Column("not_graded", "Not graded"),
    )
    notes = (
        "The record here is not the record that the officer had: a notification may be right to "
        "say nothing of what only we could link. A low share is a question to ask, not a fault.",
        "The grade is the supervisor’s, or the officer’s where there is none.",
    )
    facts = (GRADED,)
    question = QUESTION
    about = ("notifications",)
    measures = (Measure("It speaks of earlier incidents", "said", "with_history"),)

    def table(self, found: list[tuple[Any, ...]], period: Period) -> Counted:
        rows = [
            (force, many, before, said, percent(said, before), *likely(said, before), third,
             standard, percent(standard, third), not_graded)
            for force, many, before, said, third, standard, not_graded in sorted(found)
        ]  # fmt: skip
        return Counted(list(rows), sum(row[1] for row in rows))
