"""The order of things, written down once.

received -> recorded -> linked -> schools told
                               -> case opened (screenings, standing disclosures)

A doubt about who somebody is delays nothing: linking gives a doubtful mention a person of its own.

Every stage is idempotent: it may be run again after a crash, at any moment, in any order.
"""

from datetime import datetime, timedelta

from django.db import transaction

from sightline.access.models import Agency
from sightline.actions.record import record_facts
from sightline.common.announce import quietly
from sightline.encompass.commands import make_notices
from sightline.encompass.commands import until as notice_until
from sightline.encompass.models import Notice
from sightline.intake.models import Notification
from sightline.intake.stages import record_people
from sightline.people.linking import link_source
from sightline.people.models import Link, Source
from sightline.people.queries import persons_of
from sightline.screening.answering import answer_from_record
from sightline.screening.commands import open_screenings
from sightline.sharing.commands import FOR_NOTICE, STANDING, disclose

OPEN_FOR = timedelta(days=90)  # a standing disclosure ends by itself; a new notification renews it


def record(notification_id: int, now: datetime) -> None:
    """Write down who is mentioned."""
    record_people(notification_id, now=now)


def link(source_id: int, now: datetime) -> None:
    """Link the mentions to persons."""
    link_source(Source.objects.get(pk=source_id), now=now)


@transaction.atomic
def tell_schools(source_id: int, now: datetime) -> None:
    """Make the notices for the schools of the children mentioned."""
    source = Source.objects.select_related("incident", "notification").get(pk=source_id)
    notification = source.notification
    if notification.history:
        return
    for notice in make_notices(source, received_at=notification.received_at, now=now):
        _open_door(notice, now)


def _open_door(notice: Notice, now: datetime) -> None:
    person = persons_of([notice.mention]).get(notice.mention_id)
    if notice.school is not None and person is not None:
        disclose(
            FOR_NOTICE, persons=[person], agencies=[notice.school.agency],
            origin_id=str(notice.pk), until=notice_until(notice), by=None, now=now,
        )  # fmt: skip


@transaction.atomic
def open_case(source_id: int, now: datetime) -> None:
    """Open the screenings and the core members' door; the notification has then gone its way.

    A back-load opens neither: what happened years ago needs no screening now, and is seen as the
    history of whoever is in an open case.
    """
    source = Source.objects.select_related("incident", "notification").get(pk=source_id)
    if not source.notification.history:
        _open_to_the_team(source, now)
    Notification.objects.filter(source=source, opened_at__isnull=True).update(
        linked_at=now, opened_at=now
    )


def _open_to_the_team(source: Source, now: datetime) -> None:
    open_screenings(source, now=now)
    answer_from_record(source.incident, facts=record_facts(source.incident, now=now), now=now)
    disclose(
        STANDING, persons=_everybody(source), agencies=_core_agencies(),
        origin_id=str(source.incident_id), until=now + OPEN_FOR, by=None, now=now,
    )  # fmt: skip


def _everybody(source: Source) -> list[int]:
    links = Link.objects.filter(mention__source=source, ended_at__isnull=True)
    return sorted(set(links.values_list("person_id", flat=True)))


def _core_agencies() -> list[Agency]:
    return list(Agency.objects.filter(core=True, closed_on__isnull=True))


def renew_doors(mention_id: int, now: datetime) -> None:
    """After a join or its undoing, open the doors of the open case for whoever it is now."""
    source = Source.objects.get(mentions=mention_id)
    if Notification.objects.filter(source=source, opened_at__gt=now - OPEN_FOR).exists():
        open_case(source.pk, now)


@transaction.atomic
def take_through(notification_id: int, now: datetime) -> None:
    """Run every stage here and now: the bulk path of imports, which writes the same rows."""
    with quietly("source.recorded", "source.linked"):
        source = record_people(notification_id, now=now)
        link(source.pk, now)
        tell_schools(source.pk, now)
        open_case(source.pk, now)
