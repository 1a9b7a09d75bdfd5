"""Closed cases: those whose standing disclosure to an agency has ended.

That there was a case is no news to an agency to which it was open, so those of its users who may
look again find it by name, birth date or number, as it was when it closed. They see nothing else
until they open it with a reason, which is an entry of its own in the ledger.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.http import Http404

from sightline.access.models import User
from sightline.access.queries import require
from sightline.access.roles import Perm
from sightline.audit.commands import record
from sightline.common.words import short_day
from sightline.people.models import Link, Person
from sightline.sharing.commands import FOR_ENQUIRY, Door, disclose
from sightline.sharing.models import Disclosure, Origin
from sightline.sharing.queries import Answer, visible_persons

A_LOOK = timedelta(hours=24)


@dataclass(frozen=True)
class Closed(Answer):
    """Nothing is open but that there was a case, as it was known when it closed."""

    closed_at: datetime | None = None

    def covers(self, recorded_at: datetime) -> bool:
        """Whether what was written down then was known when the case closed."""
        return self.closed_at is not None and recorded_at <= self.closed_at


def closed_persons(user: User, now: datetime) -> QuerySet[Person]:
    """Return the persons of closed cases whom this user may find: none that is open or restricted.

    Whoever is restricted is found through a door of their own only.
    """
    if Perm.LOOK_AGAIN not in user.perms:
        return Person.objects.none()
    was_open = Disclosure.objects.filter(_ended(user, now), person=OuterRef("pk"))
    is_open = visible_persons(user, now).filter(pk=OuterRef("pk"))
    return Person.objects.filter(Exists(was_open), ~Exists(is_open), restricted_at__isnull=True)


def findable_persons(user: User, now: datetime) -> QuerySet[Person]:
    """Return the persons whom this user may find, open or closed."""
    opened = visible_persons(user, now)
    if Perm.LOOK_AGAIN not in user.perms:
        return opened
    was_open = Disclosure.objects.filter(_ended(user, now), person=OuterRef("pk"))
    return opened | Person.objects.filter(Exists(was_open), restricted_at__isnull=True)


def why_known(user: User, person_ids: Iterable[int], now: datetime) -> dict[int, Closed]:
    """Return for each person of a closed case when it closed. One query."""
    ended = Disclosure.objects.filter(_ended(user, now), person_id__in=list(person_ids))
    return {
        door.person_id: Closed(
            True, f"closed case: disclosure {door.pk} ended {short_day(door.until_at)}",
            closed_at=door.until_at,
        )
        for door in ended.order_by("until_at", "pk")
    }  # fmt: skip


def closed_or_404(user: User, person_id: int, now: datetime) -> Closed:
    """Return when a person's case closed; 404 for everybody else."""
    if not closed_persons(user, now).filter(pk=person_id).exists():
        raise Http404
    return why_known(user, [person_id], now)[person_id]


@transaction.atomic
def look_again(*, person_id: int, reason: str, key: str, by: User, now: datetime) -> None:
    """Open a closed case to the user's agency for a day. The same `key` again changes nothing.

    Source of the choice: docs/adr/0013-closed-cases.md. 404 for a person whose case is not closed.
    """
    require(by, Perm.LOOK_AGAIN)
    if Disclosure.objects.filter(origin=Origin.ENQUIRY, origin_id=key, person=person_id).exists():
        return
    closed_or_404(by, person_id, now)
    grant = replace(FOR_ENQUIRY, reason=f"{FOR_ENQUIRY.reason}: {reason}"[:300])
    disclose(grant, [Door(by.agency_id, person_id, key, now + A_LOOK)], by=by, now=now)
    record("case.looked_up_again", Person(pk=person_id), by=by, at=now)


def _ended(user: User, now: datetime) -> Q:
    """Doors of cases that ended by themselves.

    One that was closed because a link was corrected speaks of somebody else: it was never this
    person's case.
    """
    linked = Link.objects.filter(person=OuterRef("person"), ended_at__isnull=True)
    incident = Cast("mention__source__incident_id", CharField())
    of_the_case = linked.annotate(incident=incident).filter(incident=OuterRef("origin_id"))
    ended = Q(agency_id=user.agency_id, until_at__lte=now)
    return ended & (
        Q(Exists(of_the_case), origin=Origin.STANDING) | Q(Exists(linked), origin=Origin.CONTACT)
    )
