"""What was escalated: by tier and agency, how much is open, and how soon somebody knew."""

from decimal import Decimal
from typing import Any

from sightline.insight.engine.base import Answer
from sightline.insight.facts.escalated import ESCALATED
from sightline.insight.figures.base import Column, Counted, Figure, Row
from sightline.insight.figures.measures import Measure
from sightline.insight.periods import Period

BY_TIER = """
select agency, about, tier, count(*) as raised, count(*) filter (where not closed) as still_open,
       count(*) filter (where acknowledged) as acknowledged,
       percentile_cont(0.5) within group (order by minutes) as half,
       count(*) filter (where closed and by_somebody) as by_somebody,
       count(*) filter (where closed and not by_somebody) as by_itself
from escalated
where day between :first and :last
group by agency, about, tier
"""
TIERS = ("reminder", "worker", "manager", "agency", "partnership")


class Escalated(Figure):
    id = "late.escalations"
    name = "What was escalated, to which tier of which agency, and how soon somebody knew"
    source = "Sightline"
    who = (
        "Every escalation: something late, or soon due, that was put before somebody at one tier "
        "of its ladder. Nobody is named."
    )
    dates = "The moment in London at which it was raised."
    repeat = "What climbed three tiers is three escalations; only the last of them is open."
    records = ("escalation", "escalations")
    columns = (
        Column("agency", "Agency", numeric=False),
        Column("about", "About", numeric=False),
        Column("tier", "Tier", numeric=False),
        Column("raised", "Raised"),
        Column("open", "Open now"),
        Column("acknowledged", "Acknowledged"),
        Column("hours", "Hours until acknowledged (median)"),
        Column("closed", "Closed by somebody"),
        Column("closed_itself", "Closed by itself"),
    )

    facts = (ESCALATED,)
    question = BY_TIER
    about_people = False
    rests_on = ("escalation",)
    measures = (Measure("Escalations", "raised"),)

    def table(self, found: Answer, period: Period) -> Counted:
        rows = [_row(*one) for one in sorted(found, key=_place)]
        return Counted(rows, sum(one[3] for one in found))


def _place(found: tuple[Any, ...]) -> tuple[Any, ...]:
    agency, about, tier, *_ = found
    return agency, about, [*TIERS, tier].index(tier)


def _row(*cells: Any) -> Row:
    *before, half, by_somebody, by_itself = cells
    hours = None if half is None else round(Decimal(str(half)) / 60, 1)
    return (*before, hours, by_somebody, by_itself)
