"""Which level a pair of mentions reaches, part by part; None where either lacks the part.

Each function gives the same whichever mention comes first. `sightline.linkage.levels` says it for
a million pairs at once; a test holds that both agree. What a level is worth, the model says.
"""

from collections.abc import Container, Sequence
from datetime import date
from enum import IntEnum

from rapidfuzz.distance import DamerauLevenshtein

from sightline.rules.linkage.describe import Described
from sightline.rules.linkage.identifiers import is_temporary
from sightline.rules.linkage.names import (
    Likeness,
    Name,
    forenames_alike,
    is_shortened,
    one_letter_off,
    same_name,
    surnames_alike,
)
from sightline.rules.linkage.names import forename as given
from sightline.rules.linkage.names import surname as family


class Birth(IntEnum):
    SAME = 0
    SWAPPED = 1
    ONE_DIGIT = 2
    JANUARY = 3  # 1 January in both: mostly what somebody's papers say
    PLACEHOLDER = 4
    PLACEHOLDER_NEAR = 5
    SAME_YEAR = 6
    OTHER_YEAR = 7
    CONFLICT = 8


class Forename(IntEnum):
    SAME = 0
    VARIANT = 1
    PET = 2  # or a name of its own: Millie may be Amelia, or her twin
    SLIP = 3
    SWAPPED = 4  # with the surname
    HONOUR = 5
    INITIAL = 6
    ALIKE = 7
    MIDDLE = 8
    NEAR = 9
    CROSSED = 10  # the forename of one is the surname of the other, and the rest is another
    DIFFERENT = 11


class Surname(IntEnum):
    SAME = 0
    VARIANT = 1
    PART = 2
    SLIP = 3
    ALIKE = 4
    DIFFERENT = 5


class Middle(IntEnum):
    SAME = 0
    INITIAL = 1
    DIFFERENT = 2


class Sex(IntEnum):
    SAME = 0
    DIFFERENT = 1


class Home(IntEnum):
    HOUSE = 0
    POSTCODE = 1
    NEIGHBOUR = 2
    STREET = 3
    SECTOR = 4
    DIFFERENT = 5


class Phone(IntEnum):
    SAME = 0
    AT_HOME = 1
    DIFFERENT = 2


class Number(IntEnum):
    """An identifier with a check character, so that a slip in it is noticed: NHS number, UPN."""

    SAME = 0
    DIFFERENT = 1


class PoliceNumber(IntEnum):
    """The police's own number of a person: nothing in it tells that a character is wrong."""

    SAME = 0
    ONE_OFF = 1
    DIFFERENT = 2


Level = Birth | Forename | Surname | Middle | Sex | Home | Phone | Number | PoliceNumber

PLACEHOLDER_YEARS = 2  # an estimated age is seldom further out than this
GENERATION = 13  # years: a parent and a child of one name are further apart than this
SHORTEST_NUMBER = 6  # characters; in a shorter number one character makes another number
OTHER = frozenset((Forename.DIFFERENT, Forename.NEAR))
TWO_HOMES = frozenset((Home.SECTOR, Home.DIFFERENT))


def birth(a: Described, b: Described) -> Birth | None:
    """Same, nearly, placeholder, another day not a generation apart, or in conflict."""
    if a.dob is None or b.dob is None:
        return None
    if a.dob == b.dob:
        return Birth.JANUARY if a.dob_placeholder else Birth.SAME
    if a.dob_placeholder or b.dob_placeholder:
        return _placeholder(abs(a.dob.year - b.dob.year))
    if a.dob.year == b.dob.year and (a.dob.day, a.dob.month) == (b.dob.month, b.dob.day):
        return Birth.SWAPPED
    if _one_slip(a.dob, b.dob):
        return Birth.ONE_DIGIT
    return _another_day(abs(a.dob.year - b.dob.year))


def _another_day(years: int) -> Birth:
    if years == 0:
        return Birth.SAME_YEAR
    return Birth.OTHER_YEAR if years < GENERATION else Birth.CONFLICT


def _placeholder(years: int) -> Birth:
    if years == 0:
        return Birth.PLACEHOLDER
    return Birth.PLACEHOLDER_NEAR if years <= PLACEHOLDER_YEARS else Birth.CONFLICT


def _one_slip(a: date, b: date) -> bool:
    """One digit off, or two neighbouring digits swapped: 1978 for 1987."""
    return DamerauLevenshtein.distance(_digits(a), _digits(b)) == 1


def _digits(day: date) -> str:
    """Always eight; the C library leaves noughts out of a year that somebody wrote as 0015."""
    return day.isoformat().replace("-", "")


def names(
    a: Described, b: Described, seen: Container[str] = frozenset()
) -> tuple[Forename | None, Surname | None]:
    """(forename, surname); None for the surname where one was written in the other's place.

    Of Samir Hanan Farah one officer writes Samir Hanan, another Hanan Farah. Of people who were not
    born on one day that says nothing: many a father's forename is his children's surname.
    """
    if _swapped(a, b):
        return Forename.SWAPPED, None
    first, last = forename(a, b, seen), surname(a, b)
    if first in OTHER and last is Surname.DIFFERENT and _crossed(a, b):
        return Forename.CROSSED, None
    return first, last


def _crossed(a: Described, b: Described) -> bool:
    return a.dob is not None and a.dob == b.dob and (is_surname_of(a, b) or is_surname_of(b, a))


def is_surname_of(a: Described, b: Described) -> bool:
    """What is a forename in the one is a surname, or a part of it, in the other."""
    return a.forename is not None and any(
        not a.forename.tokens.isdisjoint(given(part.text).tokens) for part in b.family_parts
    )


def _swapped(a: Described, b: Described) -> bool:
    if a.forename is None or b.forename is None or a.family is None or b.family is None:
        return False
    if not a.forename.tokens.isdisjoint(b.forename.tokens):
        return False
    return _turned(a, b) or _turned(b, a)


def _turned(a: Described, b: Described) -> bool:
    """The names of `b` stand the other way round, one of them in whatever spelling or misspelt."""
    if a.forename is None or a.family is None or b.forename is None or b.family is None:
        return False
    first = [given(part.text) for part in b.family_parts]
    last = [family(name.text) for name in called(b)]
    is_first = any(same_name(name, other) for name in called(a) for other in first)
    is_last = any(same_name(part, other) for part in a.family_parts for other in last)
    if is_first and (is_last or _sound_alike(a.family_parts, last)):
        return True
    if is_first and not (given(a.family.text).known and b.forename.known):
        return one_letter_off(a.family.text, b.forename.text)  # Zara and Zahra may be twins
    return is_last and (
        _sound_alike(called(a), first) or one_letter_off(a.forename.text, b.family.text)
    )


def called(d: Described) -> tuple[Name, ...]:
    """The forename, and the first two run together: Xiaoming of Xiao Ming."""
    return tuple(name for name in (d.forename, d.run_on) if name is not None)


def _sound_alike(some: Sequence[Name], others: Sequence[Name]) -> bool:
    return any(not a.sounds.isdisjoint(b.sounds) for a in some for b in others)


def forename(a: Described, b: Described, seen: Container[str]) -> Forename | None:
    """The forename that tells people apart; a lone "Mohammed" only hints at "Mohammed Ali"."""
    if a.forename is None or b.forename is None:
        return None
    likeness = forenames_alike(a.forename, b.forename, seen)
    if likeness is Likeness.SAME or run_together(a, b):
        return Forename.SAME
    if likeness is Likeness.VARIANT:
        return Forename.VARIANT
    if likeness is Likeness.PET:
        both = a.forename.christened and b.forename.christened
        return Forename.PET if both else Forename.VARIANT
    if likeness is Likeness.SLIP:  # "Mhammed Ali" is no slip of "Mohammed", whom brothers share
        return Forename.ALIKE if a.forename.honour or b.forename.honour else Forename.SLIP
    if likeness is Likeness.INITIAL or _initial_of_an_honour(a, b):
        return Forename.INITIAL
    if a.forename.honour != b.forename.honour:
        return Forename.HONOUR
    return _weak_forename(a, b, likeness)


def _weak_forename(a: Described, b: Described, likeness: Likeness) -> Forename:
    if likeness is Likeness.ALIKE:
        return Forename.ALIKE
    if _goes_by_middle_name(a, b) or _goes_by_part(a, b):
        return Forename.MIDDLE
    return Forename.NEAR if likeness is Likeness.NEAR else Forename.DIFFERENT


def _initial_of_an_honour(a: Described, b: Described) -> bool:
    """ "M Khan" may be Mohammed Ali Khan."""
    return _stands_for(a, b) or _stands_for(b, a)


def _stands_for(a: Described, b: Described) -> bool:
    initial = a.forename is not None and len(a.forename.text) == 1 and a.forename.text
    return bool(initial) and any(name.text[0] == initial for name in b.honours)


def run_together(a: Described, b: Described) -> bool:
    """ "Anna Maria" against "Annamaria", "Xiao Ming" against "Xiaoming"."""
    return _run_on_is(a, b) or _run_on_is(b, a)


def _run_on_is(a: Described, b: Described) -> bool:
    if a.run_on is None or b.forename is None:
        return False
    return not a.run_on.firm.isdisjoint(b.forename.firm)


def _goes_by_middle_name(a: Described, b: Described) -> bool:
    return _is_among(a.forename, b.others) or _is_among(b.forename, a.others)


def _goes_by_part(a: Described, b: Described) -> bool:
    return (
        a.forename is not None and b.forename is not None and is_shortened(a.forename, b.forename)
    )


def _is_among(name: Name | None, others: tuple[Name, ...]) -> bool:
    """Initials are no names to go by."""
    whole = [other for other in others if len(other.text) > 1]
    return name is not None and any(same_name(name, other) for other in whole)


_WHOLE = {
    Likeness.SAME: Surname.SAME,
    Likeness.VARIANT: Surname.VARIANT,
}
_NEARLY = {Likeness.SLIP: Surname.SLIP, Likeness.ALIKE: Surname.ALIKE}


def surname(a: Described, b: Described) -> Surname | None:
    """The whole surname, a part of a double-barrelled one, or one that is nearly it."""
    if a.family is None or b.family is None:
        return None
    likeness = surnames_alike(a.family, b.family)
    if likeness in _WHOLE:
        return _WHOLE[likeness]
    if _share_a_part(a, b):
        return Surname.PART
    return _NEARLY.get(likeness, Surname.DIFFERENT)


def _share_a_part(a: Described, b: Described) -> bool:
    if len(a.family_parts) == 1 and len(b.family_parts) == 1:
        return False
    return any(same_name(x, y) for x in a.family_parts for y in b.family_parts)


def middle(a: Described, b: Described) -> Middle | None:
    """Further given names: one shared, an initial that agrees, or none in common."""
    if not a.others or not b.others or run_together(a, b):
        return None
    pairs = [(x.text, y.text, x, y) for x in a.others for y in b.others]
    if any(len(s) > 1 and len(t) > 1 and same_name(x, y) for s, t, x, y in pairs):
        return Middle.SAME
    if any((len(s) == 1 or len(t) == 1) and s[0] == t[0] for s, t, _, _ in pairs):
        return Middle.INITIAL
    return Middle.DIFFERENT


def sex(a: Described, b: Described) -> Sex | None:
    """Same or in conflict."""
    if not a.sex or not b.sex:
        return None
    return Sex.SAME if a.sex == b.sex else Sex.DIFFERENT


def home(a: Described, b: Described) -> Home | None:
    """From the same house to another postcode; people move, so that says little against."""
    if not a.postcode or not b.postcode:
        return Home.STREET if _same_street(a, b) else None
    if a.postcode == b.postcode:
        if not a.house or not b.house:
            return Home.POSTCODE
        return Home.HOUSE if a.house == b.house else Home.NEIGHBOUR
    if _same_street(a, b):
        return Home.STREET
    return Home.SECTOR if a.sector != "" and a.sector == b.sector else Home.DIFFERENT


def _same_street(a: Described, b: Described) -> bool:
    """House and street both: what is left when a postcode is mistyped or missing."""
    return a.street != "" and a.street == b.street and a.house != "" and a.house == b.house


def phone(a: Described, b: Described, at_home: Home | None) -> Phone | None:
    """A shared telephone says little more about people who may share a home already.

    Where no address tells, it counts no more: what is missing is never evidence.
    """
    if not a.phone or not b.phone:
        return None
    if a.phone != b.phone:
        return Phone.DIFFERENT
    return Phone.SAME if at_home in TWO_HOMES else Phone.AT_HOME


def nhs_number(a: Described, b: Described) -> Number | None:
    """Same or in conflict; only valid numbers come this far."""
    return _number(a.nhs_number, b.nhs_number)


def upn(a: Described, b: Described) -> Number | None:
    """Same or in conflict; a temporary number that differs says nothing, it may be replaced."""
    level = _number(a.upn, b.upn)
    if level is Number.DIFFERENT and (is_temporary(a.upn) or is_temporary(b.upn)):
        return None
    return level


def police_id(a: Described, b: Described) -> PoliceNumber | None:
    """Same, one character off, or another; one person may hold several of those."""
    x, y = a.police_id, b.police_id
    if not x or not y:
        return None
    if x == y:
        return PoliceNumber.SAME
    one_off = min(len(x), len(y)) >= SHORTEST_NUMBER and DamerauLevenshtein.distance(x, y) == 1
    return PoliceNumber.ONE_OFF if one_off else PoliceNumber.DIFFERENT


def _number(a: str, b: str) -> Number | None:
    if not a or not b:
        return None
    return Number.SAME if a == b else Number.DIFFERENT
