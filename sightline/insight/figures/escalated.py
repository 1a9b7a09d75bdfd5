"""What was escalated: by tier and agency, how much is open, and how soon somebody knew."""

from sightline.insight.figures.base import Column, Counted, Figure, Row, query
from sightline.insight.figures.steps import in_steps
from sightline.insight.periods import Period

RAISED = """
raised as (
    select coalesce(agency.name, 'The screening team') as agency, escalation.tier,
           escalation.closed_at, escalation.closed_by_id, escalation.acknowledged_at,
           extract(epoch from escalation.acknowledged_at - escalation.raised_at) / 3600 as hours,
           case when escalation.action_id is not null then 'Action'
                when escalation.research_id is not null then 'Question to an agency'
                when escalation.emergency_id is not null then 'Review of an emergency'
                else 'Statutory clock' end as about
    from escalation_escalation escalation
    left join access_agency agency on agency.id = escalation.to_agency_id
    where escalation.raised_at >= %(first)s::timestamptz
      and escalation.raised_at < %(after)s::timestamptz
)"""
BY_TIER = """
select agency, about, tier, count(*), count(*) filter (where closed_at is null),
       count(acknowledged_at),
       (percentile_cont(0.5) within group (order by hours))::numeric(8, 1),
       count(closed_by_id), count(*) filter (where closed_at is not null and closed_by_id is null)
from raised group by agency, about, tier
order by agency, about, min(array_position(
    array['reminder', 'worker', 'manager', 'agency', 'partnership']::varchar[], tier))
"""


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

    def count(self, period: Period) -> Counted:
        found: list[Row] = list(query(in_steps(RAISED, then=BY_TIER), period))
        return Counted(found, sum(int(row[3] or 0) for row in found))
