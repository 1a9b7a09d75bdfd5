"""Who lives in each household: names, dates of birth and NHS numbers of people who do not exist."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

import nhs_number

from sightline.demo.dudley.dice import DeadEnd
from sightline.demo.dudley.names import TRADITIONS, Tradition
from sightline.demo.dudley.places import Home, draw_homes
from sightline.demo.dudley.shapes import Shape

VICTIMS_WHO_ARE_WOMEN = 0.92
TWINS = 0.04  # of children with an older sibling in the household
SHARE_THE_SURNAME = 0.65  # of adults, with the children
TWO_SURNAMES = 0.04  # of families in traditions that hyphenate
FEWEST_DAYS_BETWEEN_BIRTHS = 300
DAYS_IN_A_YEAR = 365.25


@dataclass(frozen=True)
class Person:
    """A made-up person. sex: F or M. The NHS number is in 999, which is never issued."""

    given_name: str
    surname: str
    date_of_birth: date
    sex: str
    nhs_number: str


@dataclass(frozen=True)
class Family:
    """A household with its people; `children` are in the order of the shape's children."""

    shape: Shape
    dates: tuple[date, ...]
    home: Home
    tradition: Tradition
    victim: Person
    perpetrator: Person
    children: tuple[Person, ...]


def nhs_numbers(dice: random.Random) -> Iterator[str]:
    """Different valid numbers from 999 100 0000 up; the lower ones are left to other test data."""
    for middle in dice.sample(range(100_000, 1_000_000), 40_000):
        check = nhs_number.calculate_checksum(f"999{middle}")
        if check != 10:
            yield f"999{middle}{check}"


def make_families(
    shapes: list[Shape], dates: list[list[date]], dice: random.Random
) -> list[Family]:
    """A family for each shape and its dates, in that order."""
    numbers = nhs_numbers(dice)
    homes = draw_homes(len(shapes), dice)
    return [
        _family(shape, tuple(days), home, numbers, dice)
        for shape, days, home in zip(shapes, dates, homes, strict=True)
    ]


def _family(
    shape: Shape, dates: tuple[date, ...], home: Home, numbers: Iterator[str], dice: random.Random
) -> Family:
    [tradition] = dice.choices(TRADITIONS, [each.share for each in TRADITIONS])
    surname = _family_surname(tradition, dice)
    births = _births(shape, dates, dice)
    sexes = [dice.choice("FM") for _ in births]
    given = _given_names(tradition, sexes, dice)
    children = tuple(
        Person(name, surname, born, sex, next(numbers))
        for name, born, sex in zip(given, births, sexes, strict=True)
    )
    victim = _victim(tradition, surname, births, next(numbers), dice)
    perpetrator = _perpetrator(tradition, surname, victim, dates[0], next(numbers), dice)
    return Family(shape, dates, home, tradition, victim, perpetrator, children)


def _family_surname(tradition: Tradition, dice: random.Random) -> str:
    if tradition.hyphenates and dice.random() < TWO_SURNAMES:
        return "-".join(dice.sample(tradition.surnames, 2))
    return dice.choice(tradition.surnames)


def _given_names(tradition: Tradition, sexes: list[str], dice: random.Random) -> list[str]:
    """A different name for each child of a household."""
    free = {sex: dice.sample(tradition.child_names(sex), len(sexes)) for sex in "FM"}
    names: list[str] = []
    for sex in sexes:
        names.append(next(name for name in free[sex] if name not in names))
        free[sex].remove(names[-1])
    return names


def _births(shape: Shape, dates: tuple[date, ...], dice: random.Random) -> list[date]:
    """Dates of birth such that each child is 0 to 17 whenever named, and births are possible.

    Two children of a household are twins or at least 300 days apart.
    """
    births: list[date] = []
    for places in shape.children:
        latest = dates[places[0]] - timedelta(days=7)
        earliest = years_before(dates[places[-1]], 18) + timedelta(days=1)
        if births and dice.random() < TWINS and earliest <= births[-1] <= latest:
            births.append(births[-1])
        else:
            births.append(_birth_between(earliest, latest, births, dice))
    return births


def _birth_between(earliest: date, latest: date, siblings: list[date], dice: random.Random) -> date:
    span = (latest - earliest).days
    for _ in range(10_000):
        # The power draws towards the younger ages, which notifications name more often.
        born = latest - timedelta(days=int(span * dice.random() ** 1.25))
        if all(abs((born - other).days) >= FEWEST_DAYS_BETWEEN_BIRTHS for other in siblings):
            return born
    raise DeadEnd(f"no date of birth between {earliest} and {latest} among siblings")


def _victim(
    tradition: Tradition, surname: str, births: list[date], number: str, dice: random.Random
) -> Person:
    """Aged 18 to 44 at each child's birth, mostly in the lower half."""
    sex = "F" if dice.random() < VICTIMS_WHO_ARE_WOMEN else "M"
    latest, earliest = years_before(min(births), 18), years_before(max(births), 44)
    born = latest - timedelta(days=int((latest - earliest).days * dice.random() ** 1.6))
    own = surname if dice.random() < SHARE_THE_SURNAME else dice.choice(tradition.surnames)
    return Person(dice.choice(tradition.adult_names(sex)), own, born, sex, number)


def _perpetrator(
    tradition: Tradition,
    surname: str,
    victim: Person,
    first: date,
    number: str,
    dice: random.Random,
) -> Person:
    """Around the victim's age and at least 18 at the first notification; rarely of one sex."""
    other = "M" if victim.sex == "F" else "F"
    sex = other if dice.random() < 0.97 else victim.sex
    born = victim.date_of_birth + timedelta(days=int(dice.gauss(-2, 5) * DAYS_IN_A_YEAR))
    own = surname if dice.random() < SHARE_THE_SURNAME else dice.choice(tradition.surnames)
    name = dice.choice([n for n in tradition.adult_names(sex) if n != victim.given_name])
    return Person(name, own, min(born, years_before(first, 18)), sex, number)


def years_before(day: date, years: int) -> date:
    """The same day `years` earlier; 29 February becomes 28 February."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def share_perpetrators(families: list[Family], many: int, dice: random.Random) -> list[Family]:
    """Let `many` men who have been violent in one household be the perpetrator in another later.

    Both victims are women of his naming tradition and near his age, and the second household's
    first notification comes after the first's last. Nobody is in more than two households.
    Raises DeadEnd if there are too few such pairs.
    """
    changed = list(families)
    men = [place for place, family in enumerate(families) if _man_and_woman(family)]
    dice.shuffle(men)
    taken: set[int] = set()
    for first in men:
        second = next((place for place in men if _moves_on(families, first, place, taken)), None)
        if second is not None:
            taken |= {first, second}
            changed[second] = replace(families[second], perpetrator=families[first].perpetrator)
        if len(taken) == 2 * many:
            return changed
    raise DeadEnd(f"fewer than {many} perpetrators could be in two households")


def _man_and_woman(family: Family) -> bool:
    return (family.perpetrator.sex, family.victim.sex) == ("M", "F")


def _moves_on(families: list[Family], first: int, second: int, taken: set[int]) -> bool:
    if first == second or taken & {first, second}:
        return False
    earlier, later = families[first], families[second]
    apart = abs((earlier.perpetrator.date_of_birth - later.victim.date_of_birth).days)
    return (
        earlier.tradition == later.tradition
        and earlier.dates[-1] < later.dates[0]
        and apart < 12 * DAYS_IN_A_YEAR
    )
