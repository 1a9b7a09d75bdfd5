"""What social care did: each assessment, plan and other step, with its categories and factors."""

from sightline.insight.facts.base import BOOL, CHILD, DATE, INT, TEXT, Col, Fact, Kind
from sightline.insight.facts.steps import (
    LINK_HOLDS,
    PERSONS_OF_CARE,
    PERSONS_OF_LINKS,
    among,
    listed,
)

EVENT = Col(Kind.ID, "event")


def has(*factors: str) -> str:
    """Return the condition that one of these factors was recorded."""
    return f"said.factors ?| array[{listed(factors)}]"


ANY_ABUSE, MENTAL = has("3A", "3B", "3C"), has("4A", "4B", "4C")
ALCOHOL_OR_DRUGS = has("1A", "1B", "1C", "2A", "2B", "2C")
# What was said of an event until it was first changed after the moment, or what is said of it now.
SAID = """
    select told ->> 'outcome' as outcome, told ->> 'primary_category' as category,
           (told ->> 'domestic_abuse')::boolean as domestic_abuse, told -> 'factors' as factors,
           (told ->> 'ended_on')::date as ended_on
    from (select coalesce(
        (select was from jsonb_array_elements(care.said_before) with ordinality as each (was, nth)
         where (was ->> 'until')::timestamptz > %(recorded)s order by nth limit 1),
        to_jsonb(care)
    ) as told) as of_then
"""
# One event may be written down for two mentions of one child: it is the first that was.
DONE = f"""
select distinct on (link.person_id, care.kind, care."on")
       care.id, link.person_id, care.kind, care."on", said.ended_on, said.outcome, said.category,
       case said.domestic_abuse when true then 'yes' when false then 'no' else '' end,
       said.factors <> '[]', {has("3A")}, {has("3B")}, {has("3C")},
       {ANY_ABUSE} and {MENTAL} and {ALCOHOL_OR_DRUGS},
       {has("3B")} and {has("4B")} and {has("1B", "2B")},
       care.kind in ('initial_assessment', 'core_assessment', 'family_assessment'),
       said.ended_on - care."on"
from actions_socialcareevent care
join people_link link on link.mention_id = care.mention_id
join people_mention mention on mention.id = care.mention_id
join intake_notification notification on notification.source_id = mention.source_id
cross join lateral ({SAID}) as said
where {among("link.person_id")} and {LINK_HOLDS} and care.recorded_at <= %(recorded)s
order by link.person_id, care.kind, care."on", care.id
"""

CARE = Fact(
    name="care",
    words="One thing that social care or early help did for a child after a notification.",
    columns={
        "event": EVENT, "child": CHILD, "kind": TEXT, "day": DATE,
        "ended": DATE,  # null: not, or not that we know
        "outcome": TEXT, "category": TEXT,  # of a plan, by the codes of the census
        "domestic_abuse": TEXT,  # of a plan: yes, no, or '' where nobody said
        "has_factors": BOOL, "f3a": BOOL, "f3b": BOOL, "f3c": BOOL,
        "trio": BOOL,  # 3 with 4 and with 1 or 2, of anybody in the home
        "parents_trio": BOOL,  # 3B with 4B and with 1B or 2B
        "assessment": BOOL,
        "lasted": INT,  # days, of what has ended
    },
    live=DONE,
    touched=f"{PERSONS_OF_LINKS} union {PERSONS_OF_CARE}",
)  # fmt: skip
