"""A decision that goes back to whoever reported, with what they can do; whether they read it."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from sightline.access.models import Agency, User
from sightline.access.queries import require
from sightline.access.roles import Perm
from sightline.audit.commands import event, record, record_many
from sightline.common.clock import local_date
from sightline.meetings.models import Decision, ReturnedToReferrer
from sightline.people.models import Link
from sightline.rules.meetings.returning import steps_on
from sightline.rules.screening.outcomes import outcome_set

READERS = (Perm.SEND_NOTIFICATION, Perm.WORK_ACTIONS)


def goes_back(decision: Decision) -> bool:
    """Whether the outcome of a decision sends the family back to whoever reported."""
    try:
        return outcome_set(decision.outcome_set).outcome(decision.outcome).goes_back
    except LookupError:  # a code that came by file
        return False


@transaction.atomic
def send_back(*, decision: Decision, by: User, now: datetime) -> list[ReturnedToReferrer]:
    """Send a decision back to every agency that reported the incident. Twice is once."""
    if not goes_back(decision):
        return []
    steps = steps_on(local_date(now))
    agencies = list(_who_reported(decision))
    made = [
        ReturnedToReferrer(
            decision=decision, agency=agency, steps=steps.key, returned_at=now, returned_by=by,
            what_they_can_do=list(steps.for_agency(decision.outcome, agency.kind)),
        )
        for agency in agencies
    ]  # fmt: skip
    have = set(decision.returned.values_list("agency_id", flat=True))
    fresh = ReturnedToReferrer.objects.bulk_create(one for one in made if one.agency_id not in have)
    record_many(event("decision.returned", one, by=by, at=now) for one in fresh)
    return fresh


def _who_reported(decision: Decision) -> QuerySet[Agency]:
    incident = decision.screening.incident_id
    return Agency.objects.filter(notifications__source__incident=incident).distinct()


def returned_to(user: User) -> QuerySet[ReturnedToReferrer]:
    """Return what has come back to a user's agency and stands, unread first, newest first.

    Of a child whose record is restricted somebody tells them, or nobody: ask where the wall does
    not hide that it is.
    """
    restricted = Link.objects.filter(
        mention=OuterRef("decision__screening__mention"), ended_at__isnull=True,
        person__restricted_at__isnull=False,
    )  # fmt: skip
    mine = ReturnedToReferrer.objects.filter(
        ~Exists(restricted), agency=user.agency_id, decision__replaced_at__isnull=True
    )
    related = ("decision__screening__mention", "decision__screening__incident", "read_by")
    return mine.select_related(*related).order_by("read_at", "-returned_at", "-pk")


@transaction.atomic
def read_return(*, returned: ReturnedToReferrer, by: User, now: datetime) -> ReturnedToReferrer:
    """The agency says that it has read what it can do. Saying so twice is saying it once."""
    require(by, *READERS)
    returned = ReturnedToReferrer.objects.select_for_update().get(pk=returned.pk)
    if returned.agency_id != by.agency_id:
        raise PermissionDenied
    if returned.read_at is None:
        returned.read_at, returned.read_by = now, by
        returned.save(update_fields=["read_at", "read_by"])
        record("decision.return_read", returned, by=by, at=now)
    return returned
