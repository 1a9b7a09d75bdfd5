"""Who abused whom, and where: each perpetrator beside each victim of one notification."""

from sightline.geography.steps import PLACE
from sightline.insight.facts.base import (
    CHILD,
    DATE,
    HOUSEHOLD,
    NOTIFICATION,
    TEXT,
    Fact,
)
from sightline.insight.facts.steps import (
    LINK_HOLDS,
    LONDON_DAY,
    NOTIFICATION_HOLDS,
    PERSONS_OF_LINKS,
    PLACED,
    among,
    in_steps,
)

PERSON = CHILD  # a column that holds the id of a person, whoever it is

# Persons of a counter-allegation are each victim and perpetrator of nobody we can name: left out.
PERPETRATOR = f"""
perpetrator as (
    select distinct notification.id as notification, notification.sender_id, mention.source_id,
           link.person_id as person, {LONDON_DAY.format("notification.notified_at")} as day
    from people_link link
    join people_mention mention on mention.id = link.mention_id and mention.role = 'perpetrator'
    join intake_notification notification on notification.source_id = mention.source_id
    where {among("link.person_id")} and {LINK_HOLDS} and {NOTIFICATION_HOLDS}
)"""
VICTIM = f"""
victim as (
    select distinct perpetrator.notification, link.person_id as person
    from perpetrator
    join people_mention mention
      on mention.source_id = perpetrator.source_id and mention.role = 'victim'
    join people_link link on link.mention_id = mention.id
    join intake_notification notification on notification.id = perpetrator.notification
    where {LINK_HOLDS}
)"""
PAIRS = f"""
select perpetrator.notification, perpetrator.person, victim.person, source.household_id,
       force.name, perpetrator.day, {PLACED}
from perpetrator
join people_source source on source.id = perpetrator.source_id
join access_agency force on force.id = perpetrator.sender_id
left join victim using (notification)
left join people_household scene on scene.id = source.household_id
left join place on place.postcode = scene.postcode
"""

ABUSED = Fact(
    name="abused",
    words="One perpetrator with one victim in one notification that holds.",
    columns={
        "notification": NOTIFICATION, "perpetrator": PERSON,
        "victim": PERSON,  # null: none is named
        "household": HOUSEHOLD,  # where it happened, if an address was given
        "force": TEXT, "day": DATE, "small_area": TEXT, "ward": TEXT,
    },
    live=in_steps(PLACE.strip(), PERPETRATOR, VICTIM, then=PAIRS),
    touched=PERSONS_OF_LINKS,
)  # fmt: skip
