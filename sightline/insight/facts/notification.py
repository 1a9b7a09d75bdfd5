"""Notifications, with where it happened."""

from sightline.geography.steps import PLACE
from sightline.insight.facts.base import DATE, HOUSEHOLD, INT, NOTIFICATION, TEXT, Fact
from sightline.insight.facts.steps import (
    LONDON_DAY,
    NOTIFICATION_HOLDS,
    OF_ITS_VERSION,
    PLACED,
    among,
    changed,
    in_steps,
)

CHILDREN = """
    select count(*) from people_mention mention
    where mention.source_id = source.id and mention.role = 'child'
"""
HELD = f"""
select notification.id, notification.sender_id, {LONDON_DAY.format("notification.notified_at")},
       source.household_id, ({CHILDREN}), {PLACED}
from intake_notification notification
join people_source source on source.id = notification.source_id
left join people_household scene on scene.id = source.household_id
left join place on place.postcode = scene.postcode
where {among("notification.id")} and source.recorded_at <= {OF_ITS_VERSION}
  and {NOTIFICATION_HOLDS}
"""
TOUCHED = f"""
select notification.id
from intake_notification notification
left join people_source source on source.id = notification.source_id
where {changed("source.recorded_at", "notification.superseded_at")}
"""

NOTIFIED = Fact(
    name="notification",
    words="One notification that holds.",
    columns={
        "notification": NOTIFICATION, "sender": INT, "day": DATE,
        "household": HOUSEHOLD,  # the address of the incident, if one was given
        "children": INT,  # how many it names
        "small_area": TEXT, "ward": TEXT,
    },
    live=in_steps(PLACE.strip(), then=HELD),
    touched=TOUCHED,
)  # fmt: skip
