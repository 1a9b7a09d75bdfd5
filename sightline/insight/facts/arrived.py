"""How long after the incident a notification first came in, and how much of it was there."""

from sightline.insight.facts.base import BOOL, DATE, INT, NOTIFICATION, TEXT, Fact
from sightline.insight.facts.steps import LONDON_DAY, NOTIFICATION_HOLDS, among, has_changed

# As this version says it: what is on record of the incident, a correction changes. A time without
# an offset is London's.
SAID = "notification.content #>> '{incident,started_at}'"
BEGAN = f"""
    case when {SAID} ~ '(Z|[+-][0-9]{{2}}:?[0-9]{{2}})$' then ({SAID})::timestamptz
         else ({SAID})::timestamp at time zone 'Europe/London' end
"""
CAME = f"""
select notification.id, force.name, {LONDON_DAY.format("notification.notified_at")},
       notification.history,
       case when not notification.history and first.received_at >= began
            then floor(extract(epoch from first.received_at - began) / 3600)::int end,
       notification.completeness, notification.version
from intake_notification notification
join access_agency force on force.id = notification.sender_id
join people_source source on source.id = notification.source_id
cross join lateral (select {BEGAN} as began) incident
left join lateral (
    select min(received_at) as received_at from intake_notification earlier
    where earlier.sender_id = notification.sender_id
      and earlier.reference = notification.reference
) first on true
where {among("notification.id")} and {NOTIFICATION_HOLDS}
"""
TOUCHED = f"""
select notification.id from intake_notification notification
where {has_changed("notification")}
"""

ARRIVED = Fact(
    name="arrived",
    words="One notification that holds, with how soon it came and how much it said.",
    columns={
        "notification": NOTIFICATION, "force": TEXT, "day": DATE,
        "history": BOOL,  # taken in long afterwards, for the record
        "hours": INT,  # whole hours from the incident to its first version; null: not known
        "complete": INT,  # of 100 things asked for, how many were there
        "version": INT,
    },
    live=CAME,
    touched=TOUCHED,
)  # fmt: skip
