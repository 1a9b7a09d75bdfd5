"""What providers and mail servers say later: an e-mail reached its mailbox, or came back."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import transaction

from sightline.audit.commands import record
from sightline.common.announce import announce
from sightline.encompass.emails import CAME_BACK
from sightline.encompass.models import Delivery, Notice


class Fate(StrEnum):
    """What became of an e-mail after it was taken."""

    DELIVERED = "delivered"
    CAME_BACK = "came_back"


@dataclass(frozen=True)
class Receipt:
    """What somebody says of an e-mail, by what the provider calls it and by its name. fate: None
    where it is still on its way."""

    fate: Fate | None
    known_as: str = ""
    name: str = ""


@transaction.atomic
def take_in(receipt: Receipt, *, now: datetime) -> bool:
    """Write down what became of an e-mail. What came back goes to somebody else at once.

    Returns whether the e-mail is one of a notice. Saying so again changes nothing; what came back
    after it was said to be delivered has come back.
    """
    delivery = _spoken_of(receipt)
    if delivery is None:
        return False
    if receipt.fate is Fate.DELIVERED:
        _delivered(delivery, now)
    elif receipt.fate is Fate.CAME_BACK and delivery.failed_because != CAME_BACK:
        _came_back(delivery, now)
    return True


def _spoken_of(receipt: Receipt) -> Delivery | None:
    """Find the e-mail. By its name where the receipt was faster than our note of the answer."""
    found = Delivery.objects.select_for_update(of=("self",)).select_related("notice")
    by_id = found.filter(known_as=receipt.known_as) if receipt.known_as else found.none()
    by_name = found.filter(name=receipt.name) if receipt.name else found.none()
    return by_id.order_by("-pk").first() or by_name.order_by("-pk").first()


def _delivered(delivery: Delivery, now: datetime) -> None:
    if delivery.delivered_at is not None or delivery.failed_because == CAME_BACK:
        return
    delivery.delivered_at = now
    taken = Delivery.objects.filter(name=delivery.name, to=delivery.to_id, failed_because="")
    if not taken.exists():  # our process ended before it could write down that it was taken
        delivery.failed_because = ""
    delivery.save(update_fields=["delivered_at", "failed_because"])


def _came_back(delivery: Delivery, now: datetime) -> None:
    delivery.failed_because, delivery.delivered_at = CAME_BACK, None
    delivery.save(update_fields=["failed_because", "delivered_at"])
    record("notice.email_came_back", delivery.notice, by=None, at=now)
    notice = Notice.objects.select_for_update(of=("self",)).get(pk=delivery.notice_id)
    others = notice.deliveries.filter(failed_because="", name__startswith="notice-")
    if notice.sent_to_id == delivery.to_id and not others.exists():
        notice.sent_at, notice.sent_to = None, None  # nobody has been told after all
        notice.save(update_fields=["sent_at", "sent_to"])
        announce("notice.made", notice.pk)
