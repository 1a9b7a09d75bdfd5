"""What notifications should say (intake/completeness) and how often they did, by sender and day."""

from sightline.insight.facts.base import DATE, INT, TEXT, Fact
from sightline.insight.facts.steps import (
    LONDON_DAY,
    NOTIFICATION_HOLDS,
    SENDERS_DAY,
    SENDERS_DAY_AMONG,
    has_changed,
    in_steps,
    listed,
)

OF_ALL = (
    "date and time of the notification", "date and time of the incident",
    "address of the incident", "postcode of the incident", "what happened", "risk tool",
    "officer''s grade", "a victim", "a perpetrator", "a child",
)  # fmt: skip
OF_PERSONS = ("name", "date of birth")  # whoever is born
OF_CHILDREN = (
    "school or setting", "spoken to alone or not", "what the child said", "how the child seemed",
)  # fmt: skip
WITNESS = ("in_the_room", "in_the_home", "visiting")

HELD = f"""
held as (
    select notification.id, force.name as force, notification.source_id, notification.missing,
           {LONDON_DAY.format("notification.notified_at")} as day
    from intake_notification notification
    join access_agency force on force.id = notification.sender_id
    where {SENDERS_DAY_AMONG} and {NOTIFICATION_HOLDS} and notification.source_id is not null
)"""
PEOPLE = """
people as (
    select held.force, held.day, mention.presence, mention.role = 'child' as child,
           mention.presence = 'unborn' as unborn,
           case mention.role when 'both_alleged' then 'adult with counter-allegation'
                             when 'other' then 'other adult' else mention.role end as called
    from held join people_mention mention on mention.source_id = held.source_id
)"""


def _for_each(fields: tuple[str, ...]) -> str:
    rows = ", ".join(f"('{one}')" for one in fields)
    return f"(values {rows}) as one (field)"


ASKED = f"""
asked as (
    select force, day, field from held cross join {_for_each(OF_ALL)}
    union all
    select force, day, called || ': ' || field from people cross join {_for_each(OF_PERSONS)}
    where not unborn
    union all
    select force, day, 'child: ' || field from people cross join {_for_each(OF_CHILDREN)}
    where child and not unborn
    union all
    select force, day, 'child: present or not' from people where child
    union all
    select force, day, 'child: expected date of birth' from people where child and unborn
    union all
    select force, day, 'child: what the child saw or heard' from people
    where child and presence in ({listed(WITNESS)})
)"""
# People are numbered in what a sender reads: "child 2: name".
MISSED = r"""
missed as (
    select force, day, regexp_replace(one, '^(.*) \d+: ', '\1: ') as field, count(*) as times
    from held cross join unnest(missing) as one
    group by force, day, field
)"""
BY_FIELD = """
select force, day, field, count(*)::int, coalesce(max(missed.times), 0)::int
from asked left join missed using (force, day, field)
group by force, day, field
"""
TOUCHED = f"""
select {SENDERS_DAY} from intake_notification notification
where {has_changed("notification")}
"""

ASKED_FOR = Fact(
    name="asked_for",
    words="One thing that notifications should say, of those of one sender and day.",
    columns={"force": TEXT, "day": DATE, "field": TEXT, "asked": INT, "missing": INT},
    live=in_steps(HELD, PEOPLE, ASKED, MISSED, then=BY_FIELD),
    touched=TOUCHED,
)
