"""What keeps the machine from joining two mentions, however much agrees.

A veto sends the pair to a person, never to a join. Two kinds matter to whoever decides on a whole
person: a *contradiction* holds for all that person's mentions, a *lack* only for the one compared.
"""

from dataclasses import dataclass
from enum import StrEnum

from sightline.rules.linkage import weights as w
from sightline.rules.linkage.describe import Described
from sightline.rules.linkage.weights import Reason


class Veto(StrEnum):
    """Why a person must look, in words."""

    TWINS = "same surname and birth date but not the same forename: they may be twins"
    FORENAME_DIFFERS = "the forenames differ"
    FORENAME_UNCONFIRMED = "the forename is not confirmed"
    MIDDLE_DIFFERS = "the forenames agree but other given names differ: they may be twins"
    SEX_DIFFERS = "the sex differs: they may be brother and sister"
    BIRTH_CONFLICT = "the birth dates are in conflict"
    IDENTIFIER_CONFLICT = "the identifiers are in conflict"
    IDENTIFIER_UNBACKED = "an identifier is shared, but neither forename nor birth date agrees"
    GENERATIONS = "a child and an adult, and no birth dates to tell them apart"
    UNBORN = "an unborn child is never matched without a person"


LACKS = frozenset({Veto.FORENAME_UNCONFIRMED, Veto.IDENTIFIER_UNBACKED})

_CONFIRMED = frozenset((*w.FORENAME_SAME, *w.FORENAME_VARIANT, *w.FORENAME_SLIP))
_OTHER_NAME = frozenset((w.FORENAME_DIFFERENT, w.FORENAME_NEAR))
_OTHER_BIRTH = frozenset((w.BIRTH_CONFLICT, w.BIRTH_SAME_YEAR))


@dataclass(slots=True)  # not frozen: made for every pair, and freezing costs a microsecond
class Found:
    """The levels a pair of mentions reached that vetoes look at."""

    birth: Reason | None
    forename: Reason | None  # or both names, the other way round
    surname: Reason | None
    middle: Reason | None
    sex: Reason | None
    nhs_number: Reason | None
    upn: Reason | None

    @property
    def swapped(self) -> bool:
        return self.forename is not None and self.forename.part == "names"

    @property
    def confirmed(self) -> bool:
        """The forename is the same name, or both names are there the other way round."""
        return self.swapped or self.forename in _CONFIRMED

    @property
    def identified(self) -> bool:
        """An identifier is shared."""
        return self.nhs_number is w.NHS_SAME or self.upn is w.UPN_SAME

    @property
    def could_be_twins(self) -> bool:
        """Born the same day with a surname in common; wherever they live now."""
        return self.birth is w.BIRTH_SAME and self.surname not in (None, w.SURNAME_DIFFERENT)


def vetoes(a: Described, b: Described, found: Found) -> tuple[Veto, ...]:
    """Every veto on joining `a` and `b`, in the order in which they are shown."""
    return tuple(
        veto
        for veto in (
            _forename(found),
            _birth(found),
            _identifiers(found),
            _generations(a, b, found),
            Veto.UNBORN if a.unborn or b.unborn else None,
        )
        if veto is not None
    )


def _forename(found: Found) -> Veto | None:
    """A shared identifier and the same birth date stand in for a forename."""
    if found.identified:
        backed = found.confirmed or found.birth is w.BIRTH_SAME
        return None if backed else Veto.IDENTIFIER_UNBACKED
    if not found.confirmed:
        return _unconfirmed(found)
    if found.sex is w.SEX_CONFLICT:
        return Veto.SEX_DIFFERS
    if found.middle is w.MIDDLE_DIFFERENT and found.could_be_twins:
        return Veto.MIDDLE_DIFFERS
    return None


def _unconfirmed(found: Found) -> Veto:
    if found.forename not in _OTHER_NAME:
        return Veto.FORENAME_UNCONFIRMED
    return Veto.TWINS if found.could_be_twins else Veto.FORENAME_DIFFERS


def _birth(found: Found) -> Veto | None:
    return Veto.BIRTH_CONFLICT if found.birth in _OTHER_BIRTH else None


def _identifiers(found: Found) -> Veto | None:
    conflict = found.nhs_number is w.NHS_CONFLICT or found.upn is w.UPN_CONFLICT
    return Veto.IDENTIFIER_CONFLICT if conflict else None


def _generations(a: Described, b: Described, found: Found) -> Veto | None:
    """A father and the son who bears his name share all else that is written about them."""
    if found.birth is not None or found.identified:
        return None
    apart = (a.is_child and b.is_adult) or (a.is_adult and b.is_child)
    return Veto.GENERATIONS if apart else None
