"""The e-mail that a safety alarm waits: to whoever answers for it, and nothing of what it is."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from sightline.common.mail import NotDelivered, hand_over
from sightline.vault.alarms import those_who_answer
from sightline.vault.models import Alarm

SUBJECT = "Something waits for you in Sightline"
BODY = """Something that cannot wait is waiting for you.
Please sign in now and look at it:

{link}

This e-mail holds no details on purpose. Do not reply to it.
"""


def mail_alarm(alarm_id: int, *, now: datetime) -> bool:
    """Tell whoever answers for an alarm that it waits, once, unless somebody has seen it.

    Returns whether e-mails were sent. Raises NotDelivered where the mail server took none; a crash
    on the way may send the same e-mail twice.
    """
    alarm = Alarm.objects.get(pk=alarm_id)
    if alarm.mailed_at is not None or alarm.seen_at is not None:
        return False
    body = BODY.format(link=settings.BASE_URL + reverse("vault-alarms"))
    people = those_who_answer(alarm)
    failed = [
        hand_over(name=f"alarm-{alarm.pk}-{user.pk}", subject=SUBJECT, body=body, to=user.email)
        for user in people
    ]
    if people and all(failed):
        raise NotDelivered(type(failed[0]).__name__)
    Alarm.objects.filter(pk=alarm.pk).update(mailed_at=now)
    return bool(people)
