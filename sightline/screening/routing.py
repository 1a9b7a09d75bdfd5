"""Already open to social care: a route of its own, to the allocated worker, the same day."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from sightline.access.models import AgencyKind, User
from sightline.access.queries import require
from sightline.access.roles import Perm
from sightline.audit.commands import record
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.people.models import Link
from sightline.screening.models import Screening
from sightline.sharing.commands import FOR_OPEN_CASE, Door, close, disclose

OPEN_FOR = timedelta(days=28)


def workers() -> QuerySet[User]:
    """Return the social workers whom a notification may be sent to."""
    practitioners = User.objects.filter(is_active=True, roles__contains=["practitioner"])
    return practitioners.filter(agency__kind=AgencyKind.SOCIAL_CARE).order_by("name")


@transaction.atomic
def send_to_worker(*, screening: Screening, worker: User, by: User, now: datetime) -> Screening:
    """Send a child's notification to the social worker who has the child already.

    Opens the worker's agency's door to everybody in the incident, and closes that of a worker to
    whom it went before. Sending it to the same worker again changes nothing.
    """
    require(by, Perm.SCREEN)
    screening = Screening.objects.select_for_update().get(pk=screening.pk)
    _refuse(screening, worker)
    if screening.routed_to_id == worker.pk:
        return screening
    close(FOR_OPEN_CASE, origin_id=str(screening.pk), now=now)
    screening.already_open_to = f"{worker.name}, {worker.agency.name}"[:120]
    screening.routed_at, screening.routed_by, screening.routed_to = now, by, worker
    screening.read_at = screening.read_by = None
    screening.save()
    _open_door(screening, worker, by, now)
    record("screening.sent_to_worker", screening, by=by, at=now, worker=worker.pk)
    return screening


def _refuse(screening: Screening, worker: User) -> None:
    if screening.withdrawn_at is not None:
        raise WrongMoment("A correction took this child out of the notification.")
    if not workers().filter(pk=worker.pk).exists():
        raise NotUnderstood("Choose a social worker of children's social care.")


def _open_door(screening: Screening, worker: User, by: User, now: datetime) -> None:
    links = Link.objects.filter(
        mention__source__incident=screening.incident_id,
        mention__source__superseded_at__isnull=True,
        ended_at__isnull=True,
    )
    disclose(
        FOR_OPEN_CASE,
        [
            Door(worker.agency_id, person, str(screening.pk), now + OPEN_FOR)
            for person in set(links.values_list("person_id", flat=True))
        ],
        by=by,
        now=now,
    )


def sent_to(user: User) -> QuerySet[Screening]:
    """Return what was sent to a worker and has not been withdrawn, newest first."""
    sent = Screening.objects.filter(routed_to=user, withdrawn_at__isnull=True)
    return sent.select_related("incident__household").order_by("-routed_at")


@transaction.atomic
def mark_read(*, incident_id: int, by: User, now: datetime) -> None:
    """Write down that the worker to whom it was sent has opened the family."""
    unread = Screening.objects.select_for_update().filter(
        incident=incident_id, routed_to=by, read_at__isnull=True
    )
    for screening in unread:
        screening.read_at, screening.read_by = now, by
        screening.save(update_fields=["read_at", "read_by"])
        record("screening.read_by_worker", screening, by=by, at=now)
