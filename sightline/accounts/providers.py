"""Agencies' own sign-in (OpenID Connect). The library checks signature, issuer, audience, nonce,
state and the proof key; here is who may come in by it.
"""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.django_client import OAuth
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from joserfc.errors import JoseError

from sightline.access.models import Agency, User
from sightline.accounts.ending import end
from sightline.accounts.entry import use_entry_code
from sightline.accounts.models import EntryCode, Identity, Issuer
from sightline.accounts.sealing import SealBroken, seal, unseal
from sightline.audit.commands import record
from sightline.common.errors import NotUnderstood, WrongMoment

TIMEOUT = 10  # seconds
FRESH = 300  # seconds: what an agency must have asked its user again within
DISCOVERY = "/.well-known/openid-configuration"


class ProviderFailed(Exception):
    """The agency's sign-in does not answer, or its answer cannot be trusted."""


@transaction.atomic
def set_issuer(
    *, agency: Agency, url: str, client_id: str, secret: str, asks_second_factor: bool,
    by: User | None, now: datetime,
) -> Issuer:  # fmt: skip
    """Set the one issuer through which an agency's people come in. Twice the same is once.

    Whoever was bound to another issuer has to be let in anew. Raises NotUnderstood.
    """
    _require_safe(url)
    issuer = Issuer.objects.select_for_update().filter(agency=agency).first()
    issuer = issuer or Issuer(agency=agency)
    issuer.url, issuer.client_id, issuer.sealed_secret = url.rstrip("/"), client_id, seal(secret)
    issuer.asks_second_factor, issuer.set_at, issuer.set_by = asks_second_factor, now, by
    issuer.save()
    record("issuer.set", issuer, by=by, at=now, agency=agency.pk)
    return issuer


def go_there(issuer: Issuer, request: HttpRequest, back: str, *, again: bool) -> HttpResponse:
    """Return the way to an agency's sign-in; `again`: whoever is signed in there is asked anew.

    Raises ProviderFailed.
    """
    more = {"prompt": "login", "max_age": 0} if again else {}
    try:
        answer: HttpResponse = _client(issuer).authorize_redirect(request, back, **more)
    except (AuthlibBaseError, requests.RequestException, ValueError, SealBroken) as error:
        raise ProviderFailed from error
    return answer


def who_came_back(issuer: Issuer, request: HttpRequest, now: datetime, *, again: bool) -> str:
    """Return the subject that an agency's sign-in vouches for. Raises ProviderFailed."""
    client = _client(issuer)
    try:
        said: dict[str, Any] = client.authorize_access_token(
            request, claims_options={"iss": {"essential": True, "values": [issuer.url]}}
        )["userinfo"]
    except (
        AuthlibBaseError, JoseError, requests.RequestException, KeyError, ValueError, TypeError,
        SealBroken,
    ) as error:  # fmt: skip
        raise ProviderFailed from error
    if again and not _is_fresh(said, now):
        raise ProviderFailed
    return str(said["sub"])


def user_of_subject(issuer: Issuer, subject: str) -> User | None:
    """Return who an agency's subject is here: somebody of that agency who may sign in, or None."""
    identity = Identity.objects.select_related("user__agency").filter(
        issuer=issuer.url, subject=subject, ended_at=None, user__is_active=True,
        user__agency=issuer.agency_id,
    ).first()  # fmt: skip
    return identity.user if identity else None


@transaction.atomic
def bind(*, issuer: Issuer, subject: str, code: EntryCode, now: datetime) -> User:
    """Use an administrator's code up: its user is this subject from now on, and has no password.

    Raises WrongMoment for a code that is over, for another agency's, for a subject that is taken.
    """
    user = use_entry_code(code=code, now=now)
    taken = Identity.objects.filter(issuer=issuer.url, subject=subject, ended_at=None)
    if user.agency_id != issuer.agency_id or taken.exclude(user=user).exists():
        raise WrongMoment("That sign-in cannot be used here. Ask your administrator.")
    end(Identity.objects.filter(user=user), by=user, now=now)
    identity = Identity.objects.create(
        user=user, issuer=issuer.url, subject=subject, bound_at=now, bound_by=user
    )
    user.set_unusable_password()
    user.save(update_fields=["password"])
    record("identity.bound", identity, by=user, at=now)
    return user


def _client(issuer: Issuer) -> Any:
    """Return a client made for this request: nothing of an issuer is kept in the process."""
    return OAuth().register(
        name=f"issuer-{issuer.pk}",
        client_id=issuer.client_id,
        client_secret=unseal(issuer.sealed_secret),
        server_metadata_url=issuer.url + DISCOVERY,
        client_kwargs={
            "scope": "openid", "code_challenge_method": "S256", "default_timeout": TIMEOUT
        },
    )  # fmt: skip


def _is_fresh(said: dict[str, Any], now: datetime) -> bool:
    """OpenID Connect Core 3.1.2.1: whoever is asked for max_age must say when it was."""
    when = said.get("auth_time")
    return isinstance(when, int | float) and now.timestamp() - when <= FRESH


def _require_safe(url: str) -> None:
    at = urlsplit(url)
    here = at.hostname in ("localhost", "127.0.0.1")
    if not at.hostname or not (at.scheme == "https" or (at.scheme == "http" and here)):
        raise NotUnderstood("An issuer is an address that begins with https://")
