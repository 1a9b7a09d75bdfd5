"""What keeps the machine from joining two mentions, however much agrees.

A veto sends the pair to a person, never to a join. Two kinds matter to whoever decides on a whole
person: a *contradiction* holds for all that person's mentions, a *lack* only for the one compared.
"""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from enum import StrEnum

from sightline.rules.linkage import levels
from sightline.rules.linkage.describe import Described
from sightline.rules.linkage.levels import (
    Birth,
    Forename,
    Home,
    Middle,
    Number,
    Phone,
    PoliceNumber,
    Sex,
    Surname,
)
from sightline.rules.linkage.names import Name, forename, is_a_surname_of_many, is_rather_a_surname


class Veto(StrEnum):
    """Why a person must look, in words."""

    TWINS = "same surname and birth date but not the same forename: they may be twins"
    WHICH_TWIN = "a twin is known, and the forename does not tell which of the two it is"
    FORENAME_DIFFERS = "the forenames differ"
    FORENAME_UNCONFIRMED = "the forename is not confirmed"
    NAME_SHARED = "one birth date, and of the names only what twins may share"
    NAME_UNCLEAR = "one birth date, but the forename is not confirmed"
    TOO_LITTLE = "neither the surname nor the birth date is confirmed"
    SURNAME_DIFFERS = "another surname at another home: they may be namesakes by forename"
    MIDDLE_DIFFERS = "first forename the same but not the next: they may be brothers or sisters"
    SEX_DIFFERS = "the sex differs: they may be brother and sister"
    BIRTH_CONFLICT = "the birth dates are in conflict"
    BIRTH_DIFFERS = "one name, and birth dates less than a generation apart"
    BIRTH_NEARLY = "the birth dates are only nearly the same, at another home"
    IDENTIFIER_CONFLICT = "the identifiers are in conflict"
    IDENTIFIER_UNBACKED = "an identifier is shared, but neither forename nor birth date agrees"
    GENERATIONS = "a child and an adult, and no birth dates to tell them apart"
    UNBORN = "an unborn child is never matched without a person"


LACKS = frozenset(
    {
        Veto.FORENAME_UNCONFIRMED,
        Veto.NAME_SHARED,
        Veto.NAME_UNCLEAR,
        Veto.TOO_LITTLE,
        Veto.SURNAME_DIFFERS,
        Veto.MIDDLE_DIFFERS,
        Veto.BIRTH_NEARLY,
        Veto.IDENTIFIER_UNBACKED,
    }
)

# What no two mentions of one person may have between them.
BARS = frozenset(Veto) - LACKS

# An adult who goes by another name once is not two people for that; a child may be its twin.
BARS_OF_CHILDREN = frozenset({Veto.TWINS, Veto.FORENAME_DIFFERS})

# No bar where the same people were met with both: a date was misheard, a woman has married.
COMPANY_ANSWERS = frozenset(
    {
        Veto.BIRTH_DIFFERS,
        Veto.BIRTH_NEARLY,
        Veto.NAME_SHARED,  # if nobody else of that date was met with either: `resolve`
        Veto.NAME_UNCLEAR,
        Veto.SURNAME_DIFFERS,
        Veto.TOO_LITTLE,
    }
)

CONFIRMED = frozenset(
    (Forename.SAME, Forename.VARIANT, Forename.PET, Forename.SLIP, Forename.SWAPPED)
)
OTHER_NAME = levels.OTHER
PERHAPS_OTHER = OTHER_NAME | {Forename.ALIKE}
ONE_SPELLED = frozenset((Forename.VARIANT, Forename.SWAPPED))
ONE_FORENAME = frozenset((Forename.SAME, Forename.VARIANT, Forename.SLIP))
ONE_SURNAME = frozenset((Surname.SAME, Surname.VARIANT, Surname.PART, Surname.SLIP))
SAME_DATE = frozenset((Birth.SAME, Birth.JANUARY))
ONE_BIRTH = SAME_DATE | {Birth.SWAPPED, Birth.ONE_DIGIT}
NEARLY_ONE_BIRTH = frozenset(
    (Birth.SWAPPED, Birth.ONE_DIGIT, Birth.JANUARY, Birth.PLACEHOLDER, Birth.PLACEHOLDER_NEAR)
)


ONE_PHONE = frozenset((Phone.SAME, Phone.AT_HOME))
AT_HOME = frozenset((Home.HOUSE, Home.POSTCODE, Home.NEIGHBOUR, Home.STREET))


@dataclass(slots=True)  # not frozen: made for every pair, and freezing costs a microsecond
class Found:
    """The level of every part of a pair of mentions; None where either lacks the part."""

    birth: Birth | None
    forename: Forename | None
    surname: Surname | None
    middle: Middle | None
    sex: Sex | None
    home: Home | None
    phone: Phone | None
    nhs_number: Number | None
    upn: Number | None
    police_id: PoliceNumber | None
    adults: bool  # both are adults: twins who share a name's first letter are not to be feared
    lone_honour: bool  # "Mohammed" and nothing else, which brothers may share; in either order
    unclear: bool  # the forename of one may be the surname, or a slip of the other
    turned_perhaps: bool  # forename and surname of one may have changed places

    @property
    def confirmed(self) -> bool:
        """The forename is the same name, or both names are there the other way round."""
        if self.lone_honour and not self.at_home_alone:
            return self.adults and self.birth in ONE_BIRTH and self.forename in CONFIRMED
        return self.forename in CONFIRMED

    @property
    def at_home_alone(self) -> bool:
        """Of two brothers who both live here as grown men not both go by "Mohamed" alone."""
        born = self.birth in (None, Birth.PLACEHOLDER)
        one_surname = self.surname in ONE_SURNAME
        return self.adults and born and one_surname and self.home is Home.HOUSE

    @property
    def likely(self) -> bool:
        """Two adults of one birth date and surname, and nothing says another forename."""
        born = self.adults and self.birth is Birth.SAME
        return born and self.surname in ONE_SURNAME and self.forename not in OTHER_NAME

    @property
    def born_on_one_day(self) -> bool:
        """One birth date, and nothing says that one is a woman or girl and one a man or boy."""
        return self.birth in SAME_DATE and self.sex is not Sex.DIFFERENT

    @property
    def perhaps_misheard(self) -> bool:
        """Two adults of one birth date and surname, of forenames that look alike: Zohra, Zara."""
        alike = self.forename is Forename.NEAR and self.surname in ONE_SURNAME
        return alike and self.adults and self.born_on_one_day

    @property
    def shared(self) -> bool:
        """One surname, and of the forename only what brothers may share, or what is like."""
        name = self.lone_honour or self.forename in (Forename.HONOUR, Forename.ALIKE)
        return name and self.surname in ONE_SURNAME

    @property
    def named(self) -> bool:
        """One forename, and not only one that brothers may share."""
        return self.forename in CONFIRMED and not self.lone_honour

    @property
    def identified(self) -> bool:
        """An identifier is shared."""
        shared = Number.SAME in (self.nhs_number, self.upn)
        return shared or self.police_id is PoliceNumber.SAME

    @property
    def of_brothers(self) -> bool:
        """One of the two has no forename but what brothers may share, as far as it is written."""
        lone = self.forename in CONFIRMED and self.surname in ONE_SURNAME
        return lone or self.forename is Forename.HONOUR

    @property
    def could_be_siblings(self) -> bool:
        """With a surname in common; wherever they live now."""
        return self.surname not in (None, Surname.DIFFERENT)

    @property
    def could_be_twins(self) -> bool:
        """Born the same day with a surname in common."""
        return self.birth in SAME_DATE and self.could_be_siblings


def found(a: Described, b: Described, seen: Container[str]) -> Found:
    """Every level of a pair."""
    first, last = levels.names(a, b, seen)
    home = levels.home(a, b)
    return Found(
        levels.birth(a, b),
        first,
        last,
        levels.middle(a, b),
        levels.sex(a, b),
        home,
        levels.phone(a, b, home),
        levels.nhs_number(a, b),
        levels.upn(a, b),
        levels.police_id(a, b),
        a.is_adult and b.is_adult,
        _share_an_honour(a, b, first),
        _is_unclear(a, b, seen),
        _turned_perhaps(a, b, seen),
    )


def _is_unclear(a: Described, b: Described, seen: Container[str]) -> bool:
    """Where another forename need not be another name: it neither confirms nor contradicts."""
    if a.forename is None or b.forename is None:
        return False
    if levels.is_surname_of(a, b) or levels.is_surname_of(b, a):
        return True
    known = all(name.known or name.text in seen for name in (a.forename, b.forename))
    return not known and a.forename.text[0] == b.forename.text[0]


def _turned_perhaps(a: Described, b: Described, seen: Container[str]) -> bool:
    """Of a child: forename and surname may have changed places, so that twins look alike.

    Begum Eesa and Begum Ismail are two; so may Ahmed Ayub be beside Ahmad Ahmed. Not so Sumaya Ali
    and Sumaya Hassan, though both surnames are forenames: nobody is called Sumaya by surname. Nor
    is anybody called by a name that no list of ours has and that many here bear as a forename.
    """
    if (a.is_adult and b.is_adult) or a.family is None or b.family is None:
        return False
    if a.forename is None or b.forename is None:
        return False
    forenames = forename(a.family.text).known + forename(b.family.text).known
    if forenames < 2:
        both = is_rather_a_surname(a.forename) and is_rather_a_surname(b.forename)
        return forenames == 1 and both
    return any(_may_be_a_surname(name, seen) for name in (a.forename, b.forename))


def _may_be_a_surname(name: Name, seen: Container[str]) -> bool:
    return is_a_surname_of_many(name) or not (name.known or name.text in seen)


def _share_an_honour(a: Described, b: Described, first: Forename | None) -> bool:
    """Of "Mohammed Khan" and "Khan Mohammed" no more is one than of two lone Mohammeds."""
    if first is Forename.SWAPPED:
        return _is_lone_honour(a) or _is_lone_honour(b)
    return _is_lone_honour(a) and _is_lone_honour(b)


def _is_lone_honour(d: Described) -> bool:
    return d.forename is not None and d.forename.honour


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


def company_speaks(found: Found) -> bool:
    """Company says who a bare name is; of two names it says that they are brother and sister."""
    return found.forename not in OTHER_NAME or found.birth in ONE_BIRTH


def barred(vetoes: Iterable[Veto], found: Found, bars: Container[Veto]) -> bool:
    """Whether these vetoes keep two mentions out of one person, whatever others join them."""
    return any(veto in bars and not (found.adults and veto in BARS_OF_CHILDREN) for veto in vetoes)


def _forename(found: Found) -> Veto | None:
    """A shared identifier and the same birth date stand in for a forename that is not clear.

    They do not where the forenames may be two names: a twin's number was taken down for the other.
    """
    if found.identified and not found.confirmed:
        return _unconfirmed_but_identified(found)
    if not found.confirmed and not found.likely:
        return _unconfirmed(found)
    if found.forename is Forename.PET and found.could_be_twins and not found.adults:
        return Veto.TWINS  # Amelia and Millie, both of them christened so
    if found.middle is Middle.DIFFERENT and found.could_be_siblings:
        return Veto.MIDDLE_DIFFERS  # Mary Ann and Mary Jane
    return None if found.identified else _sex(found) or _without_surname(found)


def _unconfirmed_but_identified(found: Found) -> Veto | None:
    if found.birth not in SAME_DATE:
        return Veto.IDENTIFIER_UNBACKED
    other = OTHER_NAME if found.adults else PERHAPS_OTHER
    return Veto.TWINS if found.forename in other else None


def _one_surname(found: Found) -> bool:
    return found.surname in ONE_SURNAME or found.forename is Forename.SWAPPED


def _without_surname(found: Found) -> Veto | None:
    """A forename alone tells nobody apart; with a birth date it does at one home or telephone."""
    if _one_surname(found):
        return None
    if found.birth not in ONE_BIRTH:
        return None if found.home is Home.HOUSE else Veto.TOO_LITTLE
    if found.turned_perhaps and found.surname is not None:
        return Veto.NAME_SHARED  # Ayub Ahmed, written Ahmed Ayub, beside his twin Ahmad Ahmed
    return None if found.surname is None or _at_one_place(found) else Veto.SURNAME_DIFFERS


def _at_one_place(found: Found) -> bool:
    return found.home in AT_HOME or found.phone in ONE_PHONE


def _sex(found: Found) -> Veto | None:
    differs = found.sex is Sex.DIFFERENT and not _same_to_the_letter(found)
    return Veto.SEX_DIFFERS if differs else None


def _same_to_the_letter(found: Found) -> bool:
    """A brother and a sister do not bear one forename; one sex was taken down wrong."""
    if found.birth in ONE_BIRTH:
        spelled = found.adults and found.forename in ONE_SPELLED
        return found.forename is Forename.SAME or spelled
    named = found.adults and found.forename is Forename.SAME and found.surname in ONE_SURNAME
    return named and found.birth is None


def _unconfirmed(found: Found) -> Veto:
    if found.forename not in OTHER_NAME or found.unclear or found.perhaps_misheard:
        return _unclear(found)
    return Veto.TWINS if found.could_be_twins else Veto.FORENAME_DIFFERS


def _unclear(found: Found) -> Veto:
    if not found.born_on_one_day:
        return Veto.FORENAME_UNCONFIRMED
    if found.adults:
        return Veto.NAME_UNCLEAR
    return Veto.NAME_SHARED if found.shared else Veto.FORENAME_UNCONFIRMED


def _birth(found: Found) -> Veto | None:
    """In one house no two of one name are born less than a generation apart: it was misheard.

    Elsewhere there are namesakes of nearly one birth date, most of all where many have 1 January.
    """
    if found.birth in NEARLY_ONE_BIRTH:
        return None if _at_one_place(found) or found.identified else Veto.BIRTH_NEARLY
    if found.birth not in (Birth.SAME_YEAR, Birth.OTHER_YEAR, Birth.CONFLICT):
        return None
    if found.birth is Birth.CONFLICT or not _one_name(found):
        return Veto.BIRTH_CONFLICT
    return None if found.home is Home.HOUSE else Veto.BIRTH_DIFFERS


def _one_name(found: Found) -> bool:
    whole = found.forename in ONE_FORENAME and found.surname in ONE_SURNAME
    return whole and not found.lone_honour and found.middle is not Middle.DIFFERENT


def _identifiers(found: Found) -> Veto | None:
    """Two police numbers are no contradiction: one person may have been given several."""
    conflict = Number.DIFFERENT in (found.nhs_number, found.upn)
    return Veto.IDENTIFIER_CONFLICT if conflict else None


def _generations(a: Described, b: Described, found: Found) -> Veto | None:
    """A father and the son who bears his name share all else that is written about them."""
    if found.birth is not None or found.identified:
        return None
    apart = (a.is_child and b.is_adult) or (a.is_adult and b.is_child)
    return Veto.GENERATIONS if apart else None
