"""Families: who belongs to one, and how they were named when it began."""

from dataclasses import dataclass, field
from random import Random

from benchmarks.linkage.draw import Weighted
from benchmarks.linkage.people import YEAR, Births, Person
from benchmarks.linkage.places import Home, Region
from benchmarks.linkage.traditions import Tradition, for_sex

CHILDREN = Weighted({0: 0.1, 1: 0.33, 2: 0.31, 3: 0.15, 4: 0.07, 5: 0.04})
RELATIVES = Weighted({0: 0.8, 1: 0.16, 2: 0.04})
SAME_TRADITION = 0.88  # of couples
CLANS_KEPT = 400


@dataclass(slots=True)
class Family:
    """A victim's household, with whoever abuses her, living with her or apart."""

    id: int
    tradition: Tradition
    victim: Person
    perpetrator: Person
    home: Home
    children: list[Person] = field(default_factory=list)
    others: list[Person] = field(default_factory=list)
    married: bool = False
    apart: bool = False

    def household(self) -> list[Person]:
        """Those who live in the home."""
        partner = [] if self.apart else [self.perpetrator]
        return [self.victim, *partner, *self.children]


class Clans:
    """Big families with few surnames, living near each other."""

    def __init__(self) -> None:
        self._known: dict[str, list[tuple[str, int]]] = {}

    def place(self, rng: Random, tradition: Tradition, region: Region) -> tuple[str, int]:
        """Return a surname and a postcode unit: those of relatives, or new ones."""
        known = self._known.setdefault(tradition.name, [])
        if known and rng.random() < (0.6 if "clan" in tradition.flags else 0.08):
            return rng.choice(known)
        place = (tradition.surname(rng), region.unit_of(rng))
        known.append(place)
        if len(known) > CLANS_KEPT:
            del known[0]
        return place


class Founding:
    """Starts families."""

    def __init__(self, births: Births, region: Region) -> None:
        self.births = births
        self.rng = births.rng
        self.region = region
        self._clans = Clans()

    def family(self, number: int, day: int, known: Person | None, grown: Person | None) -> Family:
        """Start one; `known` abused somebody before, `grown` was a child in another family."""
        rng, births = self.rng, self.births
        tradition = grown.tradition if grown else births.tradition()
        surname, unit = self._clans.place(rng, tradition, self.region)
        near = rng.random() < 0.5
        home = self.region.near(unit, rng) if near else self.region.anywhere(rng)
        victim = grown or self._victim(number, day, tradition)
        perpetrator = known or self.partner(number, day, tradition, victim, surname)
        family = Family(number, tradition, victim, perpetrator, home)
        family.apart = rng.random() < 0.3
        for person in (victim, perpetrator):
            person.move(home)
        if family.apart:
            perpetrator.move(self.region.anywhere(rng))
        self._marry_earlier(family)
        self._children(family, day)
        self._relatives(family, day)
        return family

    def _victim(self, number: int, day: int, tradition: Tradition) -> Person:
        sex = "F" if self.rng.random() < 0.82 else "M"
        return self.births.adult("victim", sex, day, tradition, number)

    def partner(
        self, number: int, day: int, tradition: Tradition, victim: Person, surname: str = ""
    ) -> Person:
        """Make whoever abuses the victim, of about the same age."""
        rng = self.rng
        theirs = tradition if rng.random() < SAME_TRADITION else self.births.tradition()
        other = "M" if victim.sex == "F" else "F"
        sex = other if rng.random() < 0.95 else victim.sex
        age = victim.age(day) + rng.gauss(1.5, 5)
        named = surname if theirs is tradition else ""
        return self.births.adult("perpetrator", sex, day, theirs, number, surname=named, age=age)

    def _marry_earlier(self, family: Family) -> None:
        if "marries" in family.tradition.flags and self.rng.random() < 0.35:
            family.married = True
            marry(family, self.rng)
        family.victim.other_surname = family.perpetrator.surname

    def _children(self, family: Family, day: int) -> None:
        rng = self.rng
        mother = family.victim if family.victim.sex == "F" else family.perpetrator
        oldest = min(day, mother.born + int(42 * YEAR)) + 150 - int(11 * YEAR * rng.random() ** 1.3)
        born = max(oldest, mother.born + int(16.5 * YEAR))
        wanted = CHILDREN.pick(rng)
        while len(family.children) < wanted and born > day - 18 * YEAR:
            if born > mother.born + 15 * YEAR:
                self.birth(family, born)
            born -= int(rng.uniform(1.0, 4.5) * YEAR)

    def birth(self, family: Family, born: int) -> None:
        """Add a child, or twins, named after one parent or both."""
        rng = self.rng
        named = [c.called for c in family.children]
        surname = self._childs_surname(family)
        sex = "F" if rng.random() < 0.49 else "M"
        given = family.perpetrator.given if self._named_after_father(family, sex, named) else ""
        child = self.births.child(
            born, sex, family.tradition, surname, family.id, given=given, taken=frozenset(named)
        )
        family.children.append(child)
        if rng.random() < self.births.profile.twins:
            family.children.append(self.births.twin(child, frozenset((*named, child.called))))
        for new in family.children[len(named) :]:
            new.home = family.home
            new.other_surname = self._other_surname(family, new)

    def _named_after_father(self, family: Family, sex: str, named: list[str]) -> bool:
        father = family.perpetrator
        chance = 0.14 if "juniors" in father.tradition.flags else 0.025
        same = sex == father.sex == "M" and father.given not in named
        return same and father.tradition is family.tradition and self.rng.random() < chance

    def _childs_surname(self, family: Family) -> str:
        rng, father = self.rng, family.perpetrator
        if family.children and rng.random() < 0.8:
            return family.children[-1].surname
        if "patronymic" in father.tradition.flags:
            return father.given
        if family.married or "honour" in family.tradition.flags or rng.random() < 0.5:
            return father.surname
        if rng.random() < 0.25 and "doubles" in family.tradition.flags:
            return f"{family.victim.surname}-{father.surname}"
        own = family.victim.surname
        return own if rng.random() < 0.7 else family.tradition.surname(rng)  # an earlier father's

    def _other_surname(self, family: Family, child: Person) -> str:
        both = (family.victim.surname, family.perpetrator.surname)
        return both[1] if child.surname == both[0] else both[0]

    def _relatives(self, family: Family, day: int) -> None:
        rng = self.rng
        for _ in range(RELATIVES.pick(rng)):
            named = rng.choice((family.victim.surname, family.perpetrator.surname, ""))
            age = family.victim.age(day) + rng.choice((0, 24, -3, 27, 2))
            sex = "F" if rng.random() < 0.6 else "M"
            person = self.births.adult(
                "other", sex, day, family.tradition, family.id, surname=named, age=age
            )
            person.home = family.home if rng.random() < 0.4 else self.region.anywhere(rng)
            family.others.append(person)


def marry(family: Family, rng: Random) -> None:
    """Rename a wife after her husband, or join both names."""
    wife, husband = family.victim, family.perpetrator
    if wife.sex == husband.sex or wife.sex == "M":
        return
    if "doubles" in family.tradition.flags and rng.random() < 0.08:
        wife.rename(f"{wife.surname}-{husband.surname}")
    else:
        wife.rename(for_sex(husband.surname, "F", family.tradition.flags))
