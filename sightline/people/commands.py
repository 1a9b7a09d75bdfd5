"""Writing down who is mentioned. Linking is in linking.py, joining and parting in changes.py."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from sightline.common.announce import announce
from sightline.common.rows import create, numbers
from sightline.people.describing import describe_mention
from sightline.people.households import Place as Place
from sightline.people.households import households_of, tidy_postcode
from sightline.people.models import (
    Household,
    Incident,
    Mention,
    Relationship,
    Residence,
    Source,
)
from sightline.rules.linkage.keys import hashed_keys

WRITE_KEYS = """
    insert into people_linkkey (mention_id, key)
    select * from unnest(%s::bigint[], %s::bigint[])
    on conflict do nothing
"""


@dataclass(frozen=True)
class Happened:
    """What a source says of the incident."""

    started_at: datetime
    place: Place
    reference: str = ""
    summary: str = ""
    officer_grade: str = ""


@dataclass(frozen=True)
class Written:
    """One person as written: the fields of Mention, and where they live.

    `place` None: at the incident's address. An empty Place: not known.
    """

    fields: dict[str, Any]
    place: Place | None = None
    local_id: str = ""


@dataclass(frozen=True)
class Related:
    """`a` is ... of `b`, by the source's own ids."""

    a: str
    b: str
    kind: str
    parental_responsibility: bool | None = None
    same_household: bool | None = None


@dataclass(frozen=True)
class Document:
    """One source to write down.

    `happened` None: nothing did, somebody told of people; `told_of` is then where they live.
    """

    label: str
    on: date
    happened: Happened | None
    people: Sequence[Written]
    related: Sequence[Related] = field(default_factory=tuple)
    told_of: Place = field(default_factory=Place)

    @property
    def place(self) -> Place:
        return self.happened.place if self.happened else self.told_of


@dataclass(frozen=True)
class Entry:
    """A document to write down, and what it has to do with what is held already.

    `replaces` is the version this one corrects: the incident stays the same one. `superseded`: a
    newer version came first, so this one is kept but does not hold.
    """

    document: Document
    replaces: Source | None = None
    superseded: bool = False


@transaction.atomic(savepoint=False)  # a failure undoes whatever is around it too
def record_sources(entries: Sequence[Entry], *, now: datetime) -> list[Source]:
    """Write down sources with their incidents, mentions, households and relationships.

    The number of queries does not depend on how many there are. No two of them may speak of the
    same incident (see `apart`): the second would have to find what the first wrote.
    """
    households = _households([entry.document for entry in entries])
    incidents = _incidents(entries, households)
    sources = [
        Source(
            incident=incident, household_id=incident.household_id if incident else None,
            label=entry.document.label, on=entry.document.on, recorded_at=now,
            superseded_at=now if entry.superseded else None,
        )
        for entry, incident in zip(entries, incidents, strict=True)
    ]  # fmt: skip
    create(sources)
    _supersede(entries, now)
    mentions = _mentions(sources, entries, households)
    _residences(mentions)
    _relationships(entries, mentions)
    _keys(mentions)
    for source in sources:
        announce("source.recorded", source.pk)
    return sources


def _supersede(entries: Sequence[Entry], now: datetime) -> None:
    replaced = [e.replaces.pk for e in entries if e.replaces and not e.superseded]
    if replaced:
        Source.objects.filter(pk__in=replaced, superseded_at__isnull=True).update(superseded_at=now)


def _households(documents: Sequence[Document]) -> dict[Place, Household]:
    """Find or make the household of every address in the documents."""
    return households_of(
        place
        for document in documents
        for place in (document.place, *(p.place for p in document.people if p.place))
    )


def _incidents(
    entries: Sequence[Entry], households: dict[Place, Household]
) -> list[Incident | None]:
    """Return the incident of each entry: the corrected one's, the one known by its log, or new."""
    same = _known_by_log(entries)
    found = [_incident(entry, same, households) for entry in entries]
    new = [one for one in found if one is not None]
    create([one for one in new if one.pk is None])
    for entry, incident in zip(entries, found, strict=True):
        if incident and entry.replaces is not None and not entry.superseded:
            incident.save()
    return found


def _incident(
    entry: Entry, same: dict[tuple[str, date], Incident], households: dict[Place, Household]
) -> Incident | None:
    happened = entry.document.happened
    if happened is None:
        return None
    known = entry.replaces.incident if entry.replaces else same.get(log_of(happened))
    incident = known or Incident()
    if known is None or (entry.replaces and not entry.superseded):
        _read_into(incident, happened, households)
    return incident


def _read_into(incident: Incident, happened: Happened, households: dict[Place, Household]) -> None:
    incident.started_at = happened.started_at
    incident.household = households.get(happened.place)
    incident.reference = happened.reference
    incident.summary = happened.summary
    incident.officer_grade = happened.officer_grade


def log_of(happened: Happened) -> tuple[str, date]:
    """Return what names an incident: its police log number and the day.

    Forces number their logs anew each day, so the number alone is not enough.
    """
    return happened.reference, happened.started_at.date()


def _known_by_log(entries: Sequence[Entry]) -> dict[tuple[str, date], Incident]:
    """Find incidents that other notifications have spoken of already."""
    logs = [h.reference for e in entries if (h := e.document.happened) and h.reference]
    known = Incident.objects.filter(reference__in=logs).order_by("-pk") if logs else []
    return {(i.reference, i.started_at.date()): i for i in known}


def _mentions(
    sources: list[Source], entries: Sequence[Entry], households: dict[Place, Household]
) -> list[list[Mention]]:
    made = [
        [
            _mention(source, position, written, entry.document, households)
            for position, written in enumerate(entry.document.people)
        ]
        for source, entry in zip(sources, entries, strict=True)
    ]
    create([mention for mentions in made for mention in mentions])
    return made


def _mention(
    source: Source,
    position: int,
    written: Written,
    document: Document,
    households: dict[Place, Household],
) -> Mention:
    place = document.place if written.place is None else written.place
    return Mention(
        source=source, position=position, address=place.address,
        postcode=tidy_postcode(place.postcode),
        household=households.get(place), **written.fields,
    )  # fmt: skip


AWAY = {"visiting", "not_living_there"}


def _residences(made: list[list[Mention]]) -> None:
    create(
        [
            Residence(mention=mention, household_id=mention.household_id, seen_on=mention.source.on)
            for mentions in made
            for mention in mentions
            if mention.household_id and mention.presence not in AWAY
        ]
    )


def _relationships(entries: Sequence[Entry], made: list[list[Mention]]) -> None:
    create(
        [
            relationship
            for entry, mentions in zip(entries, made, strict=True)
            for relationship in _related(entry.document, mentions)
        ]
    )


def _related(document: Document, mentions: list[Mention]) -> Iterator[Relationship]:
    by_id = {
        written.local_id: mention
        for written, mention in zip(document.people, mentions, strict=True)
        if written.local_id
    }
    for related in document.related:
        if related.a in by_id and related.b in by_id:
            yield Relationship(
                a=by_id[related.a], b=by_id[related.b], kind=related.kind,
                parental_responsibility=related.parental_responsibility,
                same_household=related.same_household,
            )  # fmt: skip


def _keys(made: list[list[Mention]]) -> None:
    """Write the blocking keys, some six a mention: two arrays cost a tenth of as many objects."""
    found = [
        (mention.pk, key)
        for mentions in made
        for mention in mentions
        for key in sorted(hashed_keys(describe_mention(mention)))
    ]
    with connection.cursor() as cursor:
        cursor.rows(WRITE_KEYS, [numbers(pk for pk, _ in found), numbers(key for _, key in found)])
