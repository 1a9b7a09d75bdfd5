"""How long between police knowing and the school being told, by day and by school."""

from decimal import Decimal

from sightline.insight.figures.base import Column, Counted, Figure, Row, query
from sightline.insight.figures.steps import in_steps
from sightline.insight.periods import Period
from sightline.rules.rounding import percent

# A message to a school, the moments that count for it, and the day on which police attended.
MESSAGE = """
message as (
    select notice.id, coalesce(school_agency.name, 'No school found') as school,
           least(notice.sent_at, notice.received_at) as told_at, notice.due_at,
           notice.made_at, incident.started_at,
           (incident.started_at at time zone 'Europe/London')::date as day
    from encompass_notice notice
    join people_incident incident on incident.id = notice.incident_id
    left join directory_school school on school.id = notice.school_id
    left join access_agency school_agency on school_agency.id = school.agency_id
    where notice.withdrawn_at is null
      and notice.made_at >= %(first)s::timestamptz and notice.made_at < %(after)s::timestamptz
)"""
# Whether it was term, by the terms of all schools; null where none is known around that day.
IN_TERM = """
terms as (select daterange(first, last, '[]') as days, first, last from directory_term
          where school_id is null),
placed as (
    select message.*,
           case when exists (select from terms where first <= day + 120 and last >= day - 120)
                then exists (select from terms where days @> day) end as in_term
    from message
)"""
# Every message once under each label that it counts for, and under the total.
BY_DAY = """
labelled as (
    select extract(isodow from day) as place, trim(to_char(day, 'Day')) as label, * from placed
    union all
    select case in_term when true then 8 when false then 9 else 10 end,
           case in_term when true then 'In term' when false then 'In the holidays'
           else 'Terms not known' end, *
    from placed
    union all
    select 11, 'total', * from placed
)"""
BY_SCHOOL = """
labelled as (
    select 1 as place, school as label, * from message
    union all
    select 2, 'total', * from message
)"""
# What is furthest from being told in time comes first, within its place.
TIMES = """
select label, count(*), count(told_at),
       count(*) filter (where told_at < due_at),
       count(*) filter (where told_at is null and due_at <= least(%(after)s::timestamptz, now())),
       percentile_cont(0.5) within group (order by extract(epoch from told_at - started_at)) / 3600,
       percentile_cont(0.9) within group (order by extract(epoch from told_at - started_at)) / 3600,
       percentile_cont(0.5) within group (order by extract(epoch from told_at - made_at)) / 60
from labelled group by place, label
order by place, count(*) filter (where told_at is null or told_at >= due_at) desc, label
"""

S4 = (
    "Stockton-on-Tees scrutiny of domestic abuse, progress update (2021), which asked it and had "
    "no answer; Domestic Abuse Act 2021 s.49A"
)
TIMED = (
    Column("messages", "Messages"),
    Column("told", "Told"),
    Column("before_bell", "Told before the bell"),
    Column("before_bell_pct", "Before the bell (per cent of messages)"),
    Column("late_not_told", "Not told, and late"),
    Column("median_hours", "Half were told within (hours of police attending)"),
    Column("ninetieth_hours", "Nine in ten within (hours)"),
    Column("median_minutes", "Half within (minutes of our receiving it)"),
)


class _SchoolTold(Figure):
    """What both tables share; each groups by something of its own."""

    source = S4
    who = (
        "Every message about a pupil that a school, a college or the officer of the council for "
        "children without a school was to be given, by child, incident and school."
    )
    dates = (
        "The moment at which the message was made, seconds after the notification came. Police "
        "knew from when the incident began. A school is told when its e-mail has gone, or when "
        "somebody confirmed that they received it, by telephone for instance."
    )
    repeat = "A child of two incidents has two messages. A message that was withdrawn is none."
    records = ("message", "messages")
    row_groups = dict.fromkeys(("In term", "In the holidays", "Terms not known"), "terms")
    notes = (
        "Before the bell is before 09:00 of the next day of the school that had not begun when the "
        "notification came. The times are of those that were told.",
    )
    steps: str

    def count(self, period: Period) -> Counted:
        rows: list[Row] = [_row(*found) for found in query(self.steps, period)]
        return Counted(rows, int(rows[-1][1] or 0) if rows else 0)


def _row(
    label: str, messages: int, told: int, in_time: int, late: int,
    median: Decimal | None, ninetieth: Decimal | None, minutes: Decimal | None,
) -> Row:  # fmt: skip
    times = (_one_place(hours) for hours in (median, ninetieth, minutes))
    return (label, messages, told, in_time, percent(in_time, messages), late, *times)


def _one_place(number: Decimal | None) -> Decimal | None:
    return None if number is None else round(Decimal(number), 1)


class SchoolToldByDay(_SchoolTold):
    id = "s4.told_by_day"
    name = "Time until the school is told, by day of the week and in the holidays"
    columns = (Column("day", "Day on which police attended", numeric=False), *TIMED)
    steps = in_steps(MESSAGE, IN_TERM, BY_DAY, then=TIMES)


class SchoolToldBySchool(_SchoolTold):
    id = "s4.told_by_school"
    name = "Time until the school is told, by school"
    columns = (Column("school", "School", numeric=False), *TIMED)
    steps = in_steps(MESSAGE, BY_SCHOOL, then=TIMES)
