"""The cached reading of a person: what its mentions, newest first, say of name and birth."""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import connection

from sightline.common.rows import numbers
from sightline.people.findable import OF_MENTION, Said, forget_entries, said_by, write_said
from sightline.people.models import Link, Mention, Person


class Believed(NamedTuple):
    """What is cached of a person, under the names that a mention has for it."""

    given_name: str
    surname: str
    birth_date: date | None
    sex: str
    expected_birth: date | None


Readable = Mention | Said | Believed

CACHED = ["given_name", "surname", "birth_date", "sex", "unborn_until"]
WRITE = f"""
    update people_person person set {", ".join(f"{name} = written.{name}" for name in CACHED)}
    from unnest(%s::bigint[], %s::text[], %s::text[], %s::date[], %s::text[], %s::date[])
        written (id, {", ".join(CACHED)})
    where person.id = written.id
"""  # noqa: S608 - the columns are our own

# The newest source first, superseded ones last: as `mentions_of` has them, with what is cached.
ALL_SAID = f"""
    select link.person_id, {", ".join(f"mention.{name}" for name in OF_MENTION)},
        source."on", coalesce(incident.reference, ''),
        {", ".join(f"person.{name}" for name in CACHED)}
    from people_link link
    join people_mention mention on mention.id = link.mention_id
    join people_source source on source.id = mention.source_id
    left join people_incident incident on incident.id = source.incident_id
    join people_person person on person.id = link.person_id
    where link.person_id = any(%s::bigint[]) and link.ended_at is null
    order by source.superseded_at is not null, source."on" desc, mention.id desc
"""  # noqa: S608 - the columns are our own


# What is cached of persons, and of when the newest mention is that it was read from.
BELIEVED = f"""
    select person.id, entry.last_seen, {", ".join(f"person.{name}" for name in CACHED)}
    from people_person person
    left join people_searchentry entry on entry.person_id = person.id
    where person.id = any(%s::bigint[])
"""  # noqa: S608 - the columns are our own


def new_person(mention: Mention, *, now: datetime) -> Person:
    """Return a person of whom one mention is all that is known; it is not saved."""
    person = Person(created_at=now)
    _read_into(person, [mention])
    return person


def read_person(mentions: Sequence[Mention]) -> Person:
    """Return the reading of some mentions, in the order of `mentions_of`; it is not saved."""
    person = Person()
    _read_into(person, mentions)
    return person


def mentions_of(person_ids: Iterable[int]) -> dict[int, list[Mention]]:
    """Return the mentions of each person with sources and incidents. One query.

    The newest source first, superseded ones last.
    """
    found: dict[int, list[Mention]] = defaultdict(list)
    links = Link.objects.filter(person_id__in=list(person_ids), ended_at__isnull=True)
    for link in links.select_related("mention__source__incident").order_by(
        "-mention__source__on", "-mention_id"
    ):
        found[link.person_id].append(link.mention)
    for mentions in found.values():
        mentions.sort(key=lambda m: m.source.superseded_at is not None)
    return found


def refresh_persons(person_ids: Iterable[int]) -> None:
    """Redo what is cached of these persons, and by what they are found, from their mentions.

    A fixed number of queries. Of the cached fields, what says nothing new is not written.
    """
    wanted = set(person_ids)
    said, persons = _said_of(wanted)
    _write([person for person in persons.values() if _read_into(person, said[person.pk])])
    write_said(said)
    if gone := wanted - said.keys():
        forget_entries(gone)


def read_besides(told: Mapping[int, Sequence[Mention]], made: Container[int]) -> None:
    """Redo the same where nothing has changed but that persons have got new mentions.

    told: those mentions, by person id. made: persons of whom nothing else is known. It costs the
    same however much is known of them, save of those who were spoken of later than now, and of
    whom a source was corrected: they are read anew.
    """
    anew, besides = set[int](), dict[int, list[Said]]()
    changed = []
    with connection.cursor() as cursor:
        rows = cursor.rows(BELIEVED, [numbers(told)])
    for pk, last_seen, *cached in rows:
        newest = sorted(told[pk], key=lambda one: (one.source.on, one.pk), reverse=True)
        if pk not in made and not _are_newer(newest, last_seen):
            anew.add(pk)
            continue
        besides[pk] = [said_by(mention) for mention in newest]
        person = Person(pk=pk, **dict(zip(CACHED, cached, strict=True)))
        if _read_into(person, [*newest, Believed(*cached)]):
            changed.append(person)
    _write(changed)
    if besides:
        write_said(besides, besides=True)
    if anew:
        refresh_persons(anew)


def _are_newer(mentions: Sequence[Mention], last_seen: date | None) -> bool:
    """Whether these come before all that was read before; mentions: the newest first."""
    holding = all(mention.source.superseded_at is None for mention in mentions)
    return holding and last_seen is not None and mentions[-1].source.on >= last_seen


def _said_of(persons: Iterable[int]) -> tuple[dict[int, list[Said]], dict[int, Person]]:
    """Return all that is said of these persons, and they themselves with what is cached alone."""
    said, cached = defaultdict[int, list[Said]](list), {}
    with connection.cursor() as cursor:
        for pk, *row in cursor.rows(ALL_SAID, [numbers(persons)]):
            said[pk].append(Said(*row[: len(Said._fields)]))
            if pk not in cached:
                values = dict(zip(CACHED, row[len(Said._fields) :], strict=True))
                cached[pk] = Person(pk=pk, **values)
    return said, cached


def _write(persons: Sequence[Person]) -> None:
    """Write what is cached of them. One query, many times cheaper than a bulk_update."""
    if not persons:
        return
    columns = [[person.pk for person in persons]]
    columns += [[getattr(person, name) for person in persons] for name in CACHED]
    with connection.cursor() as cursor:
        cursor.rows(WRITE, columns)


def _read_into(person: Person, mentions: Sequence[Readable]) -> bool:
    """Believe the first mention that says a thing. Returns whether anything is new."""
    before = [getattr(person, name) for name in CACHED]
    for name in ("given_name", "surname", "birth_date", "sex"):
        setattr(person, name, _first(mentions, name) or (None if name == "birth_date" else ""))
    person.unborn_until = None if person.birth_date else _first(mentions, "expected_birth")
    return before != [getattr(person, name) for name in CACHED]


def _first(mentions: Sequence[Readable], name: str) -> Any:
    return next((value for m in mentions if (value := getattr(m, name))), None)
