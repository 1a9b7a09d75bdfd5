"""The cached reading of a person: what its mentions, newest first, say of name and birth."""

from collections import defaultdict
from collections.abc import Iterable

from sightline.people.models import Link, Mention, Person

CACHED = ["given_name", "surname", "birth_date", "sex", "unborn_until"]


def refresh_persons(person_ids: Iterable[int]) -> None:
    """Redo the cached fields of these persons from the mentions linked to them. Three queries."""
    mentions = _mentions_of(person_ids)
    persons = list(Person.objects.filter(pk__in=list(mentions)))
    for person in persons:
        _read_into(person, mentions[person.pk])
    Person.objects.bulk_update(persons, CACHED, batch_size=1000)


def _mentions_of(person_ids: Iterable[int]) -> dict[int, list[Mention]]:
    found: dict[int, list[Mention]] = defaultdict(list)
    links = Link.objects.filter(person_id__in=list(person_ids), ended_at__isnull=True)
    for link in links.select_related("mention__source").order_by(
        "-mention__source__on", "-mention_id"
    ):
        found[link.person_id].append(link.mention)
    return found


def _read_into(person: Person, newest_first: list[Mention]) -> None:
    """The newest source that says a thing is believed, superseded ones last."""
    ordered = sorted(newest_first, key=lambda m: m.source.superseded_at is not None)
    for name in ("given_name", "surname", "birth_date", "sex"):
        setattr(person, name, _first(ordered, name) or (None if name == "birth_date" else ""))
    person.unborn_until = None if person.birth_date else _first(ordered, "expected_birth")


def _first(mentions: list[Mention], name: str) -> object:
    return next((value for m in mentions if (value := getattr(m, name))), None)
