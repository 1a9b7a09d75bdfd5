"""What an agency has sent. Another agency's notifications do not exist for it."""

from datetime import datetime, timedelta

from django.db.models import Max, Q, QuerySet

from sightline.access.models import Agency, User
from sightline.intake.models import Notification
from sightline.intake.schema import clean_text
from sightline.people.models import Link, Role
from sightline.sharing.queries import what_they_may_see

LATELY = timedelta(days=28)


def sent_by(agency: Agency) -> QuerySet[Notification]:
    """Return every notification of an agency, without the body."""
    return Notification.objects.filter(sender=agency).defer("raw", "content")


def sent_lately(agency: Agency, now: datetime) -> QuerySet[Notification]:
    """Return what an agency sent in the last 28 days, newest first."""
    return sent_by(agency).filter(received_at__gt=now - LATELY).order_by("-received_at", "-pk")


def find_sent(agency: Agency, looked_for: str) -> Notification | None:
    """Return the notification with this receipt, or the latest version with this reference."""
    wanted = clean_text(looked_for)
    found = sent_by(agency).filter(Q(reference=wanted) | Q(receipt=wanted.upper()))
    return found.order_by("-version").first()


def open_to_sender(user: User, notification: Notification, now: datetime) -> frozenset[str]:
    """Return what of any child in a notification is open to a user of its sender. Two queries."""
    links = Link.objects.filter(
        mention__source=notification.source_id, mention__role=Role.CHILD, ended_at__isnull=True
    )
    answers = what_they_may_see(user, links.values_list("person", flat=True), now)
    return frozenset().union(*(answer.items for answer in answers.values()))


def latest_version(notification: Notification) -> int:
    """Return the highest version that came with this sender and reference."""
    same = Notification.objects.filter(
        sender_id=notification.sender_id, reference=notification.reference
    )
    return int(same.aggregate(latest=Max("version"))["latest"])
