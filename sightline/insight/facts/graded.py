"""Notifications with the police's grade, and what was on record of these people before."""

from sightline.insight.facts.base import BOOL, DATE, INT, NOTIFICATION, TEXT, Fact
from sightline.insight.facts.steps import (
    LINK_HOLDS,
    LONDON_DAY,
    NOTIFICATION_HOLDS,
    PERSONS_OF_LINKS,
    among,
    has_changed,
    in_steps,
)

GRADE = """
    coalesce(nullif(notification.content #>> '{risk,supervisor_grade}', ''),
             notification.content #>> '{risk,officer_grade}', '')
"""
# Those asked for, and whatever else names, or ever named, somebody whom they name.
THEIR_PEOPLE_AMONG = """
    (%(touched)s::bigint[] is null or notification.source_id = any(array(
        select asked.source_id from intake_notification asked
        where asked.id = any(%(touched)s::bigint[])
        union
        select other.source_id
        from intake_notification asked
        join people_mention mention on mention.source_id = asked.source_id
        join people_link link on link.mention_id = mention.id
        join people_link theirs on theirs.person_id = link.person_id
        join people_mention other on other.id = theirs.mention_id
        where asked.id = any(%(touched)s::bigint[])
    )))
"""
SAID = f"""
said as (
    select notification.id as notification, force.name as force, notification.notified_at,
           {LONDON_DAY.format("notification.notified_at")} as day, {GRADE} as grade,
           coalesce(notification.content ->> 'earlier_incidents', '') <> '' as says_history,
           notification.source_id
    from intake_notification notification
    join access_agency force on force.id = notification.sender_id
    where {THEIR_PEOPLE_AMONG} and {NOTIFICATION_HOLDS} and notification.source_id is not null
)"""
NAMED = f"""
named as (
    select distinct said.notification, said.notified_at, link.person_id as person
    from said
    join people_mention mention
      on mention.source_id = said.source_id
     and mention.role in ('victim', 'perpetrator', 'both_alleged', 'child')
    join people_link link on link.mention_id = mention.id
    join intake_notification notification on notification.id = said.notification
    where {LINK_HOLDS}
)"""
# A notification of the same moment is the same night's, told twice: no history.
BEFORE = """
before as (
    select here.notification, count(distinct earlier.notification) as many
    from named here
    join named earlier
      on earlier.person = here.person and earlier.notified_at < here.notified_at
    group by here.notification
)"""
WITH_HISTORY = f"""
select said.notification, said.force, said.day, said.grade, said.says_history,
       coalesce(before.many, 0)
from said left join before using (notification)
where {among("said.notification")}
"""
TOUCHED = f"""
select notification.id from intake_notification notification
where {has_changed("notification")}
union
select notification.id
from people_link link
join people_mention mention on mention.id = link.mention_id
join intake_notification notification on notification.source_id = mention.source_id
where link.person_id in ({PERSONS_OF_LINKS})
"""

GRADED = Fact(
    name="graded",
    words="One notification that holds, with its grade and what was on record before it.",
    columns={
        "notification": NOTIFICATION, "force": TEXT, "day": DATE,
        "grade": TEXT,  # standard, medium, high, or '': the supervisor's, else the officer's
        "says_history": BOOL,  # it says something of earlier incidents
        "before": INT,  # earlier notifications that name somebody it names
    },
    live=in_steps(SAID, NAMED, BEFORE, then=WITH_HISTORY),
    touched=TOUCHED,
)  # fmt: skip
