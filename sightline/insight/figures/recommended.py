"""What was recommended, and whether it was done: by outcome, and by agency.

The review found an assessment recommended for 20 to 31 in 100 children and done for 4 to 7: nobody
could see it at the time. These two figures are that sight, live.
"""

from decimal import Decimal
from typing import Any

from sightline.insight.engine.base import Answer
from sightline.insight.facts.action import ACTION
from sightline.insight.facts.decision import DECISION, FOLLOWS, WITHIN
from sightline.insight.figures.base import Column, Counted, Figure, Row
from sightline.insight.figures.measures import Measure
from sightline.insight.periods import Period
from sightline.rules.rounding import percent
from sightline.rules.screening.outcomes import name_of, outcome_set

SOURCE = "Sightline; asked for by Dudley Safeguarding Children Board's review (2013), table 5"

BY_OUTCOME = """
select outcome_set, outcome, count(*), count(*) filter (where agreed),
       count(*) filter (where accepted), count(*) filter (where started),
       count(*) filter (where completed), count(*) filter (where began),
       count(*) filter (where ended)
from decision
where not withdrawn and day between :first and :last
group by outcome_set, outcome
"""


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

    measures = (
        Measure("Actions completed, of children decided on", "completed", "decided"),
        Measure("Social care or early help began it", "began"),
    )
    about = ("assessments",)
    rests_on = ("screening-outcomes",)
    facts = (DECISION,)
    question = BY_OUTCOME

    def table(self, found: Answer, period: Period) -> Counted:
        in_order = sorted(found, key=_expected)
        return Counted([_row(*one) for one in in_order], sum(one[2] for one in found))


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
select agency, outcome_set, outcome, count(*), count(*) filter (where accepted),
       count(*) filter (where started), count(*) filter (where completed),
       count(*) filter (where ended),
       count(*) filter (where not completed and not ended and due < :today)
from action
where day between :first and :last
group by agency, outcome_set, outcome
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

    measures = (
        Measure("Completed, of actions agreed", "completed", "agreed"),
        Measure("Declined or not possible, of actions agreed", "returned", "agreed"),
    )
    rests_on = ("action-kinds",)
    facts = (ACTION,)
    question = BY_AGENCY

    def table(self, found: Answer, period: Period) -> Counted:
        in_order = sorted(found, key=lambda one: (one[0], _expected(one[1:])))
        return Counted([_by_agency(*one) for one in in_order], sum(one[3] for one in found))


def _by_agency(agency: str, outcomes: str, outcome: str, agreed: int, *steps: int) -> Row:
    accepted, started, completed, returned, overdue = steps
    share: Decimal | None = percent(completed, agreed)
    return (
        agency, name_of(outcomes, outcome), agreed, accepted, started, completed, share, returned,
        overdue,
    )  # fmt: skip
