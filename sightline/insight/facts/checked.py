"""What agencies said of each person they were asked about."""

from sightline.insight.facts.base import DATE, TEXT, Col, Fact, Kind
from sightline.insight.facts.steps import LONDON_DAY, among, has_changed, holds

TOLD = f"""
select told.id, coalesce(agency.name, 'No agency chosen'), request.service,
       {LONDON_DAY.format("answer.answered_at")}, told.known
from research_told told
join research_researchanswer answer on answer.id = told.answer_id
join research_researchrequest request on request.id = answer.request_id
left join access_agency agency on agency.id = request.agency_id
where {among("told.id")} and {holds("answer.answered_at", "answer.superseded_at", "recorded")}
  and (request.withdrawn_at is null or request.withdrawn_at > %(recorded)s)
"""
TOUCHED = f"""
select told.id
from research_told told
join research_researchanswer answer on answer.id = told.answer_id
where {has_changed("answer")}
union
select told.id
from research_told told
join research_researchanswer answer on answer.id = told.answer_id
join research_researchrequest request on request.id = answer.request_id
where {has_changed("request")}
"""

CHECKED = Fact(
    name="checked",
    words="What one agency said of one person it was asked about.",
    columns={
        "told": Col(Kind.ID, "told"), "agency": TEXT, "service": TEXT, "day": DATE,
        "known": TEXT,  # known, nothing, not_checked
    },
    live=TOLD,
    touched=TOUCHED,
)  # fmt: skip
