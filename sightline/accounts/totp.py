"""Authenticator apps: six digits from a shared secret and the time (RFC 6238)."""

import io
from datetime import datetime

import pyotp
import segno
from django.db import transaction

from sightline.access.models import User
from sightline.accounts.ending import end
from sightline.accounts.models import Authenticator
from sightline.accounts.sealing import SealBroken, seal, unseal
from sightline.audit.commands import record
from sightline.common.errors import NotUnderstood

STEP = 30  # seconds a code is shown
DRIFT = 1  # steps that a telephone's clock may be off


def new_secret() -> str:
    """Return a new secret, as an app wants it typed."""
    return pyotp.random_base32()


def picture(secret: str, user: User) -> bytes:
    """Return the PNG that an app reads instead of the typed secret."""
    address = pyotp.TOTP(secret).provisioning_uri(name=user.email, issuer_name="Sightline")
    file = io.BytesIO()
    segno.make(address, error="m").save(file, kind="png", scale=5, border=4)
    return file.getvalue()


def step_of(secret: str, code: str, now: datetime, *, after: int = 0) -> int | None:
    """Return the half minute that a code is of, if it is now or nearly and after the last taken."""
    app, this = pyotp.TOTP(secret), int(now.timestamp()) // STEP
    for step in range(this - DRIFT, this + DRIFT + 1):
        if step > after and pyotp.utils.strings_equal(app.at(step * STEP), code):
            return step
    return None


@transaction.atomic
def add_authenticator(*, user: User, secret: str, code: str, now: datetime) -> Authenticator:
    """Keep the app whose code shows that it has the secret; an earlier app ends.

    Sending the same secret again returns what is there. Raises NotUnderstood for a wrong code.
    """
    User.objects.select_for_update().get(pk=user.pk)
    current = authenticator_of(user)
    if current is not None and _secret(current) == secret:
        return current
    step = step_of(secret, code, now)
    if step is None:
        raise NotUnderstood("That is not the code that the app shows now. Type the newest one.")
    end(Authenticator.objects.filter(user=user), by=user, now=now)
    made = Authenticator.objects.create(
        user=user, sealed=seal(secret), last_step=step, added_at=now, added_by=user
    )
    record("authenticator.added", made, by=user, at=now)
    return made


@transaction.atomic
def take_code(user: User, code: str, now: datetime) -> bool:
    """Whether this is a code of the user's app that was not taken before; it is taken now."""
    app = Authenticator.objects.select_for_update().filter(user=user, ended_at=None).first()
    secret = _secret(app) if app else None
    step = step_of(secret, code, now, after=app.last_step) if app and secret else None
    if app is None or step is None:
        return False
    app.last_step = step
    app.save(update_fields=["last_step"])
    return True


def authenticator_of(user: User) -> Authenticator | None:
    """Return the user's app, or None."""
    return Authenticator.objects.filter(user=user, ended_at=None).first()


def _secret(app: Authenticator) -> str | None:
    """Return the secret, or None when the key that sealed it is lost: then no code fits."""
    try:
        return unseal(app.sealed)
    except SealBroken:
        return None
