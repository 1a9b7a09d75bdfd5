"""Passkeys (WebAuthn). The options go to the browser as JSON, its answer comes back as JSON.

What must be remembered between the two, the challenge, is kept in the session.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from fido2.server import Fido2Server
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from sightline.access.models import User
from sightline.accounts.models import Passkey
from sightline.audit.commands import record
from sightline.common.errors import NotUnderstood

MOST = 10  # a user's passkeys
REFUSED = "The passkey was not accepted. Try again, or use another way."
State = Mapping[str, Any]


def server() -> Fido2Server:
    """Return what checks passkeys for the address that people use."""
    at = urlsplit(settings.BASE_URL)
    origin = f"{at.scheme}://{at.netloc}"
    entity = PublicKeyCredentialRpEntity(id=at.hostname or "", name="Sightline")
    return Fido2Server(entity, verify_origin=lambda given: given == origin)


def options_to_add(user: User) -> tuple[str, State]:
    """Return what the browser needs for a new passkey, and what to remember."""
    who = PublicKeyCredentialUserEntity(
        id=str(user.pk).encode(), name=user.email, display_name=user.name
    )
    options, state = server().register_begin(
        who, [_data(key) for key in passkeys_of(user)],
        resident_key_requirement=ResidentKeyRequirement.DISCOURAGED,
        user_verification=UserVerificationRequirement.PREFERRED,
    )  # fmt: skip
    return json.dumps(dict(options)), state


def options_to_use(user: User) -> tuple[str, State]:
    """Return what the browser needs to answer with one of the user's passkeys."""
    options, state = server().authenticate_begin([_data(key) for key in passkeys_of(user)])
    return json.dumps(dict(options)), state


@transaction.atomic
def add_passkey(
    *, user: User, label: str, answer: str, state: State | None, now: datetime
) -> Passkey:
    """Keep a new passkey. Sending the same answer again returns what is there.

    Raises NotUnderstood for an answer that does not fit.
    """
    User.objects.select_for_update().get(pk=user.pk)
    data, counter = _registered(answer, state)
    known = Passkey.objects.filter(credential_id=websafe_encode(data.credential_id)).first()
    if known is not None and known.user_id == user.pk and known.ended_at is None:
        return known
    if known is not None or passkeys_of(user).count() >= MOST:
        raise NotUnderstood(REFUSED)
    made = Passkey.objects.create(
        user=user, label=label, credential_id=websafe_encode(data.credential_id), data=bytes(data),
        counter=counter, added_at=now, added_by=user,
    )  # fmt: skip
    record("passkey.added", made, by=user, at=now)
    return made


@transaction.atomic
def take_passkey(user: User, answer: str, state: State | None, now: datetime) -> bool:
    """Whether the answer was signed by one of the user's passkeys for what we asked just now.

    A counter that goes back means that the key was copied: it is refused, and written down.
    """
    keys = {key.credential_id: key for key in passkeys_of(user).select_for_update()}
    try:
        said = json.loads(answer)
        used = server().authenticate_complete(
            dict(state or {}), [_data(key) for key in keys.values()], said
        )
        counter = AuthenticationResponse.from_dict(said).response.authenticator_data.counter
    except (ValueError, KeyError, TypeError, AttributeError):
        return False
    key = keys[websafe_encode(used.credential_id)]
    if (counter or key.counter) and counter <= key.counter:
        record("passkey.copied", key, by=user, at=now)
        return False
    key.counter, key.used_at = counter, now
    key.save(update_fields=["counter", "used_at"])
    return True


def passkeys_of(user: User) -> Any:
    """Return the user's passkeys, oldest first."""
    return Passkey.objects.filter(user=user, ended_at=None).order_by("pk")


def _data(key: Passkey) -> AttestedCredentialData:
    return AttestedCredentialData(bytes(key.data))


def _registered(answer: str, state: State | None) -> tuple[AttestedCredentialData, int]:
    try:
        made = server().register_complete(dict(state or {}), json.loads(answer))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise NotUnderstood(REFUSED) from error
    assert made.credential_data is not None  # noqa: S101 - register_complete has looked
    return made.credential_data, made.counter
