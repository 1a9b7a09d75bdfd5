"""Setting up agencies and the people of them."""

from datetime import datetime

from django.db import transaction

from sightline.access.models import Agency, AgencyKind, Team, User
from sightline.access.roles import ROLES
from sightline.audit.commands import record


@transaction.atomic
def add_agency(
    *, name: str, kind: AgencyKind, core: bool = False, by: User | None, now: datetime
) -> Agency:
    """Add an agency, or return the one of that name."""
    agency, made = Agency.objects.get_or_create(name=name, defaults={"kind": kind, "core": core})
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
            "password": password_hash,
            "team": Team.objects.get_or_create(agency=agency, name=team)[0] if team else None,
        },
    )  # fmt: skip
    if made:
        record("user.added", user, by=by, at=now, roles=roles)
    return user
