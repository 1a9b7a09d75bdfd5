"""How much speaks for two mentions being one person, with every reason.

Takes 10 to 25 microseconds a pair on a busy core, since `describe` has done the work that belongs
to one mention (benchmarks/linkage_pairs.py).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter

from sightline.rules.linkage.describe import Described
from sightline.rules.linkage.levels import Forename, Surname
from sightline.rules.linkage.model import Model
from sightline.rules.linkage.vetoes import Found, Veto, found, vetoes
from sightline.rules.linkage.words import PARTS, WORDS, with_rarity

_ONE_NAME = frozenset(
    (Forename.SAME, Forename.VARIANT, Forename.PET, Forename.SLIP, Forename.SWAPPED)
)
_ONE_SURNAME = frozenset((Surname.SAME, Surname.VARIANT, Surname.SLIP))
_LEVELS = attrgetter(*PARTS)  # in the order of a model's weights
DIGITS = 6  # weights are rounded to this many places, so that both executors order pairs alike


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a weight is what it is: words to show, the weight in bits, the part it belongs to."""

    words: str
    weight: float
    part: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """The weight of evidence in bits, the levels it comes from, and what forbids a join."""

    weight: float
    found: Found
    vetoes: tuple[Veto, ...]


def compare(a: Described, b: Described, model: Model) -> Comparison:
    """Compare two mentions; the same whichever comes first.

    The weight leaves out how rare it is that two people are one to begin with; the bands of the
    model hold that.
    """
    levels = found(a, b, model.seen)
    weight = 0.0
    for weights, level in zip(model.weights.values(), _LEVELS(levels), strict=True):
        if level is not None:
            weight += weights[level]
    weight += _given_rarity(a, b, levels, model) + _surname_rarity(a, b, levels, model)
    return Comparison(round(weight, DIGITS), levels, vetoes(a, b, levels))


def reasons(a: Described, b: Described, model: Model) -> tuple[Reason, ...]:
    """The parts that a weight is made of, in the order of the parts; they sum to it."""
    return tuple(_reasons(a, b, found(a, b, model.seen), model))


def _reasons(a: Described, b: Described, levels: Found, model: Model) -> Iterator[Reason]:
    rarity = {
        "forename": _given_rarity(a, b, levels, model),
        "surname": _surname_rarity(a, b, levels, model),
    }
    if levels.forename is Forename.SWAPPED:
        rarity["forename"] += rarity["surname"]
    for part in PARTS:
        level = getattr(levels, part)
        if level is not None:
            bits = rarity.get(part, 0.0)
            weight = model.weights[part][level] + bits
            yield Reason(with_rarity(WORDS[part][level], bits), round(weight, DIGITS), part)


def _given_rarity(a: Described, b: Described, levels: Found, model: Model) -> float:
    """The commoner of the two names counts."""
    if levels.forename not in _ONE_NAME or a.forename is None or b.forename is None:
        return 0.0
    return min(model.given.of(a.forename), model.given.of(b.forename))


def _surname_rarity(a: Described, b: Described, levels: Found, model: Model) -> float:
    """Of a part in common, the commonest part of either counts."""
    if a.family is None or b.family is None:
        return 0.0
    if levels.surname in _ONE_SURNAME or levels.forename is Forename.SWAPPED:
        return min(model.surname.of(a.family), model.surname.of(b.family))
    if levels.surname is Surname.PART:
        return min(model.surname.of(name) for name in (*a.family_parts, *b.family_parts))
    return 0.0
