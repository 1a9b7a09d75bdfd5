"""How complete notifications are, by sender and by what was asked for; the worst first."""

from typing import Any

from sightline.insight.facts.asked_for import ASKED_FOR
from sightline.insight.figures.base import Column, Counted, Figure
from sightline.insight.figures.measures import Measure
from sightline.insight.periods import Period
from sightline.rules.rounding import percent

QUESTION = """
select force, field, cast(sum(asked) as bigint) as asked, cast(sum(missing) as bigint) as missing
from asked_for
where day between :first and :last
group by force, field
"""


class Completeness(Figure):
    id = "quality.completeness"
    name = "What is missing from notifications, by sender"
    source = (
        "Joint inspections (2017) and Stockton-on-Tees scrutiny (2021), on what notifications do "
        "not say; intake/completeness.py says what is asked for"
    )
    who = (
        "Everything that a notification should say, once for each notification, person or child of "
        "whom it is asked."
    )
    dates = "The day in London on which the notification was made."
    repeat = "Of a corrected notification only the newest version counts: a correction mends it."
    records = ("thing asked for", "things asked for")
    columns = (
        Column("force", "Sent by", numeric=False),
        Column("field", "What is asked for", numeric=False),
        Column("asked", "Asked for"),
        Column("missing", "Missing"),
        Column("missing_pct", "Missing (per cent)"),
    )
    notes = ("A notification that lacks something is taken in all the same; the sender is told.",)
    facts = (ASKED_FOR,)
    question = QUESTION
    about_people = False
    measures = (Measure("Things missing, of things asked for", "missing", "asked"),)

    def table(self, found: list[tuple[Any, ...]], period: Period) -> Counted:
        in_order = sorted(found, key=lambda one: (one[0], -one[3] / one[2], one[1]))
        rows = [
            (force, field, asked, missing, percent(missing, asked))
            for force, field, asked, missing in in_order
        ]
        return Counted(list(rows), sum(one[2] for one in found))
