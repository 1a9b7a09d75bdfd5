"""Notifications, with where it happened."""

from sightline.geography.steps import PLACE
from sightline.insight.facts.base import DATE, HOUSEHOLD, INT, NOTIFICATION, TEXT, Fact
from sightline.insight.facts.steps import (
    LONDON_DAY,
    NOTIFICATION_HOLDS,
    OF_ITS_VERSION,
    PLACED,
    changed,
    has_changed,
    in_steps,
)

CHILDREN = """
    select count(*) from people_mention mention
    where mention.source_id = source.id and mention.role = 'child'
"""
# Things that change together, by number: an address with all that happened at it, or, less than 0,
# a notification without one. Which notification at its address one is, depends on the others.
OF_THINGS_AMONG = """
    (%(touched)s::bigint[] is null or notification.source_id = any(array(
        select about.id from people_source about
        where about.household_id = any(%(touched)s::bigint[])
        union all
        select alone.source_id from intake_notification alone
        join unnest(%(touched)s::bigint[]) as one (thing) on alone.id = -one.thing
    )))
"""
HELD = f"""
held as (
    select notification.id, notification.sender_id, notification.notified_at,
           {LONDON_DAY.format("notification.notified_at")} as day, source.household_id,
           ({CHILDREN}) as children, scene.postcode
    from intake_notification notification
    join people_source source on source.id = notification.source_id
    left join people_household scene on scene.id = source.household_id
    where {OF_THINGS_AMONG} and source.recorded_at <= {OF_ITS_VERSION} and {NOTIFICATION_HOLDS}
)"""
IN_A_ROW = f"""
select id, sender_id, day, household_id, children,
       case when household_id is not null and children > 0
            then row_number() over (partition by household_id, children > 0
                                    order by notified_at, id) end,
       {PLACED}
from held left join place using (postcode)
"""
TOUCHED = f"""
select coalesce(source.household_id, -notification.id)
from intake_notification notification
left join people_source source on source.id = notification.source_id
where {has_changed("notification")}
union
select coalesce(source.household_id, -notification.id)
from people_source source
join intake_notification notification on notification.source_id = source.id
where {changed("source.recorded_at")}
"""

NOTIFIED = Fact(
    name="notification",
    words="One notification that holds.",
    columns={
        "notification": NOTIFICATION, "sender": INT, "day": DATE,
        "household": HOUSEHOLD,  # the address of the incident, if one was given
        "children": INT,  # how many it names
        "nth": INT,  # of those at its address that name a child, from 1; null: it is none of them
        "small_area": TEXT, "ward": TEXT,
    },
    live=in_steps(PLACE.strip(), HELD, then=IN_A_ROW),
    touched=TOUCHED,
    tally=("day", "nth"),
)  # fmt: skip
