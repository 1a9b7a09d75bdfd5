"""Writing down who is mentioned. Linking is in linking.py, joining and parting in joining.py."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from uk_postcodes_parsing import parse as parse_postcode  # type: ignore[import-untyped]

from sightline.common.announce import announce
from sightline.people.models import (
    Household,
    Incident,
    LinkKey,
    Mention,
    Relationship,
    Residence,
    Source,
)
from sightline.people.describing import describe_mention
from sightline.rules.linkage.keys import keys


@dataclass(frozen=True)
class Place:
    """An address as it was written."""

    address: str = ""
    postcode: str = ""
    uprn: str = ""


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
    """One source to write down."""

    label: str
    on: date
    happened: Happened
    people: Sequence[Written]
    related: Sequence[Related] = field(default_factory=tuple)


@transaction.atomic
def record_source(
    document: Document, *, replaces: Source | None = None, superseded: bool = False, now: datetime
) -> Source:
    """Write down a source with its incident, mentions, households and relationships.

    `replaces` is the version this one corrects: the incident stays the same one. `superseded`: a
    newer version came first, so this one is kept but does not hold.
    """
    households = _households(document)
    incident = _incident(document, households, replaces, superseded)
    source = Source.objects.create(
        incident=incident, label=document.label, on=document.on, recorded_at=now,
        superseded_at=now if superseded else None,
    )  # fmt: skip
    if replaces is not None and not superseded:
        Source.objects.filter(incident=incident, superseded_at__isnull=True).exclude(
            pk=source.pk
        ).filter(pk=replaces.pk).update(superseded_at=now)
    mentions = _mentions(source, document, households)
    _residences(source, mentions)
    _relationships(document, mentions)
    _keys(mentions)
    announce("source.recorded", source.pk)
    return source


def household_key(place: Place) -> str:
    """Return the key under which an address is found again, or "" where nothing is known."""
    if place.uprn.isdigit():
        return f"uprn {int(place.uprn)}"
    words = "".join(c if c.isalnum() else " " for c in place.address.casefold()).split()
    postcode = tidy_postcode(place.postcode)
    return f"{' '.join(words)} {postcode}".strip()[:200] if words else ""


def tidy_postcode(written: str) -> str:
    """Return the postcode in its usual form, or as written where it is none."""
    parsed = parse_postcode(written) if written else None
    return str(parsed.postcode) if parsed else written.upper()[:8]


def _households(document: Document) -> dict[str, Household]:
    """Find or make the household of every address in the document, by key."""
    places = [document.happened.place, *(p.place for p in document.people if p.place)]
    wanted = {household_key(place): place for place in places}
    wanted.pop("", None)
    Household.objects.bulk_create(
        [
            Household(
                key=key, address=place.address, uprn=place.uprn[:12],
                postcode=tidy_postcode(place.postcode),
            )
            for key, place in wanted.items()
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    return {household.key: household for household in Household.objects.filter(key__in=wanted)}


def _incident(
    document: Document,
    households: dict[str, Household],
    replaces: Source | None,
    superseded: bool,
) -> Incident:
    happened = document.happened
    facts = {
        "started_at": happened.started_at,
        "household": households.get(household_key(happened.place)),
        "reference": happened.reference,
        "summary": happened.summary,
        "officer_grade": happened.officer_grade,
    }
    incident = replaces.incident if replaces else _same_incident(happened)
    if incident is None:
        return Incident.objects.create(**facts)
    if not superseded:
        Incident.objects.filter(pk=incident.pk).update(**facts)
        incident.refresh_from_db()
    return incident


def _same_incident(happened: Happened) -> Incident | None:
    """Find the incident with the same police log number on the same day.

    Forces number their logs anew each day, so the number alone is not enough.
    """
    if not happened.reference:
        return None
    return Incident.objects.filter(
        reference=happened.reference, started_at__date=happened.started_at.date()
    ).first()


def _mentions(
    source: Source, document: Document, households: dict[str, Household]
) -> list[Mention]:
    made = []
    for position, written in enumerate(document.people):
        place = document.happened.place if written.place is None else written.place
        made.append(
            Mention(
                source=source, position=position, address=place.address,
                postcode=tidy_postcode(place.postcode),
                household=households.get(household_key(place)), **written.fields,
            )
        )  # fmt: skip
    return Mention.objects.bulk_create(made)


def _residences(source: Source, mentions: list[Mention]) -> None:
    away = {"visiting", "not_living_there"}
    Residence.objects.bulk_create(
        Residence(mention=mention, household_id=mention.household_id, seen_on=source.on)
        for mention in mentions
        if mention.household_id and mention.presence not in away
    )


def _relationships(document: Document, mentions: list[Mention]) -> None:
    by_id = {
        written.local_id: mention
        for written, mention in zip(document.people, mentions, strict=True)
        if written.local_id
    }
    Relationship.objects.bulk_create(
        Relationship(
            a=by_id[related.a], b=by_id[related.b], kind=related.kind,
            parental_responsibility=related.parental_responsibility,
            same_household=related.same_household,
        )
        for related in document.related
        if related.a in by_id and related.b in by_id
    )  # fmt: skip


def _keys(mentions: list[Mention]) -> None:
    LinkKey.objects.bulk_create(
        LinkKey(mention=mention, key=key[:120])
        for mention in mentions
        for key in sorted(keys(describe_mention(mention)))
    )
