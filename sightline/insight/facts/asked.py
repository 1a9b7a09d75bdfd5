"""Questions to agencies about people in notifications, and how they stand."""

from sightline.access.roles import ROLES, Perm
from sightline.insight.facts.base import BOOL, DATE, INT, TEXT, Col, Fact, Kind
from sightline.insight.facts.steps import (
    ASKED_AGENCY,
    ASKED_AT,
    ASKED_DUE_AT,
    LONDON_DAY,
    MINUTE,
    MOMENT,
    RAISED,
    among,
    has_changed,
    holds,
    in_steps,
    listed,
)

ANSWERING = sorted(code for code, role in ROLES.items() if Perm.ANSWER_RESEARCH in role.perms)

QUESTION = f"""
question as (
    select request.id, request.service, {ASKED_AGENCY} as agency_id, {ASKED_DUE_AT} as due_at,
           {ASKED_AT} as asked_at, request.nothing_known,
           (select min(answer.answered_at) from research_researchanswer answer
            where answer.request_id = request.id and answer.answered_at <= %(recorded)s)
               as answered_at
    from research_researchrequest request
    where {among("request.id")} and {holds(RAISED, "request.withdrawn_at", "recorded")}
)"""
# Agencies of which somebody who may answer is there on that day. Who may sign in is known as it is
# now alone.
THERE = f"""
there as (
    select distinct member.agency_id
    from access_user member
    where member.is_active and member.roles && array[{listed(ANSWERING)}]::varchar[]
      and not exists (
          select from access_absence absence
          where absence.user_id = member.id and absence.withdrawn_at is null
            and {LONDON_DAY.format(MOMENT)} between absence.first and absence.last
      )
)"""
STANDING = f"""
select question.id, coalesce(agency.name, 'No agency chosen'), question.service,
       {LONDON_DAY.format("asked_at")}, answered_at is not null,
       coalesce(answered_at < due_at, false), answered_at is not null and nothing_known,
       due_at <= {MOMENT}, answered_at is null and there.agency_id is not null,
       case when answered_at is null then {MINUTE.format("asked_at")} end
from question
left join access_agency agency on agency.id = question.agency_id
left join there on there.agency_id = question.agency_id
"""
# Who may answer what is open, comes and goes.
TOUCHED = f"""
select request.id from research_researchrequest request
where {has_changed("request")}
union
select answer.request_id from research_researchanswer answer where {has_changed("answer")}
union
select request.id from research_researchrequest request
where {holds(RAISED, "request.withdrawn_at", "since")} and not exists (
    select from research_researchanswer answer
    where answer.request_id = request.id and answer.answered_at <= %(since)s
)
"""

ASKED = Fact(
    name="asked",
    words="One question to one agency that was not withdrawn.",
    columns={
        "question": Col(Kind.ID, "question"), "agency": TEXT, "service": TEXT, "day": DATE,
        "answered": BOOL, "in_time": BOOL, "nothing": BOOL,  # nothing is known to it
        "due": BOOL,  # its deadline is past
        "somebody": BOOL,  # who may answer is there, of what is not answered
        "waiting": INT,  # the minute since which it waits, of what is not answered
    },
    live=in_steps(QUESTION, THERE, then=STANDING),
    touched=TOUCHED,
)  # fmt: skip
