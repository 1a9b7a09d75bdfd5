"""Keeping what came: the one command behind all three doors."""

import hashlib
import json
import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

from sightline.access.models import Agency, SenderToken, User
from sightline.audit.commands import record
from sightline.common.announce import announce
from sightline.intake.completeness import completeness
from sightline.intake.models import Channel, Notification, Refusal
from sightline.intake.schema import Notification as Content

ALPHABET = "23456789BCDFGHJKMNPQRSTVWXYZ"  # no vowels, no look-alikes


@dataclass(frozen=True)
class Origin:
    """Where a notification came from: the agency, the door, and who or what carried it."""

    sender: Agency
    channel: Channel
    by: User | None = None
    token: SenderToken | None = None
    history: bool = False


@dataclass(frozen=True)
class Received:
    """The notification that stands for what was sent.

    `replayed`: it had come before. `differs`: it had come before with other content under the same
    version; what came now is kept as `refusal` and must be sent as a new version.
    """

    notification: Notification
    replayed: bool = False
    refusal: Refusal | None = None

    @property
    def differs(self) -> bool:
        return self.refusal is not None


def new_receipt() -> str:
    """Return a receipt number that is easy to read out: SL-XXXX-XXXX."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"SL-{letters[:4]}-{letters[4:]}"


@transaction.atomic
def receive(
    content: Content,
    *,
    raw: bytes,
    raw_type: str,
    origin: Origin,
    notes: list[str],
    now: datetime,
    tell: bool = True,
) -> Received:
    """Keep a notification, durably and once, and have the next stage started.

    Idempotent on sender, reference and version. A higher version supersedes lower ones; a lower
    one that arrives late is kept as superseded. `tell=False`: the caller runs the stages itself.
    """
    _one_at_a_time(origin.sender, content.reference)
    others = list(_versions(origin.sender, content.reference))
    before = next((other for other in others if other.version == content.version), None)
    if before is not None:
        return _seen_before(before, content, raw, raw_type, origin, now)
    notification = _keep(content, raw, raw_type, origin, notes, now)
    _supersede(notification, others, now)
    record("notification.received", notification, by=origin.by, at=now, channel=origin.channel)
    if tell:
        announce("notification.received", notification.pk)
    return Received(notification)


def _one_at_a_time(sender: Agency, reference: str) -> None:
    """Let only one transaction at a time deal with this reference of this sender."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{sender.pk}:{reference}"]
        )


def _versions(sender: Agency, reference: str) -> "list[Notification]":
    return list(
        Notification.objects.filter(sender=sender, reference=reference)
        .defer("raw")
        .order_by("version")
    )


def _seen_before(
    before: Notification,
    content: Content,
    raw: bytes,
    raw_type: str,
    origin: Origin,
    now: datetime,
) -> Received:
    if before.content == as_json(content):
        return Received(before, replayed=True)
    reason = (
        f"Reference {before.reference} version {before.version} came before with other content "
        f"(receipt {before.receipt}). Send the correction as version {before.version + 1}."
    )
    refusal = refuse(raw, raw_type=raw_type, reasons=[reason], origin=origin, now=now)
    return Received(before, replayed=True, refusal=refusal)


def as_json(content: Content) -> dict[str, object]:
    """Return the content as it is kept: JSON values, empty fields left out."""
    kept: dict[str, object] = content.model_dump(mode="json", exclude_defaults=True)
    return kept


def _keep(
    content: Content, raw: bytes, raw_type: str, origin: Origin, notes: list[str], now: datetime
) -> Notification:
    score, missing = completeness(content)
    return Notification.objects.create(
        sender=origin.sender, reference=content.reference, version=content.version,
        receipt=new_receipt(), channel=origin.channel, raw=raw, raw_type=raw_type,
        content=as_json(content), notified_at=_aware(content.notified_at) or now,
        received_at=now, received_by=origin.by, token=origin.token, history=origin.history,
        missing=missing, notes=notes, completeness=score,
    )  # fmt: skip


def _aware(moment: datetime | None) -> datetime | None:
    """Read a time without a zone as Europe/London, as senders mean it."""
    if moment is None or timezone.is_aware(moment):
        return moment
    return timezone.make_aware(moment)


def _supersede(notification: Notification, others: list[Notification], now: datetime) -> None:
    newer = [other for other in others if other.version > notification.version]
    older = [other.pk for other in others if other.version < notification.version]
    if newer:
        Notification.objects.filter(pk=notification.pk).update(superseded_at=now)
    Notification.objects.filter(pk__in=older, superseded_at__isnull=True).update(superseded_at=now)


@transaction.atomic
def refuse(
    raw: bytes, *, raw_type: str, reasons: list[str], origin: Origin, now: datetime
) -> Refusal:
    """Keep what could not be understood, once however often it is sent, with its reasons."""
    digest = hashlib.sha256(raw + json.dumps(reasons).encode()).hexdigest()
    before = Refusal.objects.filter(sender=origin.sender, digest=digest).first()
    return before or Refusal.objects.create(
        sender=origin.sender, channel=origin.channel, at=now, by=origin.by, raw=raw,
        raw_type=raw_type[:60], reasons=reasons, digest=digest,
    )  # fmt: skip
