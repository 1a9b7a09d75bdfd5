"""Decisions, with what came of each."""

from collections.abc import Mapping

from sightline.geography.steps import PLACE
from sightline.insight.facts.base import (
    BOOL,
    CHILD,
    DATE,
    INCIDENT,
    INT,
    TEXT,
    Fact,
)
from sightline.insight.facts.base import DECISION as DECISION_ID
from sightline.insight.facts.steps import (
    LINK_HOLDS,
    LONDON_DAY,
    PERSONS_OF_CARE,
    PERSONS_OF_LINKS,
    PLACED,
    SCREENED_MENTION,
    SCREENINGS_AMONG,
    among,
    has_changed,
    holds,
    in_steps,
)

# What of social care or early help shows that an outcome was acted on.
FOLLOWS: Mapping[str, tuple[str, ...]] = {
    "CAF": ("early_help", "early_help_plan"),
    "EARLY_HELP": ("early_help", "early_help_plan"),
    "IA": ("initial_assessment", "family_assessment"),
    "CFA": ("family_assessment",),
    "S47": ("strategy_discussion", "section_47"),
    "STRATEGY": ("strategy_discussion", "section_47"),
}
WITHIN = 180  # days after the decision; what began later is no answer to it

KNOWN_FROM = "coalesce(decision.recorded_at, decision.decided_at)"
DECIDED = f"""
decided as (
    select decision.id, decision.screening_id, screening.incident_id, link.person_id,
           decision.outcome_set, decision.outcome, decision.scale, decision.decided_at,
           {LONDON_DAY.format("decision.decided_at")} as day,
           coalesce(screening.withdrawn_at <= %(corrected)s, false) as withdrawn,
           coalesce(nullif(home.postcode, ''), nullif(mention.postcode, ''), scene.postcode)
               as postcode
    from meetings_decision decision
    join screening_screening screening on screening.id = decision.screening_id
    cross join lateral (select {SCREENED_MENTION} as mention_id offset 0) as about
    join people_mention mention on mention.id = about.mention_id
    join people_link link on link.mention_id = mention.id
    join intake_notification notification on notification.source_id = mention.source_id
    join people_source source on source.id = mention.source_id
    left join people_household home on home.id = mention.household_id
    left join people_household scene on scene.id = source.household_id
    where {among("link.person_id")} and {SCREENINGS_AMONG} and {LINK_HOLDS}
      and {holds(KNOWN_FROM, "decision.replaced_at", "recorded")}
)"""
# Until it was carried over, an action belonged to the decision that stood when it was agreed.
OF_DECISION = """
    (decided.id = given.id and (action.carried_at is null or action.carried_at <= %(recorded)s)
     or action.carried_at > %(recorded)s and decided.decided_at <= action.agreed_at)
"""
ACTION_HOLDS = """
    action.agreed_at <= %(recorded)s
    and not (action.ending = 'withdrawn' and action.ended_at <= %(recorded)s)
"""
AGREED = f"""
agreed as (
    select decided.id, coalesce(bool_or(action.accepted_at <= %(recorded)s), false) as accepted,
           coalesce(bool_or(action.started_at <= %(recorded)s), false) as started,
           coalesce(bool_or(action.completed_at <= %(recorded)s), false) as completed
    from decided
    join meetings_decision given on given.screening_id = decided.screening_id
    join actions_action action on action.decision_id = given.id and {OF_DECISION}
    where {ACTION_HOLDS}
    group by decided.id
)"""
WANTED = "wanted (outcome, kind) as (values {})".format(
    ", ".join(f"('{outcome}', '{kind}')" for outcome, kinds in FOLLOWS.items() for kind in kinds)
)
BEGAN = f"""
began as (
    select decided.id, bool_or(
               care.ended_on is not null
               and coalesce(care.ended_recorded_at, care.recorded_at) <= %(recorded)s
           ) as ended
    from decided
    join wanted using (outcome)
    join people_link link on link.person_id = decided.person_id
    join people_mention mention on mention.id = link.mention_id
    join intake_notification notification on notification.source_id = mention.source_id
    join actions_socialcareevent care
      on care.mention_id = link.mention_id and care.kind = wanted.kind
         and care."on" between decided.day and decided.day + {WITHIN}
    where {LINK_HOLDS} and care.recorded_at <= %(recorded)s
    group by decided.id
)"""
# A child that two notifications of one incident named under two spellings may have been decided
# twice before the mentions were linked; the later decision is the child's.
WITH_WHAT_CAME = f"""
select decided.id, person_id, incident_id, day, scale, outcome_set, outcome,
       row_number() over (partition by incident_id, person_id
                          order by decided_at desc, decided.id desc) = 1,
       withdrawn, agreed.id is not null, coalesce(accepted, false), coalesce(started, false),
       coalesce(completed, false), began.id is not null, coalesce(ended, false), {PLACED}
from decided
left join agreed on agreed.id = decided.id
left join began on began.id = decided.id
left join place using (postcode)
"""
PERSONS_OF_DECISIONS = f"""
    select link.person_id
    from meetings_decision decision
    join screening_screening screening on screening.id = decision.screening_id
    join people_link link on link.mention_id = screening.mention_id
    where {has_changed("decision")}
    union
    select link.person_id
    from screening_screening screening
    join people_link link on link.mention_id = screening.mention_id
    where {has_changed("screening")}
    union
    select link.person_id
    from actions_action action
    join meetings_decision decision on decision.id = action.decision_id
    join screening_screening screening on screening.id = decision.screening_id
    join people_link link on link.mention_id = screening.mention_id
    where {has_changed("action")}
"""

DECISION = Fact(
    name="decision",
    words="One standing decision about one child after one incident, with what came of it.",
    columns={
        "decision": DECISION_ID, "child": CHILD, "incident": INCIDENT, "day": DATE, "scale": INT,
        "outcome_set": TEXT, "outcome": TEXT,
        "last": BOOL,  # the latest of this child and incident
        "withdrawn": BOOL,  # a correction took the child out of the notification
        "agreed": BOOL, "accepted": BOOL, "started": BOOL, "completed": BOOL,  # of its actions
        "began": BOOL, "ended": BOOL,  # what social care or early help recorded of it
        "small_area": TEXT, "ward": TEXT,
    },
    live=in_steps(PLACE.strip(), DECIDED, AGREED, WANTED, BEGAN, then=WITH_WHAT_CAME),
    touched=f"{PERSONS_OF_LINKS} union {PERSONS_OF_DECISIONS} union {PERSONS_OF_CARE}",
    tally=("day", "scale", "last"),
)  # fmt: skip
