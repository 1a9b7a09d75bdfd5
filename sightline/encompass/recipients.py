"""Who is told: in a school its key adults, in the council its officer; whoever is there first."""

from collections.abc import Iterable
from datetime import date, datetime

from sightline.access.models import Absence, User
from sightline.access.roles import ROLES, Perm
from sightline.common.clock import local_date
from sightline.directory.queries import key_adults
from sightline.encompass.models import Notice


def recipients(notice: Notice, now: datetime) -> list[User]:
    """Return who can read a notice, in the order in which they are told.

    Whoever is absent on the day on which it is to be read comes last: a message that only they can
    have is sent to them all the same.
    """
    able = _able(notice)
    away = _away(able, _read_on(notice, now))
    return sorted(able, key=lambda user: user.pk in away)


def deputies_there(notice: Notice, now: datetime) -> list[User]:
    """Return who of those after the first is there on the day on which it is to be read."""
    people = recipients(notice, now)
    away = _away(people, _read_on(notice, now))
    return [user for user in people[1:] if user.pk not in away]


def _able(notice: Notice) -> list[User]:
    if notice.school is not None:
        return [user for user in key_adults(notice.school) if Perm.RECEIVE_NOTICES in user.perms]
    return _officers(Perm.RECEIVE_NOTICES, notice.office_id) if notice.office_id else []


def _read_on(notice: Notice, now: datetime) -> date:
    return max(local_date(notice.due_at), local_date(now))


def officers(perm: Perm, on: date) -> list[User]:
    """Return the council's officers who may do this, those who are there first."""
    able = _officers(perm)
    away = _away(able, on)
    return sorted(able, key=lambda user: user.pk in away)


def _officers(perm: Perm, agency_id: int | None = None) -> list[User]:
    roles = [code for code, role in ROLES.items() if perm in role.perms]
    found = User.objects.filter(roles__overlap=roles, is_active=True, agency__closed_on=None)
    if agency_id is not None:
        found = found.filter(agency=agency_id)
    return list(found.order_by("pk"))


def _away(people: Iterable[User], on: date) -> frozenset[int]:
    absent = Absence.objects.filter(
        user__in=list(people), withdrawn_at__isnull=True, first__lte=on, last__gte=on
    )
    return frozenset(absent.values_list("user", flat=True))
