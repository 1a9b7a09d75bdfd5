"""Table 2 of the review: how many households had how many notifications."""

from sightline.insight.figures.base import DUDLEY, Column, Counted, Figure, query
from sightline.insight.figures.sizes import by_size
from sightline.insight.figures.steps import NOTIFIED, in_steps
from sightline.insight.periods import Period

WITH_CHILDREN = """
with_children as (
    select notified.source_id from notified
    where exists (
        select from people_mention mention
        where mention.source_id = notified.source_id and mention.role = 'child'
    )
)"""
HOUSEHOLD = """
household as (
    select incident.household_id, count(*) as notifications
    from with_children
    join people_source source on source.id = with_children.source_id
    join people_incident incident on incident.id = source.incident_id
    where incident.household_id is not null
    group by incident.household_id
)"""
STEPS = in_steps(
    NOTIFIED, WITH_CHILDREN, HOUSEHOLD,
    then="select notifications, count(*) from household group by notifications",
)  # fmt: skip


class HouseholdsByNotifications(Figure):
    id = "s0.table2"
    name = "Households by number of notifications"
    source = f"{DUDLEY}, table 2"
    who = (
        "Every address at which an incident happened and at least one child was named. A "
        "household is an address here: a family that moves is two, and two families who follow "
        "each other at one address are one."
    )
    dates = "The day in London on which the notification was made, not the day of the incident."
    repeat = (
        "Every notification of an incident at the address that names a child counts, even where "
        "two speak of one incident. Of a corrected notification only the newest version counts."
    )
    records = ("notification", "notifications")
    columns = (
        Column("notifications", "Notifications"),
        Column("households", "Households"),
        Column("total_notifications", "Notifications of these households"),
    )
    notes = ("A notification without an address of the incident is not counted.",)

    def count(self, period: Period) -> Counted:
        return by_size(dict(query(STEPS, period)))
