"""Actions that agencies agreed to."""

from sightline.insight.facts.base import ACTION as ACTION_ID
from sightline.insight.facts.base import BOOL, DATE, TEXT, Fact
from sightline.insight.facts.decision import (
    ACTION_HOLDS,
    KNOWN_FROM,
    OF_DECISION,
)
from sightline.insight.facts.steps import (
    LINK_HOLDS,
    LONDON_DAY,
    SCREENED_MENTION,
    among,
    has_changed,
    holds,
    in_steps,
)

AGREED = f"""
agreed as materialized (
    select action.id, agency.name as agency, decided.outcome_set, decided.outcome,
           {LONDON_DAY.format("decided.decided_at")} as day,
           coalesce(action.accepted_at <= %(recorded)s, false) as accepted,
           coalesce(action.started_at <= %(recorded)s, false) as started,
           coalesce(action.completed_at <= %(recorded)s, false) as completed,
           coalesce(action.ended_at <= %(recorded)s, false) as ended,
           action.due_on, {SCREENED_MENTION} as mention_id
    from actions_action action
    join access_agency agency on agency.id = action.agency_id
    join meetings_decision given on given.id = action.decision_id
    join screening_screening screening on screening.id = given.screening_id
    join meetings_decision decided on decided.screening_id = screening.id and {OF_DECISION}
    where {among("action.id")} and {ACTION_HOLDS}
      and {holds(KNOWN_FROM.replace("decision.", "decided."), "decided.replaced_at", "recorded")}
      and (screening.withdrawn_at is null or screening.withdrawn_at > %(corrected)s)
)"""
OF_CHILDREN = f"""
select agreed.id, agency, outcome_set, outcome, day, accepted, started, completed, ended, due_on
from agreed
join people_mention mention on mention.id = agreed.mention_id
join people_link link on link.mention_id = mention.id
join intake_notification notification on notification.source_id = mention.source_id
where {LINK_HOLDS}
"""
TOUCHED = f"""
select action.id from actions_action action where {has_changed("action")}
union
select action.id
from actions_action action
join meetings_decision given on given.id = action.decision_id
where given.screening_id in (
    select decision.screening_id from meetings_decision decision where {has_changed("decision")}
    union
    select screening.id from screening_screening screening where {has_changed("screening")}
    union
    select screening.id
    from screening_screening screening
    join people_link link on link.mention_id = screening.mention_id
    where {has_changed("link")}
)
"""

ACTION = Fact(
    name="action",
    words="One action agreed with a decision that stands, and not withdrawn.",
    columns={
        "action": ACTION_ID, "agency": TEXT, "outcome_set": TEXT, "outcome": TEXT,
        "day": DATE,  # on which it was decided
        "accepted": BOOL, "started": BOOL, "completed": BOOL,
        "ended": BOOL,  # declined, or not possible
        "due": DATE,
    },
    live=in_steps(AGREED, then=OF_CHILDREN),
    touched=TOUCHED,
)  # fmt: skip
