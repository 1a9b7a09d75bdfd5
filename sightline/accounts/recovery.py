"""Ten codes for the day when telephone and key are lost. Shown once, kept as digests."""

from datetime import datetime

from django.db import transaction

from sightline.access.models import User
from sightline.accounts.codes import new_code, tidy
from sightline.accounts.models import RecoveryCode
from sightline.accounts.sealing import digest
from sightline.audit.commands import record

MANY = 10


@transaction.atomic
def new_recovery_codes(*, user: User, now: datetime) -> list[str]:
    """Return ten new codes, which can never be shown again; the earlier ones open nothing."""
    RecoveryCode.objects.filter(user=user, used_at=None).delete()
    codes = [new_code() for _ in range(MANY)]
    RecoveryCode.objects.bulk_create(
        RecoveryCode(user=user, digest=digest(code), made_at=now, made_by=user) for code in codes
    )
    record("recovery_codes.made", user, by=user, at=now)
    return codes


@transaction.atomic
def take_recovery_code(user: User, typed: str, now: datetime) -> bool:
    """Whether this is one of the user's codes that was not used yet; it is used now."""
    codes = RecoveryCode.objects.select_for_update()
    code = codes.filter(user=user, used_at=None, digest=digest(tidy(typed))).first()
    if code is None:
        return False
    code.used_at = now
    code.save(update_fields=["used_at"])
    record("recovery_code.used", user, by=user, at=now)
    return True


def codes_left(user: User) -> int:
    """Return how many codes the user has left."""
    return RecoveryCode.objects.filter(user=user, used_at=None).count()
