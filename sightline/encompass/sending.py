"""Sending the e-mail of a notice: no name, no school, no detail; a link behind sign-in.

The mail server is asked outside any transaction. A crash between its answer and our writing it
down may send the same e-mail twice; it can never lose one. The notice itself is one.
"""

from datetime import datetime
from smtplib import SMTPRecipientsRefused

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from sightline.access.models import User
from sightline.access.roles import Perm
from sightline.audit.commands import record
from sightline.common.mail import NotDelivered, hand_over
from sightline.directory.models import School
from sightline.directory.queries import key_adults
from sightline.encompass.models import Delivery, Notice
from sightline.encompass.queries import changed_at

NOBODY_THERE = "the school has no key adult who can sign in"
SUBJECT = "A message is waiting for you"
BODY = """A message about a pupil is waiting for you.
Please sign in and read it before the school day starts:

{link}

This e-mail holds no details on purpose. Do not reply to it.
"""


def send_notice(notice_id: int, *, now: datetime) -> bool:
    """Send the e-mail of a notice to its school, once, and once more when what it says changed.

    The lead is told; where the mail server does not take the lead's address, a deputy is. Returns
    whether an e-mail was sent. Raises NotDelivered where the mail server could not be reached or
    took nobody's address.
    """
    notice = Notice.objects.select_related("school", "mention__source").get(pk=notice_id)
    if notice.school is None or not _is_news(notice):
        return False
    people = _who_can_read(notice.school)
    if not people:
        _nobody_there(notice, now)
        return False
    for to in people:
        if _is_told(notice, to, now):
            return True
    raise NotDelivered("no address of the school was taken")


def _is_news(notice: Notice) -> bool:
    """Whether the school has not been told of the notice, or not of how it is now."""
    if notice.sent_at is None:
        return notice.withdrawn_at is None
    told = notice.deliveries.filter(failed_because="").order_by("-tried_at").first()
    changed = changed_at(notice)
    return changed is not None and changed > (told.tried_at if told else notice.sent_at)


def _who_can_read(school: School) -> list[User]:
    return [user for user in key_adults(school) if Perm.RECEIVE_NOTICES in user.perms]


def _nobody_there(notice: Notice, now: datetime) -> None:
    """Put the notice before somebody. Choosing the school again sends it again."""
    if notice.sent_at is None and notice.no_school_because != NOBODY_THERE:
        Notice.objects.filter(pk=notice.pk).update(no_school_because=NOBODY_THERE)
        record("notice.nobody_there", notice, by=None, at=now)


def _is_told(notice: Notice, to: User, now: datetime) -> bool:
    """Try one address and write down how it went. Returns whether the mail server took it."""
    failed = _hand_over(notice, to)
    with transaction.atomic():
        Delivery.objects.create(
            notice=notice,
            to=to,
            tried_at=now,
            failed_because=type(failed).__name__ if failed else "",
        )
        if failed is None:
            never = Notice.objects.filter(pk=notice.pk, sent_at__isnull=True)
            first = never.update(sent_at=now, sent_to=to)
            if first or notice.sent_at is not None:  # else another process was faster
                record("notice.sent", notice, by=None, at=now)
    if failed is not None and not isinstance(failed, SMTPRecipientsRefused):
        raise NotDelivered(type(failed).__name__)  # the same server would fail for a deputy too
    return failed is None


def _hand_over(notice: Notice, to: User) -> OSError | None:
    link = settings.BASE_URL + reverse("notice", args=[notice.pk])
    return hand_over(name=_name(notice), subject=SUBJECT, body=BODY.format(link=link), to=to.email)


def _name(notice: Notice) -> str:
    """The name of the e-mail, another one once what the notice says has changed."""
    changed = changed_at(notice)
    return f"notice-{notice.pk}-{int(changed.timestamp())}" if changed else f"notice-{notice.pk}"
