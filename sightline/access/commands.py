"""Setting up agencies and the people of them."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from sightline.access.models import Agency, AgencyKind, Team, User
from sightline.access.roles import ROLES
from sightline.audit.commands import record
from sightline.rules.research.services import Service


@transaction.atomic
def add_agency(
    *,
    name: str,
    kind: AgencyKind,
    core: bool = False,
    services: Sequence[Service] = (),
    by: User | None,
    now: datetime,
) -> Agency:
    """Add an agency, or return the one of that name. `services`: what it is asked as."""
    asked_as = [service.value for service in services]
    agency, made = Agency.objects.get_or_create(
        name=name, defaults={"kind": kind, "core": core, "services": asked_as}
    )
    if made:
        record("agency.added", agency, by=by, at=now)
    return agency


@transaction.atomic
def add_user(
    *,
    email: str,
    name: str,
    agency: Agency,
    roles: list[str],
    password_hash: str,
    job_title: str = "",
    telephone: str = "",
    team: str = "",
    by: User | None,
    now: datetime,
) -> User:
    """Add somebody who may sign in, or return the one with that e-mail.

    Raises ValueError for a role that does not exist.
    """
    unknown = [role for role in roles if role not in ROLES]
    if unknown:
        raise ValueError(f"no such role: {', '.join(unknown)}")
    user, made = User.objects.get_or_create(
        email=email.lower(),
        defaults={
            "name": name, "agency": agency, "roles": roles, "job_title": job_title,
            "telephone": telephone, "password": password_hash,
            "team": Team.objects.get_or_create(agency=agency, name=team)[0] if team else None,
        },
    )  # fmt: skip
    if made:
        record("user.added", user, by=by, at=now, roles=roles)
    return user


@transaction.atomic
def set_manager(*, user: User, manager: User | None, by: User | None, now: datetime) -> User:
    """Say who answers for a user's work: somebody of the same agency, and never in a circle.

    Raises ValueError for anybody else. Saying so twice is saying it once.
    """
    if manager is not None and (manager.agency_id != user.agency_id or user.pk in _chain(manager)):
        raise ValueError(
            "a manager is somebody else of the same agency, who is not managed by them"
        )
    if user.manager_id != (manager.pk if manager else None):
        user.manager = manager
        user.save(update_fields=["manager"])
        record("user.manager_set", user, by=by, at=now, manager=manager.pk if manager else None)
    return user


def _chain(manager: User | None) -> set[int]:
    """Return the ids of this user and of everybody above."""
    above: set[int] = set()
    while manager is not None and manager.pk not in above:
        above.add(manager.pk)
        manager = manager.manager
    return above
