"""Which level a pair of mentions reaches, part by part; None where either lacks the part.

Each function gives the same whichever mention comes first.
"""

from datetime import date

from sightline.rules.linkage import weights as w
from sightline.rules.linkage.describe import Described
from sightline.rules.linkage.identifiers import is_temporary
from sightline.rules.linkage.names import (
    Likeness,
    Name,
    Tier,
    forenames_alike,
    same_forename,
    same_surname,
    surnames_alike,
)
from sightline.rules.linkage.weights import Reason

Levels = tuple[Reason | None, ...]

PLACEHOLDER_YEARS = 2  # an estimated age is seldom further out than this


def birth(a: Described, b: Described) -> Reason | None:
    """Same, swapped, one digit off, placeholder, same year, or in conflict."""
    if a.dob is None or b.dob is None:
        return None
    if a.dob_placeholder or b.dob_placeholder:
        return _placeholder(abs(a.dob.year - b.dob.year))
    if a.dob == b.dob:
        return w.BIRTH_SAME
    if a.dob.year == b.dob.year and (a.dob.day, a.dob.month) == (b.dob.month, b.dob.day):
        return w.BIRTH_SWAPPED
    if _digits_off(a.dob, b.dob) == 1:
        return w.BIRTH_ONE_DIGIT
    return w.BIRTH_SAME_YEAR if a.dob.year == b.dob.year else w.BIRTH_CONFLICT


def _placeholder(years: int) -> Reason:
    if years == 0:
        return w.BIRTH_PLACEHOLDER
    return w.BIRTH_PLACEHOLDER_NEAR if years <= PLACEHOLDER_YEARS else w.BIRTH_CONFLICT


def _digits_off(a: date, b: date) -> int:
    return sum(x != y for x, y in zip(a.isoformat(), b.isoformat(), strict=True))


def names(a: Described, b: Described) -> tuple[Reason | None, Reason | None]:
    """(forename, surname), or (both the other way round, None) where that says more."""
    first, last = forename(a, b), surname(a, b)
    turned = _swapped(a, b)
    if turned is None or turned.weight <= _sum(first, last):
        return first, last
    return turned, None


def _sum(*levels: Reason | None) -> float:
    return sum(level.weight for level in levels if level is not None)


def _swapped(a: Described, b: Described) -> Reason | None:
    if a.forename is None or b.forename is None or a.family is None or b.family is None:
        return None
    if not (_is_surname_of(a.forename, b) and _is_surname_of(b.forename, a)):
        return None
    # The commoner of the two on either side, so that the order of the pair does not matter.
    first = max(a.forename.tier, b.forename.tier)
    return w.NAMES_SWAPPED[first][max(a.family.tier, b.family.tier)]


def _is_surname_of(name: Name, other: Described) -> bool:
    return any(same_surname(name, part) for part in other.family_parts)


def forename(a: Described, b: Described) -> Reason | None:
    """The forename that tells people apart; a lone "Mohammed" only hints at "Mohammed Ali"."""
    if a.forename is None or b.forename is None:
        return None
    tier = max(a.forename.tier, b.forename.tier)
    likeness = forenames_alike(a.forename, b.forename)
    if likeness is Likeness.SAME or _run_together(a, b):
        return w.FORENAME_SAME[tier]
    if likeness is Likeness.VARIANT:
        return w.FORENAME_VARIANT[tier]
    if likeness is Likeness.SLIP:
        return w.FORENAME_SLIP[tier]
    if a.forename.honour != b.forename.honour:
        return w.FORENAME_HONOUR if _share_honour(a, b) else w.FORENAME_DIFFERENT
    return _weak_forename(a, b, likeness)


def _weak_forename(a: Described, b: Described, likeness: Likeness) -> Reason:
    if likeness is Likeness.INITIAL:
        return w.FORENAME_INITIAL
    if likeness is Likeness.ALIKE:
        return w.FORENAME_ALIKE
    if _goes_by_middle_name(a, b):
        return w.FORENAME_MIDDLE
    return w.FORENAME_NEAR if likeness is Likeness.NEAR else w.FORENAME_DIFFERENT


def _share_honour(a: Described, b: Described) -> bool:
    return any(same_forename(x, y) for x in a.honours for y in b.honours)


def _run_together(a: Described, b: Described) -> bool:
    """ "Anna Maria" against "Annamaria", "Xiao Ming" against "Xiaoming"."""
    return (a.run_on != "" and b.forename is not None and a.run_on == b.forename.text) or (
        b.run_on != "" and a.forename is not None and b.run_on == a.forename.text
    )


def _goes_by_middle_name(a: Described, b: Described) -> bool:
    return _is_among(a.forename, b.others) or _is_among(b.forename, a.others)


def _is_among(name: Name | None, others: tuple[Name, ...]) -> bool:
    return name is not None and any(same_forename(name, other) for other in others)


def surname(a: Described, b: Described) -> Reason | None:
    """The whole surname, a part of a double-barrelled one, or one that is nearly it."""
    if a.family is None or b.family is None:
        return None
    tier = max(a.family.tier, b.family.tier)
    likeness = surnames_alike(a.family, b.family)
    if likeness is Likeness.SAME:
        return w.SURNAME_SAME[tier]
    if likeness is Likeness.VARIANT:
        return w.SURNAME_VARIANT[tier]
    part = _shared_part(a, b)
    if part is not None:
        return w.SURNAME_PART[part]
    if likeness is Likeness.SLIP:
        return w.SURNAME_SLIP
    return w.SURNAME_ALIKE if likeness is Likeness.ALIKE else w.SURNAME_DIFFERENT


def _shared_part(a: Described, b: Described) -> Tier | None:
    """The commonest name among the parts they share; None when neither has parts or none agree."""
    if len(a.family_parts) == 1 and len(b.family_parts) == 1:
        return None
    shared = [
        max(x.tier, y.tier) for x in a.family_parts for y in b.family_parts if same_surname(x, y)
    ]
    return max(shared, default=None)


def middle(a: Described, b: Described) -> Reason | None:
    """Further given names: one shared, an initial that agrees, or none in common."""
    if not a.others or not b.others:
        return None
    if any(same_forename(x, y) for x in a.others for y in b.others):
        return w.MIDDLE_SAME
    if any(forenames_alike(x, y) is Likeness.INITIAL for x in a.others for y in b.others):
        return w.MIDDLE_INITIAL
    return w.MIDDLE_DIFFERENT


def sex(a: Described, b: Described) -> Reason | None:
    """Same or in conflict."""
    if not a.sex or not b.sex:
        return None
    return w.SEX_SAME if a.sex == b.sex else w.SEX_CONFLICT


def home(a: Described, b: Described) -> Reason | None:
    """From the same postcode to another; people move, so that says little against."""
    if not a.postcode or not b.postcode:
        return None
    if a.postcode == b.postcode:
        return w.HOME_POSTCODE
    return w.HOME_SECTOR if a.sector == b.sector else w.HOME_DIFFERENT


def house(a: Described, b: Described, at_home: Reason | None) -> Reason | None:
    """Numbers mean something only within one postcode."""
    if at_home is not w.HOME_POSTCODE or not a.house or not b.house:
        return None
    return w.HOUSE_SAME if a.house == b.house else w.HOUSE_DIFFERENT


def phone(a: Described, b: Described, at_home: Reason | None) -> Reason | None:
    """A shared telephone says little more about people who share a postcode already."""
    if not a.phone or not b.phone:
        return None
    if a.phone != b.phone:
        return w.PHONE_DIFFERENT
    return w.PHONE_OF_HOME if at_home is w.HOME_POSTCODE else w.PHONE_SAME


def nhs_number(a: Described, b: Described) -> Reason | None:
    """Same or in conflict; only valid numbers come this far."""
    if not a.nhs_number or not b.nhs_number:
        return None
    return w.NHS_SAME if a.nhs_number == b.nhs_number else w.NHS_CONFLICT


def upn(a: Described, b: Described) -> Reason | None:
    """Same or in conflict; a temporary number that differs says nothing, it may be replaced."""
    if not a.upn or not b.upn:
        return None
    if a.upn == b.upn:
        return w.UPN_SAME
    return None if is_temporary(a.upn) or is_temporary(b.upn) else w.UPN_CONFLICT
