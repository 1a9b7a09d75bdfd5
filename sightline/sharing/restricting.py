"""Restricting a record: who sees it by name, who never does, and lifting that again.

A restricted person is seen by whoever is named, and through doors that are for few (the school's
message, the vault); the screening team and agencies at large do not find them. Joining keeps the
strictest (people/moving).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404

from sightline.access.models import Agency, User
from sightline.access.queries import require
from sightline.access.roles import Perm
from sightline.audit.commands import record, record_search
from sightline.common.errors import NotUnderstood
from sightline.people.models import KeptFrom, Person
from sightline.sharing.commands import BY_NAME, Door, disclose
from sightline.sharing.exactly import Exactly, find_exactly
from sightline.sharing.models import SHUT_BY_RESTRICTION, TEAM_AT_LARGE, Disclosure, Origin
from sightline.sharing.queries import OPEN_THOUGH_RESTRICTED

OPEN_FOR = timedelta(days=90)  # then somebody names them again, or they need it no more
REASON = 10  # characters: fewer are no reason
SEES = frozenset({Perm.SEE_PERSON, Perm.RECEIVE_NOTICES})


@dataclass(frozen=True)
class Whom:
    """Who sees a restricted record by name, and who sees nothing of it."""

    named: Sequence[User] = ()
    kept_users: Sequence[User] = ()
    kept_agencies: Sequence[Agency] = ()


def meant(who: Exactly, person: int | None, *, by: User, now: datetime) -> int:
    """Return the person that a lead means: by their number in the logs, or exactly.

    What was asked for is kept. Raises NotUnderstood where it is nobody, or more than one.
    """
    require(by, Perm.RESTRICT)
    if person is not None:
        found = list(Person.objects.filter(pk=person).values_list("pk", flat=True))
    else:
        found = find_exactly(who)
    record_search(by=by, at=now, page="restriction", terms=str(person or who), found=len(found))
    if len(found) != 1:
        raise NotUnderstood("More than one person fits." if found else "Nobody fits exactly.")
    return found[0]


def restricted() -> QuerySet[Person]:
    """Return whose records are restricted, the latest first."""
    found = Person.objects.filter(restricted_at__isnull=False).select_related("restricted_by")
    return found.order_by("-restricted_at", "-pk")


def restricted_or_404(person_id: int) -> Person:
    person = restricted().filter(pk=person_id).first()
    if person is None:
        raise Http404
    return person


@transaction.atomic
def restrict(*, person_id: int, because: str, whom: Whom, by: User, now: datetime) -> Person:
    """Restrict a person's record. Doing it again adds to who is named and who is kept from it.

    Raises NotUnderstood without a reason, and for somebody named who has no role that sees people
    or is kept from this one.
    """
    require(by, Perm.RESTRICT)
    because = " ".join(because.split())
    if by in whom.named:
        raise NotUnderstood("Whoever restricts a record does not open it to themselves.")
    person = Person.objects.select_for_update(of=("self",)).get(pk=person_id)
    if person.restricted_at is None:
        if len(because) < REASON:
            raise NotUnderstood("Say in a sentence why the record is restricted.")
        person.restricted_at, person.restricted_by = now, by
        person.restricted_because = because[:300]
        person.save(update_fields=["restricted_at", "restricted_by", "restricted_because"])
        record("restriction.set", person, by=by, at=now)
    _keep_from(person, whom, by, now)
    _name(person, whom.named, by, now)
    return person


def _keep_from(person: Person, whom: Whom, by: User, now: datetime) -> None:
    wanted = [{"user": user} for user in whom.kept_users]
    wanted += [{"agency": agency} for agency in whom.kept_agencies]  # type: ignore[dict-item]
    for one in wanted:
        kept, made = KeptFrom.objects.get_or_create(
            person=person, ended_at=None, **one, defaults={"kept_at": now, "kept_by": by}
        )
        if made:
            record("restriction.kept_from", kept, by=by, at=now, person=person.pk)
    doors = Disclosure.objects.filter(origin=Origin.NAMED, person=person, until_at__gt=now)
    doors.filter(user__in=whom.kept_users).update(until_at=now)
    doors.filter(agency__in=whom.kept_agencies).update(until_at=now)


def _name(person: Person, users: Sequence[User], by: User, now: datetime) -> None:
    for user in users:
        _refuse_named(person, user)
    doors = [
        Door(user.agency_id, person.pk, str(user.pk), now + OPEN_FOR, user.pk) for user in users
    ]
    disclose(BY_NAME, doors, by=by, now=now)
    for user in users:
        record("restriction.named", person, by=by, at=now, user=user.pk)


def _refuse_named(person: Person, user: User) -> None:
    if not user.perms & SEES:
        raise NotUnderstood(f"{user.name} has no role that may look at people.")
    kept = person.kept_from.filter(ended_at__isnull=True)
    if kept.filter(user=user).exists() or kept.filter(agency=user.agency_id).exists():
        raise NotUnderstood(f"{user.name} is kept from this record: end that first.")


@transaction.atomic
def let_in(*, kept: KeptFrom, by: User, now: datetime) -> None:
    """Keep somebody from a record no longer. Twice is once."""
    require(by, Perm.RESTRICT)
    if KeptFrom.objects.filter(pk=kept.pk, ended_at__isnull=True).update(ended_at=now, ended_by=by):
        record("restriction.let_in", kept, by=by, at=now, person=kept.person_id)


@transaction.atomic
def unname(*, person: Person, user: User, by: User, now: datetime) -> None:
    """Close the door that was opened to somebody by name. Twice is once."""
    require(by, Perm.RESTRICT)
    doors = Disclosure.objects.filter(
        origin=Origin.NAMED, person=person, user=user, until_at__gt=now
    )
    if doors.update(until_at=now):
        record("restriction.unnamed", person, by=by, at=now, user=user.pk)


@transaction.atomic
def lift(*, person_id: int, because: str, by: User, now: datetime) -> None:
    """Lift a restriction: nobody is kept from it, nobody is named any more. Twice is once.

    Raises NotUnderstood without a reason.
    """
    require(by, Perm.RESTRICT)
    because = " ".join(because.split())
    person = Person.objects.select_for_update(of=("self",)).get(pk=person_id)
    if person.restricted_at is None:
        return
    if len(because) < REASON:
        raise NotUnderstood("Say in a sentence why it is lifted.")
    person.kept_from.filter(ended_at__isnull=True).update(ended_at=now, ended_by=by)
    Disclosure.objects.filter(origin=Origin.NAMED, person=person, until_at__gt=now).update(
        until_at=now
    )
    person.restricted_at = person.restricted_by = None
    person.restricted_because = because[:300]
    person.save(update_fields=["restricted_at", "restricted_by", "restricted_because"])
    record("restriction.lifted", person, by=by, at=now)


def own_doors(person: Person, now: datetime) -> QuerySet[Disclosure]:
    """Return the doors that stand open to a restricted person: by name, and of single agencies."""
    found = Disclosure.objects.filter(
        OPEN_THOUGH_RESTRICTED, person=person, from_at__lte=now, until_at__gt=now
    )
    return found.select_related("agency", "user__agency").order_by("agency__name", "pk")


def shut_doors(person: Person, now: datetime) -> QuerySet[Disclosure]:
    """Return the doors that the restriction shuts: of these agencies somebody may have to be named,
    because they have an action, say."""
    found = Disclosure.objects.filter(
        origin__in=SHUT_BY_RESTRICTION, person=person, from_at__lte=now, until_at__gt=now
    )
    own = found.exclude(origin__in=TEAM_AT_LARGE)
    return own.select_related("agency").order_by("agency__name", "pk")


def users_by_email(emails: str) -> list[User]:
    """Return active users by their e-mail addresses. Raises NotUnderstood naming the unknown."""
    wanted = {word.lower() for word in emails.replace(",", " ").split()}
    found = list(User.objects.filter(email__in=wanted, is_active=True).order_by("pk"))
    if unknown := sorted(wanted - {user.email for user in found}):
        raise NotUnderstood(f"Nobody signs in with {', '.join(unknown)}.")
    return found
