"""From a kept notification to a source of mentions: the stage after receiving."""

import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any, cast

from django.db import connection, transaction
from django.utils import timezone

from sightline.intake.models import Notification
from sightline.intake.schema import Address, ChildPart, Person
from sightline.intake.schema import Notification as Content
from sightline.people.commands import (
    Document,
    Entry,
    Happened,
    Place,
    Related,
    Written,
    record_sources,
)
from sightline.people.models import Source
from sightline.vault.arriving import keep_what_came
from sightline.vault.watching import watch

RECORDING = 7_204_000  # advisory lock: two recorded at once could make one incident twice


@transaction.atomic
def record_people(notification_ids: Sequence[int], *, now: datetime) -> list[Source]:
    """Write down who is mentioned in these notifications, and return their sources.

    Doing it again returns the same sources. Notifications that speak of the same incident are
    taken one after the other.
    """
    _one_at_a_time()
    waiting = list(
        Notification.objects.select_for_update(of=("self",))
        .select_related("source")
        .defer("raw")
        .filter(pk__in=notification_ids)
        .order_by("pk")
    )
    for together in _apart([n for n in waiting if n.source is None]):
        _record(together, now)
    return [cast(Source, notification.source) for notification in waiting]


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [RECORDING])


Read = tuple[Notification, Document]


def _apart(waiting: Sequence[Notification]) -> Iterator[list[Read]]:
    """Yield batches in which no two notifications speak of the same incident."""
    batch: list[Read] = []
    seen: set[object] = set()
    for notification in waiting:
        document = _document(notification)
        names: set[object] = {(notification.sender_id, notification.reference)}
        if document.happened and document.happened.reference:
            names.add(document.happened.reference)
        if names & seen:
            yield batch
            batch, seen = [], set()
        batch.append((notification, document))
        seen |= names
    if batch:
        yield batch


def _record(batch: list[Read], now: datetime) -> None:
    before = _versions_before([notification for notification, _ in batch])
    sources = record_sources(
        [
            Entry(
                document,
                replaces=before.get((notification.sender_id, notification.reference)),
                superseded=notification.superseded_at is not None,
            )
            for notification, document in batch
        ],
        now=now,
    )
    for (notification, _), source in zip(batch, sources, strict=True):
        notification.source = source
    Notification.objects.bulk_update([notification for notification, _ in batch], ["source"])
    keep_what_came(
        {
            notification.receipt: (source, json.dumps(notification.content, ensure_ascii=False))
            for (notification, _), source in zip(batch, sources, strict=True)
        },
        now,
    )
    watch(sources, now)


def _versions_before(notifications: list[Notification]) -> dict[tuple[int, str], Source]:
    """Return the source of the latest version that is written down, by sender and reference."""
    others = (
        Notification.objects.filter(
            reference__in=[n.reference for n in notifications], source__isnull=False
        )
        .select_related("source__incident")
        .defer("raw", "content")
        .order_by("version")
    )
    return {(other.sender_id, other.reference): cast(Source, other.source) for other in others}


def _document(notification: Notification) -> Document:
    content = Content.model_validate(notification.content)
    return Document(
        label=f"Police notification {notification.reference}, version {notification.version}",
        on=timezone.localtime(notification.notified_at).date(),
        happened=_happened(content, notification.notified_at),
        people=[_written(person, notification.notified_at) for person in content.people],
        related=[Related(**related.model_dump()) for related in content.relationships],
    )


def _happened(content: Content, notified_at: datetime) -> Happened:
    incident = content.incident
    started = incident.started_at or notified_at
    return Happened(
        started_at=started if timezone.is_aware(started) else timezone.make_aware(started),
        place=_place(incident.address),
        reference=incident.log_number,
        summary=incident.summary,
        officer_grade=content.risk.supervisor_grade or content.risk.officer_grade,
    )


def _place(address: Address) -> Place:
    return Place(address.lines, address.postcode, address.uprn)


def _written(person: Person, notified_at: datetime) -> Written:
    child = person.child or ChildPart()
    return Written(
        fields={
            "role": person.role, "given_name": person.given_name,
            "middle_name": person.middle_name, "surname": person.surname,
            "aliases": [alias[:160] for alias in person.aliases],
            "birth_date": _sensible(person.birth_date, notified_at),
            "age": person.age, "sex": person.sex, "ethnicity": person.ethnicity,
            "language": person.language[:40], "phone": person.phone,
            "nhs_number": "".join(filter(str.isdigit, person.nhs_number))[:10],
            "upn": person.upn.upper().replace(" ", "")[:13],
            "police_id": person.police_id[:30], "detail": _rest(person),
            **(_of_child(child) if person.role == "child" else {}),
        },
        place=_home(person, child),
        local_id=person.id,
    )  # fmt: skip


def _home(person: Person, child: ChildPart) -> Place | None:
    """Return where a person lives: None is at the incident's address, an empty Place is not known.

    The incident's address is the home of the victim and of the children who live there; of nobody
    else is that said unless it was written.
    """
    if person.address and (person.address.lines or person.address.postcode):
        return _place(person.address)
    if person.role == "child":
        return Place() if child.presence in ("visiting", "not_living_there") else None
    return None if person.role in ("victim", "both_alleged") else Place()


def _sensible(born: date | None, notified_at: datetime) -> date | None:
    """A birth date in the future or before 1900 is a slip of the pen; the raw body keeps it."""
    tomorrow = (notified_at + timedelta(days=1)).date()
    return born if born and date(1900, 1, 1) <= born <= tomorrow else None


def _of_child(child: ChildPart) -> dict[str, Any]:
    return {
        "presence": child.presence or "not_known", "expected_birth": child.expected_birth,
        "where_in_home": child.where_in_home[:120], "saw_or_heard": child.saw_or_heard,
        "spoken_to_alone": child.spoken_to_alone, "words": child.words,
        "demeanour": child.demeanour, "school_name": child.school_name[:160],
        "school_urn": child.school_urn, "home_educated": child.home_educated,
    }  # fmt: skip


def _rest(person: Person) -> dict[str, Any]:
    """Keep what has no column of its own but a page may show."""
    rest = person.model_dump(
        mode="json",
        exclude_defaults=True,
        include={"interpreter", "occupation", "works_with_children", "disability"},
    )
    if person.child:
        more = {"injuries", "concern", "year_group", "health_visitor", "other_parent"}
        rest |= person.child.model_dump(mode="json", exclude_defaults=True, include=more)
    return rest
