"""What was recommended, and whether it was done: by outcome, and by agency.

The review found an assessment recommended for 20 to 31 in 100 children and done for 4 to 7: nobody
could see it at the time. These two figures are that sight, live.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sightline.insight.figures.base import Column, Counted, Figure, Row, query
from sightline.insight.figures.steps import in_steps
from sightline.insight.periods import Period
from sightline.rules.rounding import percent
from sightline.rules.screening.outcomes import name_of, outcome_set

SOURCE = "Sightline; asked for by Dudley Safeguarding Children Board's review (2013), table 5"

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
PAIRS = {
    "outcomes": [outcome for outcome, kinds in FOLLOWS.items() for _ in kinds],
    "kinds": [kind for kinds in FOLLOWS.values() for kind in kinds],
    "within": WITHIN,
}

DECIDED = """
decided as (
    select decision.id, decision.outcome_set, decision.outcome, link.person_id,
           (decision.decided_at at time zone 'Europe/London')::date as day
    from meetings_decision decision
    join screening_screening screening
      on screening.id = decision.screening_id and screening.withdrawn_at is null
    join people_link link on link.mention_id = screening.mention_id and link.ended_at is null
    where decision.replaced_at is null
      and decision.decided_at >= %(first)s::timestamptz
      and decision.decided_at < %(after)s::timestamptz
)"""
AGREED = """
agreed as (
    select action.decision_id, count(action.accepted_at) as accepted,
           count(action.started_at) as started, count(action.completed_at) as completed
    from actions_action action join decided on decided.id = action.decision_id
    where action.ending <> 'withdrawn'
    group by action.decision_id
)"""
WANTED = """
wanted as (
    select * from unnest(%(outcomes)s::text[], %(kinds)s::text[]) as pair (outcome, kind)
)"""
FOLLOWED = """
followed as (
    select decided.id, bool_or(care.ended_on is not null) as ended
    from decided
    join wanted using (outcome)
    join people_link link on link.person_id = decided.person_id and link.ended_at is null
    join actions_socialcareevent care
      on care.mention_id = link.mention_id and care.kind = wanted.kind
         and care."on" between decided.day and decided.day + %(within)s
    group by decided.id
)"""
BY_OUTCOME = """
select decided.outcome_set, decided.outcome, count(*), count(agreed.decision_id),
       count(*) filter (where agreed.accepted > 0), count(*) filter (where agreed.started > 0),
       count(*) filter (where agreed.completed > 0),
       count(followed.id), count(*) filter (where followed.ended)
from decided
left join agreed on agreed.decision_id = decided.id
left join followed on followed.id = decided.id
group by decided.outcome_set, decided.outcome
"""
STEPS = in_steps(DECIDED, AGREED, WANTED, FOLLOWED, then=BY_OUTCOME)


class RecommendedByOutcome(Figure):
    id = "done.outcomes"
    name = "What was decided for children, and whether it was done"
    source = SOURCE
    who = "Every standing decision, one for each child and incident, by its outcome."
    dates = (
        "The day in London on which it was decided. What social care did counts if it began on "
        f"that day or up to {WITHIN} days later; the other steps count whenever they came."
    )
    repeat = (
        "A decision that replaces an earlier one takes its place. A step counts once for a "
        "decision, however many actions took it. Withdrawn actions do not count."
    )
    records = ("standing decision", "standing decisions")
    columns = (
        Column("outcome", "Decided", numeric=False),
        Column("decided", "Children"),
        Column("agreed", "An action was agreed"),
        Column("accepted", "Accepted"),
        Column("started", "Started"),
        Column("completed", "Completed"),
        Column("completed_pct", "Completed (per cent)"),
        Column("began", "Social care or early help began it"),
        Column("began_pct", "Began it (per cent)"),
        Column("ended", "And ended it"),
    )
    notes = (
        "The first four steps are what agencies said of actions agreed here; the last three what "
        "was recorded or imported of social care and early help. Where the two differ, one of "
        "the records is behind.",
    )

    def count(self, period: Period) -> Counted:
        found = sorted(query(STEPS, period, **PAIRS), key=_expected)
        return Counted([_row(*one) for one in found], sum(one[2] for one in found))


def _row(outcomes: str, outcome: str, decided: int, *steps: int) -> Row:
    agreed, accepted, started, completed, began, ended = steps
    known = outcome in FOLLOWS
    return (
        name_of(outcomes, outcome), decided, agreed, accepted, started, completed,
        percent(completed, decided), began if known else None,
        percent(began, decided) if known else None, ended if known else None,
    )  # fmt: skip


def _expected(found: tuple[Any, ...]) -> tuple[int, str]:
    """Outcomes of low scales first, those of no set last."""
    try:
        return outcome_set(found[0]).outcome(found[1]).expected_at, found[1]
    except LookupError:
        return 9, found[1]


BY_AGENCY = """
select agency.name, decided.outcome_set, decided.outcome, count(*), count(action.accepted_at),
       count(action.started_at), count(action.completed_at),
       count(*) filter (where action.ending <> ''),
       count(*) filter (where action.completed_at is null and action.ending = ''
                          and action.due_on < (now() at time zone 'Europe/London')::date)
from decided
join actions_action action on action.decision_id = decided.id and action.ending <> 'withdrawn'
join access_agency agency on agency.id = action.agency_id
group by agency.name, decided.outcome_set, decided.outcome
"""


class RecommendedByAgency(Figure):
    id = "done.agencies"
    name = "What each agency agreed to do, and whether it did"
    source = SOURCE
    who = (
        "Every action agreed with a standing decision, by the agency that is to do it and by the "
        "outcome of the decision. Withdrawn actions do not count."
    )
    dates = "The day in London on which it was decided. Overdue is as at the moment of counting."
    repeat = "An action that was agreed anew in place of another counts beside it."
    records = ("action", "actions")
    columns = (
        Column("agency", "Agency", numeric=False),
        Column("outcome", "Decided", numeric=False),
        Column("agreed", "Agreed"),
        Column("accepted", "Accepted"),
        Column("started", "Started"),
        Column("completed", "Completed"),
        Column("completed_pct", "Completed (per cent)"),
        Column("returned", "Declined or not possible"),
        Column("overdue", "Overdue now"),
    )

    def count(self, period: Period) -> Counted:
        found = query(in_steps(DECIDED, then=BY_AGENCY), period)
        in_order = sorted(found, key=lambda one: (one[0], _expected(one[1:])))
        return Counted([_by_agency(*one) for one in in_order], sum(one[3] for one in found))


def _by_agency(agency: str, outcomes: str, outcome: str, agreed: int, *steps: int) -> Row:
    accepted, started, completed, returned, overdue = steps
    share: Decimal | None = percent(completed, agreed)
    return (
        agency, name_of(outcomes, outcome), agreed, accepted, started, completed, share, returned,
        overdue,
    )  # fmt: skip
