"""What agencies are asked: answered in time, late or never, and how long the open ones wait."""

from decimal import Decimal
from typing import Any

from sightline.insight.engine.base import Answer
from sightline.insight.facts.asked import ASKED
from sightline.insight.figures.base import Column, Counted, Figure, Row
from sightline.insight.figures.measures import Measure
from sightline.insight.periods import Period
from sightline.rules.research.services import Service
from sightline.rules.rounding import percent

BY_AGENCY = """
select agency, service, count(*) as asked, count(*) filter (where in_time) as in_time,
       count(*) filter (where answered and not in_time) as late,
       count(*) filter (where nothing) as nothing,
       count(*) filter (where not answered and due) as never,
       count(*) filter (where not answered and not due) as not_due,
       count(*) filter (where not answered and not somebody) as nobody,
       max(:minute - waiting) as oldest
from asked
where day between :first and :last
group by agency, service
"""
NO_AGENCY = "No agency chosen"


class AgenciesAsked(Figure):
    id = "research.asked"
    name = "Questions to agencies: answered in time, late or not at all"
    adds = (("asked", ("in_time", "late", "never", "open")),)
    source = "Sightline"
    who = (
        "Every question to an agency about people in a notification, one for each service and "
        "incident. What was withdrawn is left out. Nobody is named."
    )
    dates = (
        "The day in London on which it was asked. How it stands is as at the moment of counting, "
        "or the moment that is looked at."
    )
    repeat = (
        "A question that was answered twice counts by its first answer. A child who is named later "
        "is a question of its own once the first was answered."
    )
    records = ("question to an agency", "questions to agencies")
    columns = (
        Column("agency", "Agency", numeric=False),
        Column("service", "Asked as", numeric=False),
        Column("asked", "Asked"),
        Column("in_time", "Answered in time"),
        Column("in_time_pct", "Answered in time (per cent of those due)"),
        Column("late", "Answered late"),
        Column("nothing", "Of those answered, nothing known"),
        Column("never", "Not answered, and late"),
        Column("open", "Not answered, not yet due"),
        Column("nobody", "Not answered, and nobody is there to answer"),
        Column("oldest_days", "Longest wait of those not answered, in days"),
    )
    notes = (
        "In time is before the deadline that the question named, in working hours "
        "(docs/rules.md, who is asked what they know).",
        "Nobody is there: no user who may answer, or all of them absent, on the day looked at. "
        "Where no agency was chosen nobody ever is.",
    )

    facts = (ASKED,)
    question = BY_AGENCY
    rests_on = ("research-rules",)
    measures = (Measure("Answered in time, of all asked", "in_time", "asked"),)

    def table(self, found: Answer, period: Period) -> Counted:
        in_order = sorted(found, key=lambda one: (one[0] == NO_AGENCY, one[0], one[1]))
        return Counted([_row(*one) for one in in_order], sum(one[2] for one in found))


def _row(agency: str, service: str, asked: int, in_time: int, late: int, *more: Any) -> Row:
    nothing, never, not_due, nobody, oldest = more
    due = in_time + late + never
    days = None if oldest is None else round(Decimal(oldest // 60) / 24, 1)
    return (
        agency, Service(service).words, asked, in_time, percent(in_time, due), late, nothing,
        never, not_due, nobody, days,
    )  # fmt: skip
