"""Contacts: each child in each notification. Which notification of the child it is, and how long
after the one before, is worked out once, when the contact becomes known."""

from sightline.geography.steps import PLACE
from sightline.insight.facts.base import CHILD, DATE, INT, NOTIFICATION, TEXT, Fact
from sightline.insight.facts.steps import (
    BAND,
    LINK_HOLDS,
    LONDON_DAY,
    NOTIFICATION_HOLDS,
    OF_HOMES,
    PERSONS_OF_LINKS,
    PLACED,
    POSTCODE,
    among,
    in_steps,
)

NAMED = f"""
named as (
    select distinct on (notification.id, link.person_id)
           notification.id as notification, link.person_id as child, notification.sender_id,
           notification.reference, notification.notified_at,
           {LONDON_DAY.format("notification.notified_at")} as day,
           {POSTCODE} as postcode
    from people_link link
    join people_mention mention on mention.id = link.mention_id and mention.role = 'child'
    join intake_notification notification on notification.source_id = mention.source_id
    join people_source source on source.id = mention.source_id
    {OF_HOMES}
    where {among("link.person_id")} and {LINK_HOLDS} and {NOTIFICATION_HOLDS}
    order by notification.id, link.person_id, mention.position
)"""
IN_A_ROW = """
in_a_row as (
    select named.*, row_number() over child as nth, lag(day) over child as previous
    from named
    window child as (partition by child order by notified_at, notification)
)"""
BANDED = f"""
select notification, child, sender_id, day, nth, previous,
       case when previous is not null then {BAND} end, {PLACED}
from in_a_row left join place using (postcode)
"""

CONTACT = Fact(
    name="contact",
    words="One child in one notification that holds: as the child is known, once.",
    columns={
        "notification": NOTIFICATION, "child": CHILD, "sender": INT, "day": DATE,
        "nth": INT,  # which notification of this child it is, from 1
        "previous": DATE,  # the day of the one before, if there is one
        "band": INT,  # of the time since, as a place in rules/repeats.BANDS
        "small_area": TEXT, "ward": TEXT,
    },
    live=in_steps(PLACE.strip(), NAMED, IN_A_ROW, then=BANDED),
    touched=PERSONS_OF_LINKS,
    tally=("day", "nth", "band"),
)  # fmt: skip
