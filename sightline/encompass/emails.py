"""E-mails about notices: each to one person, once, whatever crashes or answers twice.

A try is written down before the mail server is asked, and its end afterwards. Where we died in
between, a provider is asked whether it has the e-mail; a mail server gets the same name again. No
e-mail holds anything of what it is about, and none says whom it is from in words.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse

from sightline.access.models import User
from sightline.common.mail import NotDelivered, deliver, deliver_again, is_refused
from sightline.encompass.models import UNDER_WAY, Delivery, Notice
from sightline.encompass.queries import changed_at

LOST = "not known: its process ended"
REFUSED = "the address was not taken"
CAME_BACK = "it came back"
GIVEN_UP = timedelta(minutes=2)  # a try that has no end after this has lost its process
ANOTHER_GO = timedelta(hours=1)  # after which an address that was refused is tried again

SUBJECT = "A message is waiting for you"
BODY = """A message is waiting for you.
Please sign in and read it before the school day starts:

{link}

This e-mail holds no details on purpose. Do not reply to it.
"""
OFFICER_BODY = """Something is waiting for you.
Please sign in and look at it now:

{link}

This e-mail holds no details on purpose. Do not reply to it.
"""


@dataclass(frozen=True)
class Letter:
    """An e-mail about a notice. The name tells one from another: the same is never sent twice."""

    notice: Notice
    name: str
    body: str


def told(notice: Notice) -> Letter:
    """The e-mail that a message waits, another one once what it says has changed."""
    changed = changed_at(notice)
    name = f"notice-{notice.pk}"
    return _about(notice, f"{name}-{int(changed.timestamp())}" if changed else name)


def passed_on(notice: Notice) -> Letter:
    """The e-mail to a deputy that a message is unread."""
    return _about(notice, f"unopened-{_as_it_is(notice)}")


def to_ring(notice: Notice) -> Letter:
    """The e-mail to the council's officer that schools are to be rung; one for all of a round, of
    which `notice` is the last."""
    link = settings.BASE_URL + reverse("unread-notices")
    return Letter(notice, f"ring-{_as_it_is(notice)}", OFFICER_BODY.format(link=link))


def _as_it_is(notice: Notice) -> str:
    """The number of a notice; of one that is to be read again, before which bell."""
    again = notice.again_due_at
    return f"{notice.pk}-{int(again.timestamp())}" if again else str(notice.pk)


def _about(notice: Notice, name: str) -> Letter:
    link = settings.BASE_URL + reverse("notice", args=[notice.pk])
    return Letter(notice, name, BODY.format(link=link))


def send_once(letter: Letter, to: User, *, now: datetime) -> bool:
    """Send an e-mail to somebody unless they have it. Returns whether they have; False is that
    their address takes none.

    Raises NotDelivered where the mail server could not be reached, or somebody else tries just now.
    """
    name = f"{letter.name}-{to.pk}"
    tries = list(Delivery.objects.filter(name=name, to=to).order_by("pk"))
    if any(one.failed_because == "" for one in tries):
        return True
    if any(_is_over(one, now) for one in tries):
        return False
    claim = _claim(letter.notice, to, name, now)
    if claim is None:
        raise NotDelivered("another process sends it")
    return _hand_over(claim, letter, again=bool(tries))


def _is_over(one: Delivery, now: datetime) -> bool:
    """Whether an address is not tried again, or not yet."""
    if one.failed_because == CAME_BACK:
        return True
    return one.failed_because == REFUSED and now - one.tried_at < ANOTHER_GO


def _claim(notice: Notice, to: User, name: str, now: datetime) -> Delivery | None:
    """Write down that it is tried now; None where another process does just that."""
    mine = Delivery.objects.filter(name=name, to=to, failed_because=UNDER_WAY)
    mine.filter(tried_at__lte=now - GIVEN_UP).update(failed_because=LOST)
    try:
        with transaction.atomic():
            return Delivery.objects.create(
                notice=notice, to=to, name=name, tried_at=now, failed_because=UNDER_WAY
            )
    except IntegrityError:
        return None


def _hand_over(claim: Delivery, letter: Letter, *, again: bool) -> bool:
    send = deliver_again if again else deliver
    handed = send(name=claim.name, subject=SUBJECT, body=letter.body, to=claim.to.email)
    refused = is_refused(handed.failed)
    claim.failed_because = (
        REFUSED if refused else type(handed.failed).__name__ if handed.failed else ""
    )
    claim.known_as = handed.known_as
    claim.save(update_fields=["failed_because", "known_as"])
    if handed.failed is not None and not refused:
        raise NotDelivered(claim.failed_because)  # the same server would fail for a deputy too
    return not refused
