"""Codes with which a new user, or one who lost everything, gets in once.

No link goes out by e-mail: whoever reads somebody's mail must not get in. An administrator reads
the code out, or hands it over.
"""

from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction

from sightline.access.models import User
from sightline.accounts.codes import new_code, tidy
from sightline.accounts.models import EntryCode
from sightline.accounts.sealing import digest
from sightline.audit.commands import record
from sightline.common.errors import WrongMoment

GOOD_FOR = timedelta(days=3)
NO_MORE = "The code is not good any more. Ask your administrator for a new one."


@transaction.atomic
def new_entry_code(*, user: User, by: User | None, now: datetime) -> str:
    """Return a code for a user, which can never be shown again; an earlier one opens nothing."""
    withdraw_entry_codes(user, now)
    code = new_code()
    EntryCode.objects.create(
        user=user, digest=digest(code), made_at=now, made_by=by, good_until=now + GOOD_FOR
    )
    record("entry_code.made", user, by=by, at=now)
    return code


def withdraw_entry_codes(user: User, now: datetime) -> None:
    """Let no code of a user open anything from now on."""
    EntryCode.objects.filter(user=user, used_at=None, withdrawn_at=None).update(withdrawn_at=now)


def find_entry_code(email: str, typed: str, now: datetime) -> EntryCode | None:
    """Return the code if it is this account's and still lets in."""
    codes = EntryCode.objects.filter(EntryCode.usable(now)).select_related("user__agency")
    return codes.filter(digest=digest(tidy(typed)), user__email=email.strip().lower()).first()


@transaction.atomic
def use_entry_code(*, code: EntryCode, now: datetime) -> User:
    """Use a code up and return whose it is. Raises WrongMoment if it lets nobody in any more."""
    usable = EntryCode.objects.filter(EntryCode.usable(now))
    found = usable.select_for_update(of=("self",)).filter(pk=code.pk).first()
    if found is None:
        raise WrongMoment(NO_MORE)
    found.used_at = now
    found.save(update_fields=["used_at"])
    record("entry_code.used", found.user, by=found.user, at=now)
    return found.user


@transaction.atomic
def choose_password(*, code: EntryCode, password: str, now: datetime) -> User:
    """Use a code up to set its user's first password. Raises WrongMoment."""
    user = use_entry_code(code=code, now=now)
    return change_password(user=user, password=password, now=now)


@transaction.atomic
def change_password(*, user: User, password: str, now: datetime) -> User:
    """Set another password, which the form has found good enough; other sessions end."""
    user.password = make_password(password)
    user.save(update_fields=["password"])
    record("user.password_set", user, by=user, at=now)
    return user
