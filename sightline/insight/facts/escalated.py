"""What was put before somebody because it was late, or soon due."""

from sightline.insight.facts.base import BOOL, DATE, INT, TEXT, Col, Fact, Kind
from sightline.insight.facts.steps import LONDON_DAY, among, changed

ABOUT = """
case when escalation.action_id is not null then 'Action'
     when escalation.research_id is not null then 'Question to an agency'
     when escalation.emergency_id is not null then 'Review of an emergency'
     else 'Statutory clock' end
"""

ESCALATED = Fact(
    name="escalated",
    words="One escalation: something put before somebody at one tier of its ladder.",
    columns={
        "escalation": Col(Kind.ID, "escalation"), "agency": TEXT, "about": TEXT, "tier": TEXT,
        "day": DATE,
        "closed": BOOL, "by_somebody": BOOL, "acknowledged": BOOL,
        "minutes": INT,  # until somebody said that they know
    },
    live=f"""
select escalation.id, coalesce(agency.name, 'The screening team'), {ABOUT}, escalation.tier,
       {LONDON_DAY.format("escalation.raised_at")},
       coalesce(escalation.closed_at <= %(recorded)s, false), escalation.closed_by_id is not null,
       coalesce(escalation.acknowledged_at <= %(recorded)s, false),
       case when escalation.acknowledged_at <= %(recorded)s then floor(extract(
           epoch from escalation.acknowledged_at - escalation.raised_at) / 60)::int end
from escalation_escalation escalation
left join access_agency agency on agency.id = escalation.to_agency_id
where {among("escalation.id")} and escalation.raised_at <= %(recorded)s
""",
    touched=f"""
select escalation.id from escalation_escalation escalation
where {changed("escalation.raised_at", "escalation.closed_at", "escalation.acknowledged_at")}
""",
)  # fmt: skip
