"""Invented people: adults, children, twins and namesakes, with the names of their tradition."""

from dataclasses import dataclass, field
from datetime import date
from itertools import count
from random import Random

from benchmarks.linkage import identifiers
from benchmarks.linkage.draw import Weighted
from benchmarks.linkage.places import Home
from benchmarks.linkage.profiles import Profile
from benchmarks.linkage.slips import NICKNAMES, SPELLINGS
from benchmarks.linkage.traditions import TRADITIONS, Tradition, for_sex

YEAR = 365.25
ADULT = 18 * YEAR
SCHOOL = (4 * YEAR, 17 * YEAR)


@dataclass(slots=True)
class Person:
    """One person; what changes in a life is overwritten, with what it was before."""

    id: int
    kind: str
    sex: str
    born: int  # day, as an ordinal
    tradition: Tradition
    given: str
    middle: str
    surname: str
    family: int
    papers_born: int = 0  # the birth date in the papers: 1 January where the day is not known
    earlier_surname: str = ""
    other_surname: str = ""  # the one that people take for the right one: a partner's, a parent's
    alias: tuple[str, str] | None = None
    phone: str = ""
    earlier_phone: str = ""
    nhs_number: str = ""
    upn: str = ""
    home: Home | None = None
    earlier_home: Home | None = None
    twin_of: int | None = None
    name_at_birth: str = field(default="", init=False)

    def __post_init__(self) -> None:
        self.name_at_birth = f"{self.given} {self.surname}".casefold()

    @property
    def called(self) -> str:
        """The name that tells siblings apart: brothers may all be Mohammed."""
        return self.tradition.called(self.given, self.middle)

    def age(self, day: int) -> float:
        """Age in years on a day; negative for the unborn."""
        return (day - self.born) / YEAR

    def move(self, home: Home) -> None:
        self.earlier_home, self.home = self.home, home

    def rename(self, surname: str) -> None:
        if surname != self.surname:
            self.earlier_surname, self.surname = self.surname, surname


class Births:
    """Makes people, none of them twice."""

    def __init__(self, profile: Profile, seed: int) -> None:
        self.rng = Random(seed)
        self.profile = profile
        self._ids = count(1)
        self._nhs = identifiers.NhsNumbers(seed)
        self._traditions = Weighted(
            {t: t.rows["share"] * profile.shares.get(name, 1) for name, t in TRADITIONS.items()}
        )

    def tradition(self) -> Tradition:
        return self._traditions.pick(self.rng)

    def adult(
        self, kind: str, sex: str, day: int, tradition: Tradition, family: int,
        *, surname: str = "", age: float | None = None,
    ) -> Person:  # fmt: skip
        """Make an adult as of a day; `surname` is that of the family, if it is to be theirs."""
        rng = self.rng
        years = rng.gauss(32, 9) if age is None else age
        born = day - int(min(max(years, 16), 85) * YEAR + rng.randrange(365))
        given, middle = self._given(tradition, sex, adult=True)
        own = self._own_surname(tradition, sex, surname or tradition.surname(rng))
        person = Person(next(self._ids), kind, sex, born, tradition, given, middle, own, family)
        self._papers(person, known=self.profile.nhs_known[1])
        if rng.random() < 0.85:
            person.phone = identifiers.phone(rng)
        if kind == "perpetrator" and rng.random() < 0.05:
            person.alias = self._alias(person)
        return person

    def child(
        self, born: int, sex: str, tradition: Tradition, surname: str, family: int,
        *, given: str = "", taken: frozenset[str] = frozenset(), twin: str = "",
    ) -> Person:  # fmt: skip
        """Make a child called otherwise than its siblings (`taken`) and its `twin`, or `given`."""
        first, middle = self._given(tradition, sex, adult=False)
        while _is_taken(tradition.called(given or first, middle), taken, twin):
            first, middle = self._given(tradition, sex, adult=False)
        name = for_sex(surname, sex, tradition.flags)
        person = Person(
            next(self._ids), "child", sex, born, tradition, given or first, middle, name, family
        )
        self._papers(person, known=self.profile.nhs_known[0])
        return person

    def twin(self, other: Person, taken: frozenset[str]) -> Person:
        """Make the twin of a child, more often than not of the same sex and with a like name.

        Nobody calls twins Olivia and Olivia-Millie, or Aisha and Ayesha (`holds`).
        """
        rng = self.rng
        sex = other.sex if rng.random() < 0.66 else "FM"[other.sex == "F"]
        twin = self.child(
            other.born, sex, other.tradition, other.surname, other.family,
            given=self._like(other, sex, taken),
            taken=taken, twin=other.called,
        )  # fmt: skip
        other.twin_of, twin.twin_of = twin.id, other.id
        return twin

    def _like(self, other: Person, sex: str, taken: frozenset[str]) -> str:
        if self.rng.random() < 0.5:
            for _ in range(40):
                name = other.tradition.forename(self.rng, sex, adult=False)
                alike = name[0] == other.given[0] or name[-3:] == other.given[-3:]
                if alike and name not in taken and not holds(name, other.called):
                    return name
        return ""

    def _given(self, tradition: Tradition, sex: str, *, adult: bool) -> tuple[str, str]:
        """Draw forename and middle name; titles of honour stand before or after the name."""
        rng, flags = self.rng, tradition.flags
        name = tradition.forename(rng, sex, adult=adult)
        if "honour" in flags and sex == "M" and rng.random() < 0.4:
            return tradition.honours.pick(rng), name
        if "kaur_singh" in flags and rng.random() < 0.55:
            return name, "Kaur" if sex == "F" else "Singh"
        if "english_middle" in flags and rng.random() < 0.4:
            english = TRADITIONS["white_british"].forename(rng, sex, adult=adult)
            return (english, name) if rng.random() < 0.5 else (name, english)
        has_second = "surname_first" not in flags and rng.random() < 0.45
        second = tradition.forename(rng, sex, adult=adult) if has_second else name
        return name, second if second != name else ""

    def _own_surname(self, tradition: Tradition, sex: str, family_name: str) -> str:
        if "honour" in tradition.flags and sex == "F" and self.rng.random() < 0.45:
            return tradition.women_after.pick(self.rng)
        return for_sex(family_name, sex, tradition.flags)

    def _papers(self, person: Person, *, known: float) -> None:
        rng = self.rng
        person.papers_born = person.born
        abroad = "first_of_january" in person.tradition.flags and person.kind != "child"
        if abroad and rng.random() < 0.15:
            person.papers_born = date(date.fromordinal(person.born).year, 1, 1).toordinal()
        if rng.random() < known:
            person.nhs_number = self._nhs.take() or ""
        if person.kind == "child" and rng.random() < 0.35:
            temporary = rng.random() < 0.08
            make = identifiers.temporary_upn if temporary else identifiers.upn
            person.upn = make(rng, date.fromordinal(person.born).year)

    def _alias(self, person: Person) -> tuple[str, str]:
        """Another name altogether, or the own forename with another surname."""
        other = person.tradition.surname(self.rng)
        if self.rng.random() < 0.5:
            return person.given, other
        return person.tradition.forename(self.rng, person.sex, adult=True), other


def _is_taken(name: str, taken: frozenset[str], twin: str) -> bool:
    return name in taken or holds(name, twin)


def holds(name: str, twin: str) -> bool:
    """Every word of one is in the other, or they are spellings or pet forms of one name."""
    if twin in (*SPELLINGS.get(name, ()), *NICKNAMES.get(name, ())):
        return True
    if name in NICKNAMES.get(twin, ()):
        return True
    one, other = (set(each.replace("-", " ").split()) for each in (name, twin))
    return bool(one and other) and (one <= other or other <= one)
