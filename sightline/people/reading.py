"""The cached reading of a person: what its mentions, newest first, say of name and birth."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sightline.people.models import Link, Mention, Person

CACHED = ["given_name", "surname", "birth_date", "sex", "unborn_until"]


def new_person(mention: Mention, *, now: datetime) -> Person:
    """Return a person of whom one mention is all that is known; it is not saved."""
    person = Person(created_at=now)
    _read_into(person, [mention])
    return person


def refresh_persons(person_ids: Iterable[int]) -> None:
    """Redo the cached fields of these persons from the mentions linked to them.

    Three queries at most: what says nothing new is not written.
    """
    mentions = _mentions_of(person_ids)
    persons = Person.objects.filter(pk__in=list(mentions))
    changed = [person for person in persons if _read_into(person, mentions[person.pk])]
    if changed:
        Person.objects.bulk_update(changed, CACHED, batch_size=1000)


def _mentions_of(person_ids: Iterable[int]) -> dict[int, list[Mention]]:
    """Return the mentions of each person, the newest source first, superseded ones last."""
    found: dict[int, list[Mention]] = defaultdict(list)
    links = Link.objects.filter(person_id__in=list(person_ids), ended_at__isnull=True)
    for link in links.select_related("mention__source").order_by(
        "-mention__source__on", "-mention_id"
    ):
        found[link.person_id].append(link.mention)
    for mentions in found.values():
        mentions.sort(key=lambda m: m.source.superseded_at is not None)
    return found


def _read_into(person: Person, mentions: Sequence[Mention]) -> bool:
    """Believe the first mention that says a thing. Returns whether anything is new."""
    before = [getattr(person, name) for name in CACHED]
    for name in ("given_name", "surname", "birth_date", "sex"):
        setattr(person, name, _first(mentions, name) or (None if name == "birth_date" else ""))
    person.unborn_until = None if person.birth_date else _first(mentions, "expected_birth")
    return before != [getattr(person, name) for name in CACHED]


def _first(mentions: Sequence[Mention], name: str) -> Any:
    return next((value for m in mentions if (value := getattr(m, name))), None)
