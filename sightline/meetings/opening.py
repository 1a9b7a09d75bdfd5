"""The doors that a published list opens.

A screening meeting opens none: the team sees its families by standing disclosure, and any other
member what it was asked about or has an action for. A MARAC opens the pair to its members.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from sightline.access.models import Agency, User
from sightline.meetings.models import MaracReferral, Meeting, MeetingItem
from sightline.people.queries import persons_of
from sightline.rules.meetings.kinds import kind_called
from sightline.sharing.commands import FOR_MARAC, Door, disclose

OPEN_FOR = timedelta(days=28)  # our rule: after the day of the meeting


def members_of(meeting: Meeting) -> list[Agency]:
    """Return the agencies that sit in a meeting, by the kinds its rules name. One query."""
    kinds = kind_called(meeting.rules).members
    return list(Agency.objects.filter(kind__in=kinds, closed_on__isnull=True).order_by("name"))


def open_doors(meeting: Meeting, items: Iterable[MeetingItem], *, by: User, now: datetime) -> None:
    """Open the pairs on a published MARAC's list to its members."""
    referrals = [item.referral_id for item in items if item.referral_id is not None]
    if meeting.published_at is not None and referrals:
        open_pairs(meeting, referrals, until=meeting.starts + OPEN_FOR, by=by, now=now)


def open_pairs(
    meeting: Meeting, referrals: Iterable[int], *, until: datetime, by: User, now: datetime
) -> None:
    """Open these pairs to the members of a meeting until a moment."""
    found = MaracReferral.objects.filter(pk__in=list(referrals))
    pairs = list(found.select_related("victim", "perpetrator"))
    agencies = members_of(meeting)
    disclose(FOR_MARAC, _doors(pairs, agencies, until), by=by, now=now)


def _doors(pairs: list[MaracReferral], agencies: list[Agency], until: datetime) -> Iterator[Door]:
    who = persons_of([mention for one in pairs for mention in (one.victim, one.perpetrator)])
    for one in pairs:
        for person in {who[pk] for pk in (one.victim_id, one.perpetrator_id) if pk in who}:
            for agency in agencies:
                yield Door(agency.pk, person, str(one.pk), until)
