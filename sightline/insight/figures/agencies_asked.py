"""What agencies are asked: answered in time, late or never, and how long the open ones wait."""

from sightline.access.roles import ROLES, Perm
from sightline.insight.figures.base import Column, Counted, Figure, Row, query
from sightline.insight.figures.steps import in_steps
from sightline.insight.periods import Period
from sightline.rules.research.services import Service
from sightline.rules.rounding import percent

ANSWERING = sorted(code for code, role in ROLES.items() if Perm.ANSWER_RESEARCH in role.perms)

# The moment at which it is looked: the end of the period, or now where that is to come.
AS_AT = "as_at as (select least(%(after)s::timestamptz, now()) as moment)"
ASKED = """
asked as (
    select request.id, request.service, request.agency_id, request.due_at, request.asked_at,
           request.nothing_known,
           (select min(answer.answered_at) from research_researchanswer answer, as_at
            where answer.request_id = request.id and answer.answered_at < moment) as answered_at
    from research_researchrequest request, as_at
    where request.asked_at >= %(first)s::timestamptz and request.asked_at < moment
      and (request.withdrawn_at is null or request.withdrawn_at >= moment)
)"""
# Agencies of which somebody who may answer is there on that day.
THERE = """
there as (
    select distinct member.agency_id
    from access_user member, as_at
    where member.is_active and member.roles && %(roles)s::varchar[]
      and not exists (
          select from access_absence absence
          where absence.user_id = member.id and absence.withdrawn_at is null
            and (moment at time zone 'Europe/London')::date between absence.first and absence.last
      )
)"""
BY_AGENCY = """
select coalesce(agency.name, 'No agency chosen'), asked.service, count(*),
       count(*) filter (where answered_at < due_at),
       count(*) filter (where answered_at >= due_at),
       count(*) filter (where answered_at is not null and nothing_known),
       count(*) filter (where answered_at is null and due_at <= moment),
       count(*) filter (where answered_at is null and due_at > moment),
       count(*) filter (where answered_at is null and there.agency_id is null),
       (max(extract(epoch from moment - asked_at) / 86400) filter (where answered_at is null)
       )::numeric(8, 1)
from asked cross join as_at
left join access_agency agency on agency.id = asked.agency_id
left join there on there.agency_id = asked.agency_id
group by agency.name, asked.service order by agency.name nulls last, asked.service
"""
STEPS = in_steps(AS_AT, ASKED, THERE, then=BY_AGENCY)


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
        "Asked in the period, and looked at as it was at its end; at the moment of counting where "
        "the end is still to come."
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

    def count(self, period: Period) -> Counted:
        found = query(STEPS, period, roles=ANSWERING)
        return Counted([_row(*each) for each in found], sum(each[2] for each in found))


def _row(agency: str, service: str, asked: int, in_time: int, late: int, *more: int) -> Row:
    nothing, never, not_due, nobody, oldest = more
    due = in_time + late + never
    return (
        agency, Service(service).words, asked, in_time, percent(in_time, due), late, nothing,
        never, not_due, nobody, oldest,
    )  # fmt: skip
