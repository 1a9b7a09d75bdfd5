"""A family in words: who, how related, who lives where since when, each with source and date."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sightline.common.words import plural, short_day
from sightline.pathway.relatives import Relatives
from sightline.people.models import Person, Role
from sightline.rules.families.derived import ABUSE
from sightline.rules.families.homes import Stay
from sightline.rules.families.ties import Tie, Told

NO_ADDRESS = "Address not shown"
RESPONSIBLE = frozenset({"parent", "step-parent", "carer", "grandparent"})


@dataclass(frozen=True)
class PersonRow:
    """One person: name, number for links, what is known, what is not."""

    pk: int
    name: str
    born: str
    roles: str
    home: str
    not_known: str
    asked: bool


@dataclass(frozen=True)
class TieRow:
    """One tie: who is what of whom, since when it is said, by whom, and how sure that is."""

    one: str
    words: str
    other: str
    said: str
    sources: str
    certainty: tuple[str, ...]


@dataclass(frozen=True)
class HomeRow:
    """Somebody at a home: when first and last seen there, by which sources."""

    who: str
    where: str
    when: str
    sources: str


@dataclass(frozen=True)
class FamilyLists:
    """Everything that the picture shows, and what found no room in it, to be read."""

    people: tuple[PersonRow, ...]
    ties: tuple[TieRow, ...]
    homes: tuple[HomeRow, ...]


def family_lists(family: Relatives, today: date) -> FamilyLists:
    return FamilyLists(
        people=tuple(_person(family, person, today) for person in family.persons.values()),
        ties=tuple(tie_row(family, tie) for tie in _closest_first(family)),
        homes=tuple(home_rows(family, *family.persons)),
    )


def _closest_first(family: Relatives) -> list[Tie]:
    place = {person: number for number, person in enumerate(family.persons)}
    return sorted(family.ties, key=lambda tie: (tie.derived, *sorted((place[tie.a], place[tie.b]))))


def _person(family: Relatives, person: Person, today: date) -> PersonRow:
    return PersonRow(
        pk=person.pk, name=person.name, born=born_words(person, today),
        roles=role_words(family, person.pk), home=_home(family, person.pk),
        not_known=", ".join(not_known(family, person)), asked=person.pk == family.root.pk,
    )  # fmt: skip


def born_words(person: Person, today: date) -> str:
    """Return "9 May 2017, 9", or what else is known of the birth."""
    if person.birth_date:
        passed = (today.month, today.day) >= (person.birth_date.month, person.birth_date.day)
        years = today.year - person.birth_date.year - (not passed)
        return f"{short_day(person.birth_date)}, {years}"
    return f"due {person.unborn_until:%B %Y}" if person.unborn_until else "not known"


def role_words(family: Relatives, person: int) -> str:
    """Return every role somebody was named in, where what happened is open to the reader."""
    return ", ".join(Role(role).label for role in family.roles.get(person, ()))


def not_known(family: Relatives, person: Person) -> Iterator[str]:
    """Yield what a thin record lacks: it is shown as not known and never guessed."""
    if not (person.given_name and person.surname) and not person.unborn_until:
        yield "full name"
    if not person.birth_date and not person.unborn_until:
        yield "date of birth"
    if family.home(person.pk) is None:
        yield "where they live"
    if not any(not tie.derived for tie in family.ties_with(person.pk)):
        yield "how related to anybody"


def _home(family: Relatives, person: int) -> str:
    stay = family.home(person)
    return address_of(family, stay) if stay else "Not known"


def address_of(family: Relatives, stay: Stay[int]) -> str:
    """Return the address of a stay, where it may be said."""
    household = family.addresses.get(stay.home)
    return f"{household.address} {household.postcode}".strip() if household else NO_ADDRESS


def relative_rows(family: Relatives) -> list[tuple[int, str, str]]:
    """Return number, name and words of each who is tied to the person asked about."""
    return [
        (pk, person.name, "; ".join(_to_root(family, tie) for tie in ties))
        for pk, person in family.persons.items()
        if pk != family.root.pk
        and (ties := [tie for tie in family.ties_with(family.root.pk) if pk in (tie.a, tie.b)])
    ]


def _to_root(family: Relatives, tie: Tie) -> str:
    words = f"{tie.says(tie.other(family.root.pk))} {family.root.given_name or 'this person'}"
    if tie.derived and tie.bond != ABUSE:
        words += " (follows from what was said)"
    return f"{words}, sources differ" if tie.doubts else words


def tie_row(family: Relatives, tie: Tie) -> TieRow:
    return TieRow(
        one=family.persons[tie.a].name, words=tie.words, other=family.persons[tie.b].name,
        said=f"{short_day(tie.since)} to {short_day(tie.last)}" if tie.last != tie.since
        else short_day(tie.since),
        sources=_sources(tie.sources), certainty=tuple(_certainty(family, tie)),
    )  # fmt: skip


def _certainty(family: Relatives, tie: Tie) -> Iterator[str]:
    if tie.derived:
        yield f"Follows from this: {_told(family, tie.because)}."
    if tie.bond in RESPONSIBLE and not tie.derived:
        yield _responsibility(tie)
    for doubt in tie.doubts:
        yield f"Sources differ: {_told(family, doubt)}."


def _responsibility(tie: Tie) -> str:
    if tie.responsibility is None:
        return "Parental responsibility: not known."
    return f"Parental responsibility: {'yes' if tie.responsibility else 'no'}."


def _told(family: Relatives, told: Told) -> str:
    return "".join(part if isinstance(part, str) else family.persons[part].name for part in told)


def home_rows(family: Relatives, *people: int) -> Iterator[HomeRow]:
    """Yield a row for every home at which these people were seen, the last one first."""
    for person in people:
        for stay in family.stays.get(person, ()):
            yield HomeRow(
                family.persons[person].name, address_of(family, stay), stay_words(stay),
                _sources(stay.sources),
            )  # fmt: skip


def stay_words(stay: Stay[int]) -> str:
    """Return when somebody was seen at a home. Between two sightings nobody knows."""
    many = len(stay.sources)
    if stay.first == stay.last:
        seen = f"Seen here on {short_day(stay.first)}"
    else:
        times = plural(many, "time")
        seen = f"Seen here {times} between {short_day(stay.first)} and {short_day(stay.last)}"
    if stay.elsewhere_since:
        seen += f"; elsewhere since {short_day(stay.elsewhere_since)}"
    if stay.also_elsewhere:
        seen += "; seen at another home in that time too"
    return f"{seen}."


def _sources(sources: Sequence[str]) -> str:
    if len(sources) <= 2:
        return "; ".join(sources)
    return f"{sources[0]}; {sources[-1]}; and {len(sources) - 2} between"
