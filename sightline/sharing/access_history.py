"""Everybody who looked at a person, was told of them, or had a door opened to them.

By number, without names of anybody but staff: the answer to "who has seen what you hold about me?".
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import CharField, F, QuerySet, Value
from django.http import Http404

from sightline.access.models import User
from sightline.access.queries import require
from sightline.access.roles import Perm
from sightline.audit.commands import record, record_reads
from sightline.audit.models import Read
from sightline.common.words import moment
from sightline.people.models import Link, Person
from sightline.sharing.models import Disclosure, Item, Telling

PAGE = "access-history"
HEADINGS = ("When", "What happened", "Who", "Agency", "What of the record", "Why it was allowed")
AT_ONCE = 1000

Key = tuple[datetime, str, int]


@dataclass(frozen=True)
class Line:
    """One thing that happened, in the words of `HEADINGS`."""

    at: datetime
    what: str
    who: str
    agency: str
    items: str
    because: str

    @property
    def cells(self) -> tuple[str, ...]:
        return (moment(self.at), self.what, self.who, self.agency, self.items, self.because)


def is_known_or_404(person_id: int) -> None:
    if not Person.objects.filter(pk=person_id).exists():
        raise Http404


def keys_of(person_id: int) -> QuerySet[Any]:
    """Return (when, kind, id) of everything that happened about a person, newest first.

    Whoever the same mentions were linked to earlier is the same person; what was said of one who
    was joined with them by mistake stands there too, and names the number it was under.
    """
    persons = everybody_like(person_id)
    mentions = Link.objects.filter(person=person_id, ended_at__isnull=True).values("mention")
    found = (
        _keys(Read.objects.filter(person__in=[str(pk) for pk in persons]), "read", "at"),
        _keys(Disclosure.objects.filter(person__in=persons), "door", "from_at"),
        _keys(Telling.objects.filter(mention__in=mentions), "told", "decided_at"),
    )
    together: QuerySet[Any] = found[0].union(*found[1:], all=True)
    in_order: QuerySet[Any] = together.order_by("-moment", "kind", "-pk")
    return in_order


def _keys(rows: QuerySet[Any], kind: str, at: str) -> QuerySet[Any]:
    found: QuerySet[Any] = (
        rows.annotate(moment=F(at), kind=Value(kind, output_field=CharField()))
        .order_by()
        .values_list("moment", "kind", "pk")
    )
    return found


def everybody_like(person_id: int) -> list[int]:
    """Return the ids under which a person's mentions stood, the present one first."""
    mentions = Link.objects.filter(person=person_id, ended_at__isnull=True).values("mention")
    earlier = Link.objects.filter(mention__in=mentions).exclude(person=person_id)
    return [person_id, *earlier.order_by("person").values_list("person", flat=True).distinct()]


def lines_of(keys: Sequence[Key]) -> list[Line]:
    """Return these in words, in their order. Four queries, however many there are."""
    reads = _by_id(Read.objects.all(), keys, "read")
    doors = _by_id(Disclosure.objects.select_related("agency", "user", "decided_by"), keys, "door")
    tellings = _by_id(Telling.objects.select_related("agency", "decided_by__agency"), keys, "told")
    users = _users(read.by for read in reads.values())
    made = {
        "read": lambda pk: _looked(reads[pk], users),
        "door": lambda pk: _opened(doors[pk]),
        "told": lambda pk: _told(tellings[pk]),
    }
    return [made[kind](pk) for _, kind, pk in keys]


def _by_id(rows: QuerySet[Any], keys: Iterable[Key], kind: str) -> dict[int, Any]:
    return dict(rows.in_bulk([pk for _, of, pk in keys if of == kind]))


def _users(ids: Iterable[str]) -> dict[str, User]:
    wanted: Collection[int] = {int(pk) for pk in ids if pk.isdecimal()}
    found = User.objects.select_related("agency").in_bulk(wanted)
    return {str(pk): user for pk, user in found.items()}


def _looked(read: Read, users: dict[str, User]) -> Line:
    user = users.get(read.by)
    what = "Found in a search" if read.page in ("search", "people") else f"Looked: {read.page}"
    return Line(
        read.at, what, user.name if user else read.by, user.agency.name if user else "",
        _items(read.items), f"{read.because} (person {read.person})",
    )  # fmt: skip


def _opened(door: Disclosure) -> Line:
    by = door.decided_by.name if door.decided_by else "by rule"
    whom = f"for {door.user.name}" if door.user else "for its staff"
    return Line(
        door.from_at, f"Disclosed until {moment(door.until_at)}, {whom}", by, door.agency.name,
        _items(door.items), f"disclosure {door.pk}: {door.reason}. {door.basis}",
    )  # fmt: skip


def _told(telling: Telling) -> Line:
    to = telling.agency.name if telling.agency else telling.recipient.replace("_", " ")
    what = f"Told to {to}" if telling.told else f"Not told to {to}"
    why = f"{telling.pack}, {telling.row}" if telling.row else telling.pack
    return Line(
        telling.decided_at, what, telling.decided_by.name, telling.decided_by.agency.name,
        telling.matter.replace("_", " "), why,
    )  # fmt: skip


def _items(codes: Iterable[str]) -> str:
    known = dict(Item.choices)
    return ", ".join(str(known.get(code, code)).lower() for code in codes)


@transaction.atomic
def note_look(*, person_id: int, exported: bool, by: User, now: datetime) -> None:
    """Write down that somebody read, or took out, a person's access history."""
    require(by, Perm.SEE_AUDIT)
    because = "answers for who has access"
    record_reads([(person_id, because)], by=by, at=now, page=PAGE, items=[])
    if exported:
        record("access_history.exported", Person(pk=person_id), by=by, at=now)


def every_line(person_id: int) -> Iterable[Line]:
    """Yield everything in words, newest first, some at a time."""
    keys = list(keys_of(person_id))
    for start in range(0, len(keys), AT_ONCE):
        yield from lines_of(keys[start : start + AT_ONCE])
