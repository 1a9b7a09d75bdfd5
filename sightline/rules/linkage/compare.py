"""How much speaks for two mentions being one person, with every reason.

Takes 10 to 25 microseconds a pair on a busy core, since `describe` has done the work that belongs
to one mention (benchmarks/linkage_pairs.py).
"""

from dataclasses import dataclass

from sightline.rules.linkage import levels
from sightline.rules.linkage.describe import Described
from sightline.rules.linkage.vetoes import Found, Veto, vetoes
from sightline.rules.linkage.weights import Reason


@dataclass(frozen=True, slots=True)
class Comparison:
    """The weight of evidence in bits, the reasons that sum to it, and what forbids a join."""

    weight: float
    reasons: tuple[Reason, ...]
    vetoes: tuple[Veto, ...]


def compare(a: Described, b: Described) -> Comparison:
    """Compare two mentions; the same whichever comes first.

    A part that either lacks gives no reason and no weight. The weight leaves out how rare it is
    that two people are one to begin with; the thresholds of `decide` hold that.
    """
    first, last = levels.names(a, b)
    home = levels.home(a, b)
    found = Found(
        birth=levels.birth(a, b),
        forename=first,
        surname=last,
        middle=levels.middle(a, b),
        sex=levels.sex(a, b),
        nhs_number=levels.nhs_number(a, b),
        upn=levels.upn(a, b),
    )
    reached = (
        found.nhs_number,
        found.upn,
        found.birth,
        first,
        last,
        found.middle,
        found.sex,
        home,
        levels.house(a, b, home),
        levels.phone(a, b, home),
    )
    reasons = tuple(reason for reason in reached if reason is not None)
    return Comparison(sum(r.weight for r in reasons), reasons, vetoes(a, b, found))
