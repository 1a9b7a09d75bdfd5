"""Words for the pages about people."""

from dataclasses import dataclass
from datetime import date

from sightline.common.words import short_day
from sightline.people.models import LinkReview, Mention, Person, Role


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


@dataclass(frozen=True)
class Compared:
    """One line of two records side by side; `differs` is said in words as well as marked."""

    what: str
    new: str
    known: str
    differs: bool


FIELDS = (
    ("Name", lambda m: f"{m.given_name} {m.middle_name} {m.surname}".replace("  ", " ").strip()),
    ("Date of birth", lambda m: short_day(m.birth_date) if m.birth_date else ""),
    ("Sex", lambda m: {"F": "Female", "M": "Male"}.get(m.sex, "")),
    ("Role", lambda m: Role(m.role).label),
    ("Address", lambda m: f"{m.address} {m.postcode}".strip()),
    ("Telephone", lambda m: m.phone),
    ("NHS number", lambda m: m.nhs_number),
    ("UPN", lambda m: m.upn),
    ("School", lambda m: m.school_name),
    ("Seen on", lambda m: short_day(m.source.on)),
)
NEVER_MARKED = {"Role", "Seen on"}


def side_by_side(new: Mention, known: list[Mention]) -> list[Compared]:
    """Return the new mention beside what all mentions of the known person say."""
    lines = []
    for what, value in FIELDS:
        here = value(new)
        there = list(dict.fromkeys(v for m in known if (v := value(m))))
        differs = bool(here and there and here not in there and what not in NEVER_MARKED)
        lines.append(Compared(what, here or "–", "; ".join(there) or "–", differs))
    return lines


def reasons(review: LinkReview) -> list[tuple[str, str]]:
    """Return the waterfall in words: what speaks for and against, strongest first."""
    ordered = sorted(review.reasons, key=lambda reason: -abs(reason[1]))
    return [
        (words, "for" if weight > 0 else "against" if weight < 0 else "neither")
        for words, weight in ordered
    ]
