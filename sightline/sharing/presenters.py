"""Words for the pages about people."""

from dataclasses import dataclass
from datetime import date

from sightline.common.words import short_day
from sightline.people.models import Person


@dataclass(frozen=True)
class Found:
    """One person in a list of results."""

    id: int
    name: str
    born: str


def found(person: Person) -> Found:
    return Found(person.pk, person.name, _born(person.birth_date))


def _born(day: date | None) -> str:
    return short_day(day) if day else "Not known"
