"""The whole history: built from a seed, the same every time."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction

from sightline.demo.dudley.dates import date_notifications
from sightline.demo.dudley.decisions import Sample, decide, table4
from sightline.demo.dudley.dice import DeadEnd, Dice
from sightline.demo.dudley.differences import differences
from sightline.demo.dudley.gaps import draw_gaps
from sightline.demo.dudley.incidents import contacts_of, make_incidents, rows_of
from sightline.demo.dudley.people import Family, make_families, share_perpetrators
from sightline.demo.dudley.plan import Plan, plan_for
from sightline.demo.dudley.rows import DecisionRow, PersonRow, SocialCareRow
from sightline.demo.dudley.shapes import make_shapes
from sightline.demo.dudley.social_care import follow_up
from sightline.demo.dudley.tables import Table

REDUCED = Fraction(1, 40)  # about 300 child notifications: enough for a test run
ATTEMPTS = 50


@dataclass(frozen=True)
class History:
    """Made-up people and events that count to known tables.

    `expected` maps 1 to 5 to the table the rows give, in the published column order; at full
    size these are the published tables but for the rows of table 4 that `differences` explains.
    `samples` are the counts behind table 4, which the source does not print.
    """

    seed: int
    notifications: tuple[PersonRow, ...]
    decisions: tuple[DecisionRow, ...]
    social_care: tuple[SocialCareRow, ...]
    expected: Mapping[int, Table]
    samples: tuple[Sample, ...]
    differences: tuple[str, ...]


def build(seed: int, fraction: float | Fraction = 1) -> History:
    """Build the history of `seed` at full size, or thinned to a `fraction` from 1/100.

    A small history has little room, and now and then its draws run into a dead end; it is then
    drawn again with the next attempt's dice. Raises ValueError for a fraction out of range.
    """
    plan = plan_for(Fraction(fraction).limit_denominator(1000))
    for attempt in range(ATTEMPTS):
        with suppress(DeadEnd):
            return _attempt(plan, Dice(seed, attempt))
    raise RuntimeError(f"no history of seed {seed} in {ATTEMPTS} attempts")


def _attempt(plan: Plan, dice: Dice) -> History:
    incidents = make_incidents(_families(plan, dice), dice.stream("incidents"))
    severities = dice.stream("severities")
    contacts = [each for pair in incidents for each in contacts_of(*pair, severities)]
    samples, decisions = decide(contacts, dice.stream("decisions"))
    events = follow_up(contacts, decisions, plan.contacts, dice.stream("social care"))
    return History(
        seed=dice.seed,
        notifications=tuple(row for pair in incidents for row in rows_of(*pair)),
        decisions=tuple(sorted(decisions, key=lambda row: (row.decided_on, _key(row)))),
        social_care=tuple(sorted(events, key=lambda row: (row.on, _key(row), row.kind))),
        expected=dict(sorted({**plan.tables(), 4: table4(samples)}.items())),
        samples=tuple(samples),
        differences=differences(samples),
    )


def _families(plan: Plan, dice: Dice) -> list[Family]:
    shapes = make_shapes(plan, dice.stream("shapes"))
    gaps = draw_gaps(shapes, plan.repeats, dice.stream("gaps"))
    dates = date_notifications(shapes, gaps, plan.contacts, dice.stream("dates"))
    families = make_families(shapes, dates, dice.stream("people"))
    return share_perpetrators(families, plan.shared_perpetrators, dice.stream("perpetrators"))


def _key(row: DecisionRow | SocialCareRow) -> tuple[str, str]:
    return row.notification_reference, row.nhs_number
