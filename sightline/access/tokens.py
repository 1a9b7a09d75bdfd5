"""Tokens with which an agency's machine comes in, each for some uses; only digests are kept."""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from sightline.access.models import Agency, SenderToken, TokenUse, User
from sightline.audit.commands import record

PREFIX = "slt_"  # so that a scanner for leaked secrets can know one when it sees it


@transaction.atomic
def issue(
    *,
    agency: Agency,
    label: str,
    uses: Sequence[TokenUse] = (TokenUse.NOTIFICATIONS,),
    by: User,
    now: datetime,
) -> tuple[SenderToken, str]:
    """Return a new token of an agency, and its secret, which can never be shown again.

    There is no page for this: it is done at the console, by whoever may use that.
    """
    secret = PREFIX + secrets.token_urlsafe(32)
    token = SenderToken.objects.create(
        agency=agency, label=label, digest=_digest(secret), created_at=now, created_by=by,
        uses=[use.value for use in uses],
    )  # fmt: skip
    record("token.issued", token, by=by, at=now, agency=agency.pk)
    return token, secret


def find(secret: str, use: TokenUse, now: datetime) -> SenderToken | None:
    """Return the token that this secret belongs to, or None when it opens nothing (any more), or
    not for this use.

    The look-up goes by digest: what its duration may tell says nothing about the secret.
    """
    digest = _digest(secret)
    token = SenderToken.objects.select_related("agency").filter(digest=digest).first()
    if token is None or not hmac.compare_digest(token.digest, digest) or use not in token.uses:
        return None
    return token if token.is_valid(now) and token.agency.closed_on is None else None


@transaction.atomic
def revoke(*, token: SenderToken, by: User, now: datetime) -> SenderToken:
    """Let a token open nothing from now on. Revoking it again changes nothing."""
    token = SenderToken.objects.select_for_update().get(pk=token.pk)
    if token.revoked_at is None:
        token.revoked_at, token.revoked_by = now, by
        token.save(update_fields=["revoked_at", "revoked_by"])
        record("token.revoked", token, by=by, at=now)
    return token


def _digest(secret: str) -> str:
    """A digest without salt will do: the secret is 256 random bits, not a person's password."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
