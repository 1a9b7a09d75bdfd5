"""Writing the letters of a month, once, and noting that one was read."""

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sightline.access.models import Agency, User
from sightline.access.queries import require
from sightline.access.roles import Perm
from sightline.audit.commands import record
from sightline.common.announce import announce
from sightline.common.clock import local_date
from sightline.insight.whole import Whole, month
from sightline.intake.models import Notification
from sightline.letters.content import content_of
from sightline.letters.models import SenderLetter


def write_letters(now: datetime) -> list[SenderLetter]:
    """Write to everybody who sent notifications last month, unless it has been done.

    Each letter is kept as soon as it is written, so that a crash costs one at most.
    """
    last = month(local_date(now).replace(day=1) - timedelta(days=1))
    return [_write(sender, last, now) for sender in _to_write_to(last)]


def _to_write_to(of: Whole) -> list[Agency]:
    first, after = of.period.moments()
    sent = Notification.objects.filter(
        notified_at__gte=first, notified_at__lt=after, history=False, superseded_at__isnull=True
    )
    written = SenderLetter.objects.filter(month=of.first).values("sender")
    found = Agency.objects.filter(pk__in=sent.values("sender")).exclude(pk__in=written)
    return list(found.order_by("pk"))


@transaction.atomic
def _write(sender: Agency, of: Whole, now: datetime) -> SenderLetter:
    """Two that write at once write one."""
    content = content_of(sender, of, now)
    letter, is_new = SenderLetter.objects.get_or_create(
        sender=sender, month=of.first, defaults={"content": content, "made_at": now}
    )
    if is_new:
        record("letter.written", letter, by=None, at=now)
        announce("letter.written", letter.pk)
    return letter


@transaction.atomic
def read_letter(*, letter: SenderLetter, by: User, now: datetime) -> SenderLetter:
    """Note that somebody of the sender has read it. Saying so twice is saying it once."""
    require(by, Perm.SEND_NOTIFICATION)
    held = SenderLetter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    if held.sender_id != by.agency_id:
        raise PermissionDenied
    if held.read_at is None:
        held.read_at, held.read_by = now, by
        held.save(update_fields=["read_at", "read_by"])
        record("letter.read", held, by=by, at=now)
    return held
