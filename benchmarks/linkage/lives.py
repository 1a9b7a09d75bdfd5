"""What happens in a family between one notification and the next."""

from math import exp

from benchmarks.linkage import identifiers
from benchmarks.linkage.families import Family, Founding, marry
from benchmarks.linkage.people import YEAR, Person

# Chances a year.
SEPARATE, REUNITE, NEW_PARTNER = 0.35, 0.12, 0.3
MARRY, RETURN_TO_OWN_NAME = 0.05, 0.4
BIRTH, NEW_PHONE = 0.13, 0.3
BETWEEN_BIRTHS = 330  # days


class Lives:
    """Lets time pass; `left` are those who abused and are gone from the family."""

    def __init__(self, founding: Founding, left: list[tuple[Person, int]]) -> None:
        self._founding = founding
        self._rng = founding.rng
        self._left = left
        self._moves = founding.births.profile.moves_a_year

    def pass_days(self, family: Family, days: int, until: int) -> None:
        """Change what changed in the `days` before `until`."""
        self._years = days / YEAR
        self._couple(family, until)
        self._move(family)
        self._births(family, until - days, until)
        for person in (family.victim, family.perpetrator, *family.others):
            if person.phone and self._happens(NEW_PHONE):
                person.earlier_phone, person.phone = person.phone, identifiers.phone(self._rng)

    def _happens(self, a_year: float) -> bool:
        return self._rng.random() < 1 - exp(-a_year * self._years)

    def _couple(self, family: Family, until: int) -> None:
        if not family.apart:
            if self._happens(SEPARATE):
                self._separate(family)
            elif not family.married and self._happens(MARRY):
                self._wed(family)
            return
        if self._happens(REUNITE):
            family.apart = False
            family.perpetrator.move(family.home)
        elif self._happens(NEW_PARTNER):
            self._new_partner(family, until)
        if family.married and self._happens(RETURN_TO_OWN_NAME):
            family.married = False
            family.victim.rename(family.victim.earlier_surname or family.victim.surname)

    def _separate(self, family: Family) -> None:
        family.apart = True
        family.perpetrator.move(self._founding.region.anywhere(self._rng))

    def _wed(self, family: Family) -> None:
        if "marries" in family.tradition.flags:
            family.married = True
            marry(family, self._rng)

    def _new_partner(self, family: Family, until: int) -> None:
        self._left.append((family.perpetrator, until))
        new = self._founding.partner(family.id, until, family.tradition, family.victim)
        new.home = family.home
        family.perpetrator, family.apart, family.married = new, False, False
        family.victim.other_surname = new.surname
        for child in family.children:
            if self._rng.random() < 0.1:
                child.rename(new.surname)

    def _move(self, family: Family) -> None:
        often = 3 if "moves" in family.tradition.flags else 1
        if not self._happens(self._moves * often):
            return
        family.home = self._founding.region.anywhere(self._rng)
        for person in family.household():
            person.move(family.home)

    def _births(self, family: Family, since: int, until: int) -> None:
        mother = family.victim
        youngest = max((c.born for c in family.children), default=0)
        fertile = mother.sex == "F" and 16 < mother.age(until) < 43
        if fertile and self._happens(BIRTH):
            born = self._rng.randrange(since, until + 200)
            if born - youngest > BETWEEN_BIRTHS:
                self._founding.birth(family, born)
