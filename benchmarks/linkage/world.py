"""A region over five years: families, their notifications, and who is named in each."""

from collections.abc import Iterator
from datetime import date
from random import Random
from typing import NamedTuple

from benchmarks.linkage.draw import Weighted
from benchmarks.linkage.families import Family, Founding
from benchmarks.linkage.lives import Lives
from benchmarks.linkage.people import ADULT, YEAR, Births, Person
from benchmarks.linkage.places import Region
from benchmarks.linkage.profiles import Profile

FIRST_DAY = date(2021, 1, 4).toordinal()
LAST_DAY = FIRST_DAY + 5 * 365
MENTIONS_A_FAMILY = 9.5

# Days between one notification of a household and the next, and how often.
# Source: shape of a published review of 11,839 notices on children (4,441 repeats).
GAPS = Weighted({
    (1, 7): 2.3, (7, 14): 5.6, (14, 30): 7.7, (30, 91): 23.3,
    (91, 182): 16.4, (182, 365): 19.7, (365, 730): 18.6, (730, 1000): 6.2,
})  # fmt: skip


class Appearance(NamedTuple):
    """A person in a notification, in a role."""

    person: Person
    role: str


class Incident(NamedTuple):
    """What the police were called to."""

    family: Family
    day: int
    people: list[Appearance]


class World:
    """Families one after another, each from its first notification to its last."""

    def __init__(self, profile: Profile, seed: int, mentions: int) -> None:
        self.births = Births(profile, seed)
        self._rng: Random = self.births.rng
        self._profile = profile
        doors = mentions / MENTIONS_A_FAMILY * profile.homes_a_family
        self.region = Region(max(60, int(doors / 15)))
        self._left: list[tuple[Person, int]] = []
        self._grown: list[tuple[Person, int]] = []
        self._founding = Founding(self.births, self.region)
        self._lives = Lives(self._founding, self._left)

    def incidents(self) -> Iterator[Incident]:
        """Yield incidents without end, family after family; state is that of the day."""
        number = 0
        while True:
            number += 1
            yield from self._story(number)

    def _story(self, number: int) -> Iterator[Incident]:
        day = self._rng.randrange(FIRST_DAY, LAST_DAY)
        known = self._from(self._left, self._profile.serial * 1.6, day)
        grown = self._from(self._grown, 0.02, day)
        family = self._founding.family(number, day, known, grown)
        yield self._incident(family, day)
        for _ in range(self._again()):
            gap = self._rng.randrange(*GAPS.pick(self._rng))
            day += gap
            if day >= LAST_DAY:
                break
            self._lives.pass_days(family, gap, day)
            yield self._incident(family, day)
        self._end(family, min(day, LAST_DAY))

    def _again(self) -> int:
        often = 0.8 if self._rng.random() < self._profile.many_visits else 0.5
        again = 0
        while self._rng.random() < often and again < 40:
            again += 1
        return again

    def _from(self, pool: list[tuple[Person, int]], chance: float, day: int) -> Person | None:
        """Take somebody of an earlier family who was free by then."""
        if not pool or self._rng.random() > chance:
            return None
        for _ in range(6):
            at = self._rng.randrange(len(pool))
            if pool[at][1] < day:
                pool[at], pool[-1] = pool[-1], pool[at]
                return pool.pop()[0]
        return None

    def _end(self, family: Family, day: int) -> None:
        if self._rng.random() < self._profile.serial:
            self._left.append((family.perpetrator, day + 60))
        for child in family.children:
            if child.sex == "F" and child.age(LAST_DAY) > 16:
                self._grown.append((child, max(day, child.born + int(16 * YEAR)) + 1))

    def _incident(self, family: Family, day: int) -> Incident:
        rng = self._rng
        victim, perpetrator = self._roles()
        people = [Appearance(family.victim, victim)]
        if rng.random() < 0.96:
            people.append(Appearance(family.perpetrator, perpetrator))
        people += [Appearance(child, role) for child, role in self._children(family, day)]
        people += [Appearance(other, "other") for other in family.others if rng.random() < 0.55]
        return Incident(family, day, people)

    def _roles(self) -> tuple[str, str]:
        chance = self._rng.random()
        if chance < 0.04:
            return "both_alleged", "both_alleged"
        return ("perpetrator", "victim") if chance < 0.06 else ("victim", "perpetrator")

    def _children(self, family: Family, day: int) -> Iterator[tuple[Person, str]]:
        for child in family.children:
            unborn = child.born > day
            if unborn and child.born > day + 200:
                continue
            grown = day - child.born > ADULT
            if self._rng.random() < (0.3 if grown or unborn else 0.9):
                yield child, "other" if grown else "child"
