"""The first administrator of an agency, from the console: somebody must be first."""

from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from sightline.access.commands import add_user
from sightline.access.models import Agency, User
from sightline.accounts.entry import new_entry_code
from sightline.accounts.models import Membership
from sightline.accounts.whose import ADMINISTRATOR
from sightline.audit.commands import record
from sightline.common.errors import NotUnderstood


@transaction.atomic
def let_in(*, email: str, name: str, agency: Agency, now: datetime) -> tuple[User, str]:
    """Make somebody an agency's administrator, with access, and return them with a code.

    What they signed in with stays until they use the code. Raises NotUnderstood for somebody of
    another agency, and for somebody new without a name.
    """
    there = User.objects.select_for_update().filter(email=email.strip().lower()).first()
    if there is not None and there.agency_id != agency.pk:
        raise NotUnderstood("That e-mail address is of somebody of another agency.")
    if there is None and not name:
        raise NotUnderstood("There is no such user: for somebody new, give a name too.")
    user = there or add_user(
        email=email.strip(), name=name, agency=agency, roles=[ADMINISTRATOR],
        password_hash=make_password(None), by=None, now=now,
    )  # fmt: skip
    _make_administrator(user, now)
    return user, new_entry_code(user=user, by=None, now=now)


def _make_administrator(user: User, now: datetime) -> None:
    if ADMINISTRATOR not in user.roles or not user.is_active:
        user.roles = [*dict.fromkeys([*user.roles, ADMINISTRATOR])]
        user.is_active = True
        user.save(update_fields=["roles", "is_active"])
        record("user.roles_set", user, by=None, at=now, after=user.roles)
    Membership.objects.update_or_create(
        user=user,
        defaults={
            "confirmed_at": now, "confirmed_by": None, "ended_at": None, "ended_by": None,
            "ended_because": "",
        },
    )  # fmt: skip
