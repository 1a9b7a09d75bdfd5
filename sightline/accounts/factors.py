"""The second factor: what a user has, and whether what they show is one of theirs."""

from datetime import datetime

from django.db import transaction

from sightline.access.models import User
from sightline.accounts.ending import end
from sightline.accounts.models import Authenticator, Identity, Passkey, RecoveryCode
from sightline.accounts.passkeys import passkeys_of
from sightline.accounts.recovery import take_recovery_code
from sightline.accounts.totp import authenticator_of, take_code
from sightline.common.errors import WrongMoment

DIGITS = 6


def has_second_factor(user: User) -> bool:
    """Whether the user has an authenticator app or a passkey."""
    return authenticator_of(user) is not None or passkeys_of(user).exists()


def take(user: User, typed: str, now: datetime) -> bool:
    """Whether what was typed is a code of the user's app or a recovery code; it is used up."""
    digits = "".join(typed.split())
    if len(digits) == DIGITS and digits.isdecimal():
        return take_code(user, digits, now)
    return take_recovery_code(user, typed, now)


@transaction.atomic
def remove_passkey(*, user: User, pk: int, now: datetime) -> None:
    """End one of the user's own passkeys, unless it is their only second factor: WrongMoment."""
    User.objects.select_for_update().get(pk=user.pk)
    left = passkeys_of(user).exclude(pk=pk).exists() or authenticator_of(user) is not None
    key = passkeys_of(user).filter(pk=pk)
    if key.exists() and not left:
        raise WrongMoment("It is your only second factor. Add another before you remove it.")
    end(key, by=user, now=now)


@transaction.atomic
def end_all(*, user: User, by: User, now: datetime) -> None:
    """End whatever a user got in with but the password: they lost it, or left."""
    for model in (Authenticator, Passkey, Identity):
        end(model.objects.filter(user=user), by=by, now=now)
    RecoveryCode.objects.filter(user=user, used_at=None).delete()
