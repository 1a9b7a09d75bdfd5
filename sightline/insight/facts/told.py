"""Messages to schools: when police attended, when the school was told, and whether in time."""

from sightline.insight.facts.base import BOOL, DATE, INT, TEXT, Col, Fact, Kind
from sightline.insight.facts.steps import LONDON_DAY, MOMENT, among, has_changed, holds, in_steps

MESSAGE = f"""
message as (
    select notice.id, coalesce(agency.name, 'No school found') as school, notice.due_at,
           notice.made_at, incident.started_at,
           {LONDON_DAY.format("incident.started_at")} as day,
           least(case when notice.sent_at <= %(recorded)s then notice.sent_at end,
                 case when notice.received_at <= %(recorded)s then notice.received_at end)
               as told_at
    from encompass_notice notice
    join people_incident incident on incident.id = notice.incident_id
    left join directory_school school on school.id = notice.school_id
    left join access_agency agency on agency.id = coalesce(school.agency_id, notice.office_id)
    where {among("notice.id")} and {holds("notice.made_at", "notice.withdrawn_at", "recorded")}
)"""
# Whether it was term, by the terms of all schools; not known where none is around that day.
TERMS = """
terms as (
    select daterange(first, last, '[]') as days, first, last
    from directory_term where school_id is null
)"""
SEASON = """
case when not exists (select from terms where first <= day + 120 and last >= day - 120)
     then 'not_known'
     when exists (select from terms where days @> day) then 'term' else 'holidays' end
"""
MINUTES = "floor(extract(epoch from told_at - {}) / 60)::int"
TOLD = f"""
select id, school, {LONDON_DAY.format("made_at")}, extract(isodow from day)::int, {SEASON},
       told_at is not null, coalesce(told_at < due_at, false),
       told_at is null and due_at <= {MOMENT}, {MINUTES.format("started_at")},
       {MINUTES.format("made_at")}
from message
"""
# What was not told becomes late by itself.
TOUCHED = f"""
select notice.id from encompass_notice notice
where {has_changed("notice")}
"""

TOLD_SCHOOLS = Fact(
    name="told",
    words="One message about one pupil to one school that stands.",
    columns={
        "message": Col(Kind.ID, "message"), "school": TEXT,
        "day": DATE,  # on which it was made
        "weekday": INT,  # on which police attended, Monday 1
        "season": TEXT,  # of that day: term, holidays, not_known
        "told": BOOL, "in_time": BOOL,
        "late": BOOL,  # not told, and it should have been
        "minutes": INT,  # from when the incident began, of those told
        "minutes_here": INT,  # from when the message was made
    },
    live=in_steps(MESSAGE, TERMS, then=TOLD),
    touched=TOUCHED,
)  # fmt: skip
