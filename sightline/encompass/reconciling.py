"""What did not arrive: incidents without a notification, children without a message, messages
without a school or a receipt.

Police list the incidents with a child that they attended, by log number. What has none of our
incidents under that number is missing. Children who should have a message and have none are given
one. Run every morning; the counts are kept, so that a bad week can be seen.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from sightline.access.models import Agency, User
from sightline.access.queries import require
from sightline.access.roles import Perm
from sightline.audit.commands import record
from sightline.common.errors import NotUnderstood
from sightline.encompass.doors import open_to_schools
from sightline.encompass.making import Arrived, make_notices
from sightline.encompass.models import ListedIncident, Notice, Reconciliation
from sightline.people.models import Incident, Mention, Role, Source

LATELY = timedelta(days=3)
PATIENCE = timedelta(hours=2)  # after police listed it: the notification may be on its way
SOON = timedelta(minutes=10)  # after it came: its message is being made
BATCH = 1000


@dataclass(frozen=True)
class Listed:
    """One line of the police's own list."""

    reference: str
    started_at: datetime
    children: int


@transaction.atomic
def list_incidents(lines: Iterable[Listed], *, sender: Agency, now: datetime) -> int:
    """Keep what police list. A line that came before is there already. Returns how many are new."""
    before = ListedIncident.objects.filter(sender=sender).count()
    ListedIncident.objects.bulk_create(
        [
            ListedIncident(
                sender=sender, reference=line.reference, started_at=line.started_at,
                children=line.children, listed_at=now,
            )
            for line in lines
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    return ListedIncident.objects.filter(sender=sender).count() - before


def not_notified(now: datetime) -> QuerySet[ListedIncident]:
    """Return the incidents with a child that police listed and no notification came of."""
    known = Incident.objects.filter(reference=OuterRef("reference"))
    listed = ListedIncident.objects.filter(
        children__gt=0, settled_at__isnull=True, listed_at__lte=now - PATIENCE
    )
    return listed.filter(~Exists(known)).select_related("sender").order_by("started_at", "pk")


@transaction.atomic
def settle(*, listed: ListedIncident, because: str, by: User, now: datetime) -> ListedIncident:
    """Write down why no notification is to come of it. Saying so twice is saying it once.

    Raises NotUnderstood without a reason.
    """
    require(by, Perm.SEE_WORKLIST)
    if not because.strip():
        raise NotUnderstood("Say what was found out.")
    listed = ListedIncident.objects.select_for_update().get(pk=listed.pk)
    if listed.settled_at is None:
        listed.settled_at, listed.settled_by = now, by
        listed.settled_because = because.strip()[:200]
        listed.save(update_fields=["settled_at", "settled_by", "settled_because"])
        record("listed_incident.settled", listed, by=by, at=now)
    return listed


def no_school() -> QuerySet[Notice]:
    """Return the messages for which nobody to tell was found."""
    return _standing().filter(school=None, office=None)


def no_receipt(now: datetime) -> QuerySet[Notice]:
    """Return the messages that nobody received by their bell."""
    return _standing().exclude(school=None, office=None).filter(due_at__lte=now)


def _standing() -> QuerySet[Notice]:
    waiting = Notice.objects.filter(received_at__isnull=True, withdrawn_at__isnull=True)
    return waiting.select_related("school", "office", "incident__household").order_by("due_at")


@transaction.atomic
def reconcile(now: datetime) -> Reconciliation:
    """Make what messages are missing, count what else did not arrive, and keep the counts."""
    made = _make_missing(now)
    return Reconciliation.objects.create(
        reconciled_at=now, not_notified=not_notified(now).count(), not_made=made,
        no_school=no_school().count(), no_receipt=no_receipt(now).count(),
    )  # fmt: skip


def _make_missing(now: datetime) -> int:
    """Make the messages of children who have none, of what came of late. Returns how many.

    There should be none: whatever made them be left out, the school is told now.
    """
    told = Notice.objects.filter(mention=OuterRef("pk"))
    children = Mention.objects.filter(
        ~Exists(told), role=Role.CHILD, source__superseded_at__isnull=True,
        source__notification__history=False, source__notification__opened_at__isnull=False,
        source__recorded_at__range=(now - LATELY, now - SOON),
    )  # fmt: skip
    ids = children.values_list("source", flat=True).distinct()[:BATCH]
    sources = Source.objects.filter(pk__in=list(ids)).select_related("notification")
    before = Notice.objects.count()
    arrived = [Arrived(source, source.notification.received_at) for source in sources]
    open_to_schools(make_notices(arrived, now=now), by=None, now=now)
    return Notice.objects.count() - before
