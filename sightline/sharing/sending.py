"""The e-mail that something waits, and nothing of what it is; and whom it goes to."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.urls import reverse

from sightline.access.models import User
from sightline.common.mail import NotDelivered, hand_over
from sightline.sharing.emergencies import reviewers_of
from sightline.sharing.models import Emergency

SUBJECT = "Something waits for you in Sightline"
BODY = """Something that cannot wait is waiting for you.
Please sign in now and look at it:

{link}

This e-mail holds no details on purpose. Do not reply to it.
"""


def mail_that_it_waits(name: str, people: Sequence[User], page: str) -> None:
    """Tell people that something waits on a page, by the name of its URL.

    Raises NotDelivered where the mail server took none of them.
    """
    body = BODY.format(link=settings.BASE_URL + reverse(page))
    failed = [
        hand_over(name=f"{name}-{user.pk}", subject=SUBJECT, body=body, to=user.email)
        for user in people
    ]
    if people and all(failed):
        raise NotDelivered(type(failed[0]).__name__)


def mail_emergency(emergency_id: int, *, now: datetime) -> bool:
    """Tell whoever may review an emergency that one waits, once. Returns whether any went."""
    emergency = Emergency.objects.get(pk=emergency_id)
    if emergency.mailed_at is not None or emergency.reviewed_at is not None:
        return False
    people = reviewers_of(emergency)
    mail_that_it_waits(f"emergency-{emergency.pk}", people, "emergencies")
    Emergency.objects.filter(pk=emergency.pk).update(mailed_at=now)
    return bool(people)
