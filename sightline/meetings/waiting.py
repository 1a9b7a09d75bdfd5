"""Which families and which pairs wait for a meeting, as its rules read them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sightline.common.clock import local_date
from sightline.meetings.models import MaracReferral, Meeting, MeetingItem
from sightline.people.models import Incident
from sightline.rules.calendar import england_and_wales
from sightline.rules.deadlines import referral_decision_due
from sightline.rules.meetings.kinds import PAIRS, Kind
from sightline.rules.meetings.listing import Case
from sightline.screening.models import Screening
from sightline.screening.queries import undecided
from sightline.screening.record import History, histories

YEAR = 12


def cases_for(kind: Kind, meeting: Meeting, now: datetime) -> list[Case]:
    """Return what waits for a meeting of this kind and stands on no earlier one that is open.

    The number of queries does not depend on how many wait.
    """
    if kind.about == PAIRS:
        return _pairs(_elsewhere(meeting, now, "referral"))
    oldest = now - timedelta(hours=kind.notified_within_hours)
    return _families(oldest, _elsewhere(meeting, now, "incident"))


def waiting_children(incidents: Sequence[int]) -> dict[int, list[Screening]]:
    """Return the screenings of these incidents for which a decision is missing. One query."""
    found: dict[int, list[Screening]] = defaultdict(list)
    waiting = undecided(Screening.objects.filter(incident__in=incidents, already_open_to=""))
    for screening in waiting.order_by("pk"):
        found[screening.incident_id].append(screening)
    return found


def _families(oldest: datetime, elsewhere: set[int]) -> list[Case]:
    waiting = undecided(
        Screening.objects.filter(opened_at__gte=oldest, imported=False, already_open_to="")
    )
    children: dict[int, list[Screening]] = defaultdict(list)
    for screening in waiting.exclude(incident__in=elsewhere).order_by("opened_at", "pk"):
        children[screening.incident_id].append(screening)
    past = histories(children)
    grades = dict(Incident.objects.filter(pk__in=children).values_list("pk", "officer_grade"))
    return [_family(pk, some, grades, past.get(pk)) for pk, some in children.items()]


def _family(
    pk: int, children: Sequence[Screening], grades: Mapping[int, str], history: History | None
) -> Case:
    since = children[0].opened_at
    return Case(
        key=pk,
        since=since,
        due=referral_decision_due(local_date(since), england_and_wales()).at,
        scale=max(child.scale or child.suggested or 0 for child in children),
        grade=grades.get(pk, ""),
        recent=incidents_in_a_year(history),
    )


def incidents_in_a_year(history: History | None) -> int:
    """Return how many incidents the family had in twelve months, this one counted."""
    if history is None:
        return 1
    past = history.past
    return 1 + sum(one.on >= past.months_back(YEAR) for one in past.family)


def _pairs(elsewhere: set[int]) -> list[Case]:
    waiting = MaracReferral.objects.filter(withdrawn_at__isnull=True, hearings__isnull=True)
    return [
        Case(
            key=referral.pk, since=referral.referred_at, due=referral.referred_at,
            criteria=frozenset(one["id"] for one in referral.criteria),
        )
        for referral in waiting.exclude(pk__in=elsewhere)
    ]  # fmt: skip


def _elsewhere(meeting: Meeting, now: datetime, what: str) -> set[int]:
    """What stands already on a meeting that comes before and was not put off there."""
    standing = MeetingItem.objects.filter(
        meeting__closed_at__isnull=True, meeting__cancelled_at__isnull=True,
        meeting__published_at__isnull=False, meeting__starts__lt=meeting.starts,
        meeting__starts__gt=now - timedelta(days=1),
        removed_at__isnull=True, deferred_at__isnull=True,
    )  # fmt: skip
    ids = standing.exclude(**{f"{what}__isnull": True}).values_list(f"{what}_id", flat=True)
    return set(ids)
