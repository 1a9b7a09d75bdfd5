"""The e-mail that something waits: to whom something was put by name, and nothing of what it is."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from sightline.access.models import User
from sightline.common.mail import NotDelivered, hand_over
from sightline.escalation.models import Escalation

SUBJECT = "Something waits for you in Sightline"
BODY = """Something that is late, or soon due, waits for you.
Please sign in and look at it:

{link}

This e-mail holds no details on purpose. Do not reply to it.
"""


def mail_escalations(user_id: int, *, now: datetime) -> bool:
    """Tell a user once of all that was put before them by name and is not mailed yet.

    Returns whether an e-mail was sent. Raises NotDelivered where the mail server did not take it;
    a crash between its answer and our writing it down may send the same e-mail twice.
    """
    user = User.objects.get(pk=user_id)
    waiting = Escalation.objects.filter(to_user=user, mailed_at__isnull=True, closed_at=None)
    ids = list(waiting.order_by("pk").values_list("pk", flat=True))
    if not ids or not user.is_active:
        return False
    link = settings.BASE_URL + reverse("escalations")
    name = f"escalations-{user.pk}-{ids[-1]}"
    failed = hand_over(name=name, subject=SUBJECT, body=BODY.format(link=link), to=user.email)
    if failed is not None:
        raise NotDelivered(type(failed).__name__)
    with transaction.atomic():
        Escalation.objects.filter(pk__in=ids).update(mailed_at=now)
    return True
