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
    on = max(local_date(notice.due_at), local_date(now))
    if notice.school is not None:
        able = [user for user in key_adults(notice.school) if Perm.RECEIVE_NOTICES in user.perms]
        return _there_first(able, on)
    if notice.office_id is not None:
        return list(officers(Perm.RECEIVE_NOTICES, on, agency_id=notice.office_id))
    return []


def officers(perm: Perm, on: date, *, agency_id: int | None = None) -> Iterable[User]:
    """Return the council's officers who may do this, those who are there first."""
    roles = [code for code, role in ROLES.items() if perm in role.perms]
    found = User.objects.filter(roles__overlap=roles, is_active=True, agency__closed_on=None)
    if agency_id is not None:
        found = found.filter(agency=agency_id)
    return _there_first(list(found.order_by("pk")), on)


def _there_first(able: list[User], on: date) -> list[User]:
    away = set(
        Absence.objects.filter(
            user__in=able, withdrawn_at__isnull=True, first__lte=on, last__gte=on
        ).values_list("user", flat=True)
    )
    return sorted(able, key=lambda user: user.pk in away)
