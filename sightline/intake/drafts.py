"""Drafts: a notification that somebody is filling in. Each belongs to its user and to nobody else.

A draft is sent once. Its key is made before it is, so that a double click on the first button
makes one draft, and one on the last sends one notification.
"""

import json
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db import transaction

from sightline.access.models import User
from sightline.access.queries import require
from sightline.access.roles import Perm
from sightline.audit.commands import record
from sightline.common.errors import WrongMoment
from sightline.intake.commands import Origin, Received, receive
from sightline.intake.form.filled import Filled
from sightline.intake.models import Channel, Draft, Notification
from sightline.intake.queries import latest_version
from sightline.intake.reading import read

T = TypeVar("T")
JSON = "application/json"
SENT = "This notification has been sent. Correct it from its receipt."


class CameBefore(WrongMoment):
    """This reference and version came before with other content: it is a correction or a slip."""

    def __init__(self, before: Notification, next_version: int) -> None:
        super().__init__(f"receipt {before.receipt} has this reference and version")
        self.before, self.next_version = before, next_version


@transaction.atomic
def start(*, key: UUID, by: User, now: datetime) -> Draft:
    """Start an empty draft, or return the one that this key started. 404 for somebody else's."""
    return _start(key, Filled({}), by, now)


@transaction.atomic
def start_correction(*, notification: Notification, key: UUID, by: User, now: datetime) -> Draft:
    """Start a draft of what a notification says, to be sent as the version after the latest.

    Raises WrongMoment for a notification that is superseded: the latest is to be corrected.
    """
    if notification.superseded_at is not None:
        raise WrongMoment("A later version holds. Correct that one.")
    filled = Filled.from_content(notification.content)
    filled.content["version"] = latest_version(notification) + 1
    filled.content.pop("notified_at", None)
    draft = _start(key, filled, by, now)
    record("draft.corrects", draft, by=by, at=now, notification=notification.pk)
    return draft


@transaction.atomic
def change(*, key: UUID, by: User, what: Callable[[Filled], T], now: datetime) -> T:
    """Change what is filled in. Raises WrongMoment once it has been sent."""
    draft = _locked(key, by)
    must_be_unsent(draft)
    filled = Filled(draft.data)
    changed = what(filled)
    draft.changed_at = now
    draft.save(update_fields=["data", "changed_at"])
    return changed


@transaction.atomic
def send(*, key: UUID, by: User, now: datetime, version: int | None = None) -> Received:
    """Send a draft; sending it again returns the first receipt.

    `version`: send it as this version. Raises CameBefore when that one came with other content,
    NotUnderstood when what is filled in is no notification (it has no reference).
    """
    draft = _locked(key, by)
    if draft.notification is not None:
        return Received(draft.notification, replayed=True)
    body = Filled(draft.data).body() | {"notified_at": now.isoformat()}
    received = _receive(body | ({"version": version} if version else {}), by, now)
    draft.notification, draft.data, draft.changed_at = received.notification, {}, now
    draft.save()
    return received


@transaction.atomic
def discard(*, key: UUID, by: User) -> None:
    """Throw an unsent draft away, with all that was typed."""
    draft = _locked(key, by)
    must_be_unsent(draft)
    draft.delete()


def must_be_unsent(draft: Draft) -> None:
    if draft.notification_id is not None:
        raise WrongMoment(SENT)


def unsent(user: User) -> list[Draft]:
    """Return what this user has begun and not sent, latest first."""
    drafts = Draft.objects.filter(by=user, notification=None).exclude(data={})
    return list(drafts.order_by("-changed_at")[:20])


def mine(user: User, key: UUID) -> Draft:
    """Return a draft of this user. Somebody else's does not exist for them (Draft.DoesNotExist)."""
    return Draft.objects.select_related("notification").get(key=key, by=user)


def _start(key: UUID, filled: Filled, by: User, now: datetime) -> Draft:
    require(by, Perm.SEND_NOTIFICATION)
    fields = {"by": by, "data": filled.data, "changed_at": now}
    draft, _ = Draft.objects.get_or_create(key=key, defaults=fields)
    if draft.by_id != by.pk:
        raise Draft.DoesNotExist
    return draft


def _locked(key: UUID, by: User) -> Draft:
    require(by, Perm.SEND_NOTIFICATION)
    return Draft.objects.select_for_update().get(key=key, by=by)


def _receive(body: dict[str, object], by: User, now: datetime) -> Received:
    content, notes = read(body)
    received = receive(
        content, raw=json.dumps(body).encode(), raw_type=JSON,
        origin=Origin(by.agency, Channel.FORM, by=by), notes=notes, now=now,
    )  # fmt: skip
    if received.differs:
        raise CameBefore(received.notification, latest_version(received.notification) + 1)
    return received
