"""What makes all that is linked to one person odd, so that a human should look at the whole.

Every single link may be likely and the whole not be: that is how two lives grow into one.
"""

from collections.abc import Sequence
from itertools import combinations

from sightline.rules.linkage.describe import Described
from sightline.rules.linkage.levels import Birth, birth

# More than a life usually has; see the curve of true persons in the report on the shipped model.
MANY_HOMES = 8
MANY_SURNAMES = 4
ALMOST_ONE = frozenset((Birth.SAME, Birth.SWAPPED, Birth.ONE_DIGIT))


def oddities(mentions: Sequence[Described]) -> tuple[str, ...]:
    """Say in words what is odd about these mentions being one person; nothing, mostly."""
    found = (
        (_two_birth_dates(mentions), "birth dates that are no slip of each other"),
        (len({d.nhs_number for d in mentions if d.nhs_number}) > 1, "more than one NHS number"),
        (len({d.postcode for d in mentions if d.postcode}) >= MANY_HOMES, "very many addresses"),
        (_surnames(mentions) >= MANY_SURNAMES, "very many surnames"),
    )
    return tuple(words for odd, words in found if odd)


def _two_birth_dates(mentions: Sequence[Described]) -> bool:
    dated = {d.dob: d for d in mentions if d.dob is not None and not d.dob_placeholder}
    return any(birth(a, b) not in ALMOST_ONE for a, b in combinations(dated.values(), 2))


def _surnames(mentions: Sequence[Described]) -> int:
    """Surnames that are not spellings of one another."""
    kinds: list[frozenset[str]] = []
    for name in {d.family for d in mentions if d.family is not None}:
        if all(name.tokens.isdisjoint(other) for other in kinds):
            kinds.append(name.tokens)
    return len(kinds)
