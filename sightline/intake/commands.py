"""Keeping what came: the one command behind all three doors."""

import hashlib
import json
import secrets
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

from sightline.access.models import Agency, SenderToken, User
from sightline.audit.commands import event, record_many
from sightline.common.announce import announce
from sightline.intake.completeness import completeness
from sightline.intake.models import Channel, Notification, Refusal
from sightline.intake.safe_parts import safe_parts, without_safe_parts
from sightline.intake.schema import Notification as Content
from sightline.vault.arriving import keep_bodies, parts_of, redacted

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
class Arrival:
    """A notification as it came: what it says, the bytes that say so, notes on the reading."""

    content: Content
    raw: bytes
    raw_type: str
    notes: Sequence[str] = ()


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
    """Return a receipt number that can be read out: SL-XXXX-XXXX-XXXX, one in 10^17."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(12))
    return f"SL-{letters[:4]}-{letters[4:8]}-{letters[8:]}"


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
    """Keep one notification, durably and once. See `receive_many`."""
    arrival = Arrival(content, raw, raw_type, notes)
    return receive_many([arrival], origin=origin, now=now, tell=tell)[0]


@transaction.atomic
def receive_many(
    arrivals: Sequence[Arrival], *, origin: Origin, now: datetime, tell: bool = True
) -> list[Received]:
    """Keep notifications, durably and once, and have the next stage started for each new one.

    Idempotent on sender, reference and version. A higher version supersedes lower ones; a lower
    one that arrives late is kept as superseded. `tell=False`: the caller runs the stages itself.
    The number of queries does not depend on how many there are, but for what differs.
    """
    references = sorted({arrival.content.reference for arrival in arrivals})
    _one_at_a_time(origin.sender, references)
    known = _versions(origin.sender, references)
    outdated: list[Notification] = []
    received = [_take(arrival, known, outdated, origin, now) for arrival in arrivals]
    keep_bodies(
        [
            (r.notification.receipt, arrival.raw, parts)
            for r, arrival in zip(received, arrivals, strict=True)
            if not r.replayed and (parts := safe_parts(arrival.content))
        ],
        now,
    )
    new = Notification.objects.bulk_create(r.notification for r in received if not r.replayed)
    _supersede(outdated, now)
    record_many(
        event("notification.received", one, by=origin.by, at=now, channel=origin.channel)
        for one in new
    )
    for one in new if tell else ():
        announce("notification.received", one.pk)
    return received


def _one_at_a_time(sender: Agency, references: list[str]) -> None:
    """Let only one transaction at a time deal with each of these references of this sender."""
    names = [f"{sender.pk}:{reference}" for reference in references]
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(hashtextextended(n, 0)) from unnest(%s::text[]) as n",
            [names],
        )


def _versions(sender: Agency, references: list[str]) -> dict[str, list[Notification]]:
    """Return the versions that are held of each reference."""
    found: dict[str, list[Notification]] = defaultdict(list)
    held = Notification.objects.filter(sender=sender, reference__in=references).defer("raw")
    for notification in held.order_by("version"):
        found[notification.reference].append(notification)
    return found


def _take(
    arrival: Arrival,
    known: dict[str, list[Notification]],
    outdated: list[Notification],
    origin: Origin,
    now: datetime,
) -> Received:
    """Tell whether this came before; if not, make its notification known, and what it outdates."""
    others = known[arrival.content.reference]
    version = arrival.content.version
    before = next((other for other in others if other.version == version), None)
    if before is not None:
        return _seen_before(before, arrival, origin, now)
    notification = _notification(arrival, origin, now)
    if any(other.version > version for other in others):
        notification.superseded_at = now
    for other in others:
        if other.version < version and other.superseded_at is None:
            other.superseded_at = now
            outdated.append(other)
    others.append(notification)
    return Received(notification)


def _seen_before(before: Notification, arrival: Arrival, origin: Origin, now: datetime) -> Received:
    if before.content == as_json(arrival.content) and _same_in_the_vault(before, arrival):
        return Received(before, replayed=True)
    reason = (
        f"Reference {before.reference} version {before.version} came before with other content "
        f"(receipt {before.receipt}). Send the correction as version {before.version + 1}."
    )
    refusal = refuse(
        arrival.raw, raw_type=arrival.raw_type, reasons=[reason], origin=origin, now=now
    )
    return Received(before, replayed=True, refusal=refusal)


def _same_in_the_vault(before: Notification, arrival: Arrival) -> bool:
    held = parts_of([before.receipt]).get(before.receipt, {})
    return held == safe_parts(arrival.content)


def as_json(content: Content) -> dict[str, object]:
    """Return the content as it is kept: JSON values, empty fields left out.

    How, when and where somebody can be reached safely is not in it: that is in the vault. What
    must be minded by whoever rings (no messages) is.
    """
    kept: dict[str, object] = without_safe_parts(content).model_dump(
        mode="json", exclude_defaults=True
    )
    return kept


def _notification(arrival: Arrival, origin: Origin, now: datetime) -> Notification:
    content = arrival.content
    score, missing = completeness(content)
    parts = safe_parts(content)
    raw = redacted(arrival.raw, parts) if parts else arrival.raw
    return Notification(
        sender=origin.sender, reference=content.reference, version=content.version,
        receipt=new_receipt(), channel=origin.channel, raw=raw, raw_type=arrival.raw_type,
        content=as_json(content), notified_at=_aware(content.notified_at) or now,
        received_at=now, received_by=origin.by, token=origin.token, history=origin.history,
        missing=missing, notes=list(arrival.notes), completeness=score,
    )  # fmt: skip


def _aware(moment: datetime | None) -> datetime | None:
    """Read a time without a zone as Europe/London, as senders mean it."""
    if moment is None or timezone.is_aware(moment):
        return moment
    return timezone.make_aware(moment)


def _supersede(outdated: list[Notification], now: datetime) -> None:
    if outdated:
        Notification.objects.filter(pk__in=[one.pk for one in outdated]).update(superseded_at=now)


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
