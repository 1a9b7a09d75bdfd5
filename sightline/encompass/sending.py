"""Sending the e-mail of a notice: no name, no school, no detail; a link behind sign-in.

The mail server is asked outside any transaction (emails.py). What could not be sent stays a task,
and is put before somebody.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from sightline.access.models import User
from sightline.audit.commands import record
from sightline.common.mail import NotDelivered
from sightline.encompass.emails import Letter, send_once, told
from sightline.encompass.models import Delivery, Notice
from sightline.encompass.queries import changed_at
from sightline.encompass.recipients import recipients
from sightline.encompass.told import what_may_be_told

NOBODY_THERE = "the school has no key adult who can sign in"
NO_ADDRESS = "no address of the school takes e-mail"
NOT_ALLOWED = "the sharing rules in force let nobody tell it"
HELD = (NOBODY_THERE, NO_ADDRESS, NOT_ALLOWED)  # what is tried again as soon as it is mended

__all__ = ["HELD", "NOBODY_THERE", "NOT_ALLOWED", "NO_ADDRESS", "NotDelivered", "send_notice"]


def send_notice(notice_id: int, *, now: datetime) -> bool:
    """Send the e-mail of a notice to whom it is for, once, and once more when what it says changed.

    The lead is told; where they are absent or their address takes nothing, a deputy is. Returns
    whether they have it. Raises NotDelivered where the mail server could not be reached.
    """
    found = Notice.objects.select_related("school", "office", "mention__source")
    notice = found.get(pk=notice_id)
    if (notice.school is None and notice.office is None) or not _is_news(notice):
        return False
    if notice.withdrawn_at is None and not what_may_be_told(notice, now):
        return _hold(notice, NOT_ALLOWED, now)
    people = recipients(notice, now)
    if not people:
        return _hold(notice, NOBODY_THERE, now)
    letter = told(notice)
    to = next((user for user in people if send_once(letter, user, now=now)), None)
    return _told(notice, to, now) if to else _hold(notice, NO_ADDRESS, now)


def _is_news(notice: Notice) -> bool:
    """Whether the school has not been told of the notice, or not of how it is now."""
    if notice.sent_at is None:
        return notice.withdrawn_at is None
    last = _taken(told(notice)).order_by("-tried_at").first()
    changed = changed_at(notice)
    return changed is not None and last is None


def _taken(letter: Letter) -> QuerySet[Delivery]:
    mine = Delivery.objects.filter(notice=letter.notice, name__startswith=f"{letter.name}-")
    return mine.filter(failed_because="")


def _hold(notice: Notice, because: str, now: datetime) -> bool:
    """Put the notice before somebody. It is tried again once there is somebody to send it to."""
    if notice.sent_at is None and notice.no_school_because != because:
        Notice.objects.filter(pk=notice.pk).update(no_school_because=because)
        record("notice.held", notice, by=None, at=now)
    return False


@transaction.atomic
def _told(notice: Notice, to: User, now: datetime) -> bool:
    never = Notice.objects.filter(pk=notice.pk, sent_at__isnull=True)
    first = never.update(sent_at=now, sent_to=to, no_school_because="")
    if first or notice.sent_at is not None:  # else another process was faster
        record("notice.sent", notice, by=None, at=now)
    return True
