"""A person as one source wrote them down, made comparable.

`describe` does once, when a mention arrives, all the work that comparing would otherwise repeat for
every pair: cleaning, checking, sounds, spellings, groups of names.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from sightline.rules.linkage import identifiers, names
from sightline.rules.linkage.names import Name
from sightline.rules.linkage.text import KEPT, without_particles, words


@dataclass(slots=True, unsafe_hash=True)  # not frozen: that is half of what making one costs
class Described:
    """One mention, standardised. An empty string, None or () means that nothing is known.

    The second half is worked out from the first and kept because comparing needs it: the forename
    that tells people apart ("Ali" of "Mohammed Ali"), further given names, the names before it that
    do not, forenames run together, the surname whole and in parts, the postcode's sector and area.
    `notes` says what was left out and why, without repeating it.
    """

    given: str
    middle: str
    surname: str
    dob: date | None
    dob_placeholder: bool  # 1 January: often written when only the year is known
    sex: str  # "M", "F" or ""
    house: str
    street: str
    postcode: str
    phone: str
    nhs_number: str
    upn: str
    police_id: str
    role: str
    unborn: bool

    forename: Name | None
    others: tuple[Name, ...]
    honours: tuple[Name, ...]
    run_on: Name | None
    family: Name | None
    family_parts: tuple[Name, ...]
    sector: str
    area: str
    notes: tuple[str, ...]

    @property
    def is_child(self) -> bool:
        """Named as a child of the household; unborn children are children."""
        return self.unborn or self.role.startswith("child")

    @property
    def is_adult(self) -> bool:
        """Named as victim, perpetrator or otherwise as an adult."""
        return self.role != "" and not self.is_child


def describe(
    *,
    given: str | None = None,
    middle: str | None = None,
    surname: str | None = None,
    dob: date | None = None,
    sex: str | None = None,
    house: str | None = None,
    street: str | None = None,
    postcode: str | None = None,
    phone: str | None = None,
    nhs_number: str | None = None,
    upn: str | None = None,
    police_id: str | None = None,
    role: str | None = None,
    unborn: bool = False,
) -> Described:
    """Standardise one mention as it was written. Nothing raises: what cannot be read is left out.

    An NHS number, UPN, postcode or telephone that cannot be right is dropped and noted.
    """
    called = _called(given or "", middle or "", surname or "")
    number = identifiers.nhs_number(nhs_number) if nhs_number else ""
    pupil = identifiers.upn(upn) if upn else ""
    place = identifiers.postcode(postcode) if postcode else ""
    call = identifiers.phone(phone) if phone else ""
    plain_role = (role or "").strip().casefold()
    return Described(
        given=called.given,
        middle=called.middle,
        surname=called.surname,
        dob=dob,
        dob_placeholder=dob is not None and dob.day == 1 and dob.month == 1,
        sex=_sex(sex) if sex else "",
        house=identifiers.house(house) if house else "",
        street=identifiers.street(street) if street else "",
        postcode=place,
        phone=call,
        nhs_number=number,
        upn=pupil,
        police_id=identifiers.local(police_id) if police_id else "",
        role=plain_role,
        unborn=unborn or "unborn" in plain_role or called.unborn,
        forename=called.forenames.first,
        others=called.forenames.others,
        honours=called.forenames.honours,
        run_on=called.forenames.run_on,
        family=called.family[0] if called.family else None,
        family_parts=called.family,
        sector=identifiers.sector(place),
        area=identifiers.area(place),
        notes=_notes((nhs_number, number), (upn, pupil), (postcode, place), (phone, call)),
    )


@dataclass(frozen=True, slots=True)
class Forenames:
    """The given names of a mention, told apart by what they are for."""

    first: Name | None
    others: tuple[Name, ...]
    honours: tuple[Name, ...]
    run_on: Name | None


class _Called(NamedTuple):
    """All the names of a mention: as words, and what comparing needs of them."""

    given: str
    middle: str
    surname: str
    forenames: Forenames
    family: tuple[Name, ...]
    unborn: bool  # written where a name would stand


@lru_cache(KEPT)
def _called(given: str, middle: str, surname: str) -> _Called:
    """A person is mostly written the same way again, and so are others of the family."""
    return _Called(
        " ".join(words(given)), " ".join(words(middle)), " ".join(words(surname)),
        forenames(given, middle), family_names(surname), "unborn" in given.casefold(),
    )  # fmt: skip


@lru_cache(KEPT)
def forenames(given: str, middle: str) -> Forenames:
    """Which word tells the person apart: the first that is no title of honour, else the first.

    A middle name without a given name before it says too little to be compared.
    """
    found = tuple(names.forename(word) for word in words(given) + words(middle))
    telling = tuple(name for name in found if not name.honour)
    honours = tuple(name for name in found if name.honour)
    if not words(given):
        return Forenames(None, (), (), None)
    first, *others = telling or found
    run_on = names.forename("".join(words(given)[:2])) if len(words(given)) > 1 else None
    return Forenames(first, tuple(others), honours, run_on)


@lru_cache(KEPT)
def family_names(raw: str) -> tuple[Name, ...]:
    """The surname whole, then its parts if it has more than one."""
    parts = without_particles(words(raw))
    whole = ("".join(parts),) if parts else ()
    return tuple(names.surname(word) for word in whole + (parts if len(parts) > 1 else ()))


def _sex(raw: str) -> str:
    letter = raw.strip().upper()[:1]
    return letter if letter in ("M", "F") else ""


_CHECKED = ("NHS number", "UPN", "postcode", "telephone")


def _notes(*checked: tuple[str | None, str]) -> tuple[str, ...]:
    """Say which of those checked were written and not kept; mostly none was."""
    return tuple(
        f"{what} left out: not valid"
        for what, (raw, kept) in zip(_CHECKED, checked, strict=True)
        if raw and not kept and raw.strip()
    )
