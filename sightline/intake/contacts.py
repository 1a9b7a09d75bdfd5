"""Families that the team is told of before anything happens to them.

They are written down as one more source, so that they are compared with everybody known, put to
a reviewer where in doubt, and enriched by whatever names them later, like all others.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from sightline.access.models import User
from sightline.access.queries import require
from sightline.access.roles import Perm
from sightline.audit.commands import record
from sightline.common.announce import quietly
from sightline.common.clock import local_date
from sightline.intake.models import Contact
from sightline.people.commands import Document, Entry, Place, Related, Written, record_sources
from sightline.people.linking import link_sources
from sightline.people.models import Link
from sightline.sharing.commands import NEW_FAMILY
from sightline.sharing.team import open_to_team

LABEL = "Recorded by the team: a family new to the area"
NOBODY_KNOWN = Written({"role": "other"})


@dataclass(frozen=True)
class Told:
    """What the team was told: where the family lives and who they are, as far as known."""

    place: Place
    told_by: str
    comes_from: str = ""
    people: Sequence[Written] = field(default_factory=tuple)
    related: Sequence[Related] = field(default_factory=tuple)


@transaction.atomic
def record_family(*, told: Told, key: UUID, by: User, now: datetime) -> Contact:
    """Write a family down, link its people, and open them to the team. Once for each `key`.

    Of a family of whom nobody is known by name there is one person without a name.
    """
    require(by, Perm.RECORD_FAMILY)
    _one_at_a_time(key)
    if known := Contact.objects.filter(key=key).first():
        return known
    with quietly("source.recorded"):
        [source] = record_sources([Entry(_document(told, now))], now=now)
    contact = Contact.objects.create(
        key=key, source=source, comes_from=told.comes_from, told_by=told.told_by,
        recorded_at=now, recorded_by=by,
    )  # fmt: skip
    link_sources([source], now=now)
    open_new_families([source.pk], now=now)
    record("family.recorded", contact, by=by, at=now)
    return contact


def open_new_families(source_ids: Iterable[int], *, now: datetime) -> None:
    """Open to the team who is in these families, as they are linked now. Others are left alone."""
    told = Contact.objects.filter(source__in=list(source_ids)).select_related("recorded_by")
    for contact in told:
        links = Link.objects.filter(mention__source=contact.source_id, ended_at__isnull=True)
        stand_for = [(str(contact.pk), link.person_id) for link in links]
        open_to_team(NEW_FAMILY, stand_for, by=contact.recorded_by, now=now)


def _one_at_a_time(key: UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(key)])


def _document(told: Told, now: datetime) -> Document:
    return Document(
        label=LABEL,
        on=local_date(now),
        happened=None,
        people=told.people or (NOBODY_KNOWN,),
        related=told.related,
        told_of=told.place,
    )
