"""Finding one person who is not open to whoever asks, by what only somebody who knows them can say.

For emergencies and for restricting alone. Nothing is shown of whoever is found, and nothing that
is only like what was asked.
"""

from dataclasses import dataclass
from datetime import date

from sightline.common.wall import Purpose, acting_for
from sightline.people.models import SearchEntry
from sightline.rules.linkage.text import words
from sightline.rules.search.parts import Kind
from sightline.rules.search.writing import plain_number


@dataclass(frozen=True)
class Exactly:
    """Who is meant: by a number of theirs, or by their whole name and birth date."""

    number: str = ""
    name: str = ""
    birth_date: date | None = None

    @property
    def is_enough(self) -> bool:
        return bool(plain_number(self.number) or (len(words(self.name)) > 1 and self.birth_date))

    @property
    def terms(self) -> list[str]:
        """The terms of search that all have to be there."""
        if number := plain_number(self.number):
            return [f"{Kind.NUMBER}:{number}"]
        return [
            *(f"{Kind.NAME}:{word}" for word in words(self.name)), f"{Kind.BIRTH}:{self.birth_date}"
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.number or f"{self.name} {self.birth_date}"


@acting_for(Purpose.CHECKING)
def find_exactly(who: Exactly) -> list[int]:
    """Return the ids of whom all of it fits: nobody, one, or more than one. One query."""
    if not who.is_enough:
        return []
    found = SearchEntry.objects.filter(terms__contains=who.terms).order_by("person_id")
    return list(found.values_list("person_id", flat=True)[:3])
