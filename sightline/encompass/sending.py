"""Sending the e-mail of a notice: no name, no school, no detail; a link behind sign-in.

The mail server is asked outside any transaction. A crash between its answer and our writing it
down may send the same e-mail twice; it can never lose one. The notice itself is one.
"""

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse

from sightline.access.models import User
from sightline.audit.commands import record
from sightline.directory.queries import key_adults
from sightline.encompass.models import Delivery, Notice

SUBJECT = "A message is waiting for you"
BODY = """A message about a pupil is waiting for you. Please sign in and read it before the school day starts:

{link}

This e-mail holds no details on purpose. Do not reply to it.
"""


class NotDelivered(Exception):
    """The mail could not be handed over; the task is tried again."""


def send_notice(notice_id: int, *, now: datetime) -> bool:
    """Send the e-mail of a notice to its school's key adult, once. Returns whether it was sent."""
    notice = Notice.objects.select_related("school").get(pk=notice_id)
    if notice.sent_at or notice.withdrawn_at or notice.school is None:
        return False
    to = next(iter(key_adults(notice.school)), None)
    if to is None:
        return _nobody_there(notice, now)
    failed = _hand_over(notice, to)
    with transaction.atomic():
        Delivery.objects.create(notice=notice, to=to, tried_at=now, failed_because=failed)
        if not failed:
            Notice.objects.filter(pk=notice.pk, sent_at__isnull=True).update(
                sent_at=now, sent_to=to
            )
            record("notice.sent", notice, by=None, at=now)
    if failed:
        raise NotDelivered(failed)
    return True


def _nobody_there(notice: Notice, now: datetime) -> bool:
    Notice.objects.filter(pk=notice.pk).update(
        no_school_because="the school has no key adult who can sign in"
    )
    record("notice.nobody_there", notice, by=None, at=now)
    return False


def _hand_over(notice: Notice, to: User) -> str:
    """Give the mail to the server. Returns "" or the kind of failure, never its text."""
    link = settings.BASE_URL + reverse("notice", args=[notice.pk])
    mail = EmailMessage(
        SUBJECT,
        BODY.format(link=link),
        to=[to.email],
        headers={"Message-ID": f"<notice-{notice.pk}@{settings.BASE_URL.split('//')[-1]}>"},
    )
    try:
        mail.send()
    except OSError as error:  # smtplib's errors are OSErrors
        return type(error).__name__
    return ""
