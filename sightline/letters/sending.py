"""The e-mail that a letter waits, without anything that is in it."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from sightline.common.mail import NotDelivered, hand_over
from sightline.letters.models import SenderLetter
from sightline.letters.queries import readers

SUBJECT = "A letter about last month’s notifications is waiting for you"
BODY = """A letter about the notifications that your agency sent last month is waiting for you.
Please sign in and read it:

{link}

This e-mail holds no details on purpose. Do not reply to it.
"""


def mail_letter(letter_id: int, *, now: datetime) -> bool:
    """Tell a sender that its letter waits, once. Returns whether e-mails were sent.

    Raises NotDelivered where the mail server took none; a crash may send the same e-mail twice.
    """
    letter = SenderLetter.objects.get(pk=letter_id)
    people = readers(letter)
    if letter.mailed_at is not None or not people:
        return False
    body = BODY.format(link=settings.BASE_URL + reverse("letter", args=[letter.pk]))
    failed = [
        hand_over(name=f"letter-{letter.pk}-{one.pk}", subject=SUBJECT, body=body, to=one.email)
        for one in people
    ]
    if all(failed):
        raise NotDelivered(type(failed[0]).__name__)
    SenderLetter.objects.filter(pk=letter.pk).update(mailed_at=now)
    return True
