"""Addresses and schools of Castlebrook, a town that does not exist.

Postcodes are in ZZ9: the form is right and parsers take it, but Royal Mail has never allocated
the area ZZ, so no letter and no map leads to anyone's door.
"""

import random
from dataclasses import dataclass
from datetime import date

TOWN = "Castlebrook"
HOUSES_IN_A_STREET = 60
INWARD_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"  # C, I, K, M, O and V are not used in the inward code

_FIRST = (
    "Alder", "Amber", "Ash", "Bramble", "Cinder", "Clover", "Copper", "Fern",
    "Forge", "Hazel", "Heron", "Lark", "Linden", "Otter", "Quarry", "Willow",
)  # fmt: skip
_SECOND = (
    "bank", "combe", "croft", "dene", "field", "gate", "holm", "hurst", "leigh", "mead", "side",
    "stead",
)  # fmt: skip
_KINDS = ("Road", "Street", "Avenue", "Close", "Drive", "Crescent", "Lane", "Grove")

# Each first-and-second name is one street only, so no two streets differ just in Road or Street.
STREETS = tuple(
    f"{first}{second} {_KINDS[(row + column) % len(_KINDS)]}"
    for row, first in enumerate(_FIRST)
    for column, second in enumerate(_SECOND)
)

PRIMARY_SCHOOLS = tuple(f"{first}{second} Primary School" for first, second in zip(
    _FIRST + _FIRST[:8], _SECOND + _SECOND, strict=True
))  # fmt: skip
SECONDARY_SCHOOLS = tuple(
    f"{name} School"
    for name in (
        "Castlebrook High", "Forgegate", "Heronmead", "Lindencroft", "Quarrystead", "Otterholm",
        "St Aldred's", "Willowhurst",
    )
)  # fmt: skip
SIXTH_FORM = "Castlebrook Sixth Form College"
SCHOOLS = (*PRIMARY_SCHOOLS, *SECONDARY_SCHOOLS, SIXTH_FORM)


@dataclass(frozen=True)
class Home:
    """A household's address; the street decides the postcode and the schools."""

    street: int
    number: int

    @property
    def address(self) -> str:
        return f"{self.number} {STREETS[self.street]}, {TOWN}"

    @property
    def postcode(self) -> str:
        """One postcode for each side of a street: odd numbers and even numbers."""
        side = 2 * self.street + self.number % 2
        letters = INWARD_LETTERS[side % 20] + INWARD_LETTERS[side // 20 % 20]
        return f"ZZ9 {1 + side % 9}{letters}"


def draw_homes(many: int, dice: random.Random) -> list[Home]:
    """`many` different addresses in random order."""
    doors = len(STREETS) * HOUSES_IN_A_STREET
    return [
        Home(door // HOUSES_IN_A_STREET, 1 + door % HOUSES_IN_A_STREET)
        for door in dice.sample(range(doors), many)
    ]


def school_of(home: Home, born: date, on: date, stays_on: bool) -> str:
    """The school a child of this home goes to on a day; empty where the child is in none.

    School year by age on 1 September: 4 to 10 primary, 11 to 15 secondary, and from 16 the sixth
    form for those who stay on.
    """
    september = date(on.year if on.month >= 9 else on.year - 1, 9, 1)
    age = september.year - born.year - ((born.month, born.day) > (9, 1))
    if age < 4:
        return ""
    if age < 11:
        return PRIMARY_SCHOOLS[home.street % len(PRIMARY_SCHOOLS)]
    if age < 16:
        return SECONDARY_SCHOOLS[home.street % len(SECONDARY_SCHOOLS)]
    return SIXTH_FORM if stays_on else ""
