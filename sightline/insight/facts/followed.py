"""What social care did after each contact."""

from sightline.insight.facts.base import BOOL, CHILD, DATE, INT, NOTIFICATION, Fact
from sightline.insight.facts.contact import NAMED
from sightline.insight.facts.steps import (
    LINK_HOLDS,
    PERSONS_OF_CARE,
    PERSONS_OF_LINKS,
    among,
    in_steps,
)

# An event speaks of a mention, perhaps in a version that has been corrected since. It follows the
# contact of the same child in the version that holds.
EVENT = f"""
event as (
    select link.person_id as child, notification.sender_id, notification.reference, care.kind,
           care."on" as day
    from actions_socialcareevent care
    join people_link link on link.mention_id = care.mention_id
    join people_mention mention on mention.id = care.mention_id
    join intake_notification notification on notification.source_id = mention.source_id
    where {among("link.person_id")} and {LINK_HOLDS} and care.recorded_at <= %(recorded)s
)"""
AFTER = """
select named.notification, named.child, named.day,
       extract(year from named.day - interval '3 months')::int,
       coalesce(bool_or(event.kind in ('initial_assessment', 'family_assessment')), false),
       coalesce(bool_or(event.kind = 'core_assessment'), false),
       coalesce(bool_or(event.kind = 'section_47'), false),
       coalesce(bool_or(event.kind = 'initial_conference'), false),
       coalesce(bool_or(event.kind = 'child_protection_plan'), false),
       coalesce(max(event.day) filter (where event.kind = 'looked_after')
                >= min(event.day) filter (where event.kind = 'child_protection_plan'), false),
       count(event.kind) > 0
from named left join event using (child, sender_id, reference)
group by named.notification, named.child, named.day
"""

FOLLOWED = Fact(
    name="followed",
    words="One contact (a child in a notification that holds), with what social care did after it.",
    columns={
        "notification": NOTIFICATION, "child": CHILD, "day": DATE,
        "year": INT,  # the financial year of a council, by the calendar year in which it starts
        "initial": BOOL, "core": BOOL, "enquiry": BOOL, "conference": BOOL, "plan": BOOL,
        "looked_after": BOOL,  # on or after the first day of a plan
        "anything": BOOL,  # anything at all is on record
    },
    live=in_steps(NAMED, EVENT, then=AFTER),
    touched=f"{PERSONS_OF_LINKS} union {PERSONS_OF_CARE}",
    tally=(
        "day", "year", "initial", "core", "enquiry", "conference", "plan", "looked_after",
        "anything",
    ),
)  # fmt: skip
