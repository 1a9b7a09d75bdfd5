"""Writing down what was done and what was seen, in the transaction in which it happened."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Model

from sightline.audit.models import Event, Read, Search

SYSTEM = "system"


def actor(by: Any) -> str:
    """Return the id of a user as text, or "system"."""
    return str(by.pk) if by is not None and getattr(by, "pk", None) else SYSTEM


def event(what: str, subject: Model, *, by: Any, at: datetime, **detail: Any) -> Event:
    """Build an event without saving it, for bulk writes."""
    return Event(
        at=at,
        by=actor(by),
        what=what,
        subject=subject._meta.label_lower,
        subject_id=str(subject.pk),
        detail=detail,
    )


def record(what: str, subject: Model, *, by: Any, at: datetime, **detail: Any) -> None:
    """Write down that `by` did `what` to `subject`. `detail` holds ids and codes only."""
    event(what, subject, by=by, at=at, **detail).save(force_insert=True)


def record_many(events: Iterable[Event]) -> None:
    """Write down many events at once."""
    Event.objects.bulk_create(events, batch_size=2000)


def record_reads(
    persons: Iterable[tuple[int, str]], *, by: Any, at: datetime, page: str, items: Sequence[str]
) -> None:
    """Write down that `by` saw `items` of each (person id, reason it was allowed)."""
    Read.objects.bulk_create(
        Read(
            at=at, by=actor(by), agency=str(by.agency_id), person=str(person), page=page,
            items=list(items), because=because[:200],
        )
        for person, because in persons
    )  # fmt: skip


def record_search(*, by: Any, at: datetime, page: str, terms: str, found: int) -> None:
    """Write down what was searched for and how many were shown."""
    Search.objects.create(at=at, by=actor(by), page=page, terms=terms[:400], found=found)
