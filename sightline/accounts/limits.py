"""Attempts are counted before they are looked at, in the database, so that all processes know.

Counted by account and by network address. A browser in which the account has signed in before is
known by a signed cookie and counted apart: what strangers try elsewhere does not delay its owner.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.signing import BadSignature
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from sightline.access.models import User
from sightline.accounts.models import Attempts
from sightline.common.clock import local_date
from sightline.rules.access.rules_file import Waits, rules_on
from sightline.rules.access.waits import FORGOTTEN, still_to_wait

COOKIE = "sightline_browser"
COOKIE_DAYS = 90


@dataclass(frozen=True)
class Keys:
    """Under which an attempt is counted."""

    account: str
    address: str


def keys_of(request: HttpRequest, account: str, what: str) -> Keys:
    """Return the keys of an attempt at an account, which need not exist; "": at any account.

    A browser that is known counts for its address too: a colleague, or a proxy that nobody set up,
    must not make a whole office wait.
    """
    browser = _browser(request, account) if account else None
    address = browser or _address(request)
    return Keys(_digest(what, browser or account.lower() or address), _digest("address", address))


def attempt(keys: Keys, now: datetime) -> timedelta:
    """Count an attempt as failed until `forgive` takes it back, and return nought; or return how
    long to wait first, and count nothing."""
    rules = rules_on(local_date(now))
    with transaction.atomic():
        address, account = _locked(keys.address, now), _locked(keys.account, now)
        if left := max(_left(address, rules.address, now), _left(account, rules.account, now)):
            return left
        for row in (address, account):
            row.failures, row.last_at = row.failures + 1, now
            row.save()
    return timedelta(0)


def forgive(keys: Keys, now: datetime) -> None:
    """The attempt succeeded: the account's failures are over, the address has one less."""
    with transaction.atomic():
        address = _locked(keys.address, now)
        address.failures = max(address.failures - 1, 0)
        address.save()
        Attempts.objects.filter(key=keys.account).update(failures=0)


def forget(now: datetime) -> None:
    """Delete what counts no longer."""
    Attempts.objects.filter(last_at__lt=now - FORGOTTEN).delete()


def remember_browser(response: HttpResponse, request: HttpRequest, user: User) -> None:
    """Have this browser counted for itself from now on."""
    browser = _browser(request, user.email) or secrets.token_urlsafe(16)
    response.set_signed_cookie(
        COOKIE, f"{_digest('browser', user.email)}|{browser}", max_age=COOKIE_DAYS * 86_400,
        httponly=True, secure=settings.SECURE, samesite="Lax",
    )  # fmt: skip


def _browser(request: HttpRequest, account: str) -> str | None:
    """Return what this browser is called, when this account has signed in from it before."""
    try:
        cookie = request.get_signed_cookie(COOKIE, max_age=COOKIE_DAYS * 86_400)
    except (KeyError, BadSignature):
        return None
    whose, _, browser = str(cookie).partition("|")
    return browser if whose == _digest("browser", account.lower()) else None


def _address(request: HttpRequest) -> str:
    """The address that asked, as the nearest proxy that we trust saw it."""
    seen = request.headers.get("X-Forwarded-For", "").split(",")
    hops = settings.PROXIES
    if hops and len(seen) >= hops:
        return seen[-hops].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def _digest(what: str, value: str) -> str:
    return salted_hmac(f"sightline.attempts.{what}", value, algorithm="sha256").hexdigest()


def _locked(key: str, now: datetime) -> Attempts:
    row, _ = Attempts.objects.select_for_update().get_or_create(key=key, defaults={"last_at": now})
    if now - row.last_at > FORGOTTEN:
        row.failures = 0
    return row


def _left(row: Attempts, waits: Waits, now: datetime) -> timedelta:
    return still_to_wait(row.failures, now - row.last_at, waits)
