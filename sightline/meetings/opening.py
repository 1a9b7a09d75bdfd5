"""The doors that a published list opens.

A screening meeting opens none: the team sees its families by standing disclosure, and any other
member what it was asked about or has an action for. A MARAC opens the pair to its members.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.db.models import Q

from sightline.access.models import Agency, User
from sightline.meetings.models import MaracReferral, Meeting, MeetingItem
from sightline.people.queries import persons_of
from sightline.rules.meetings.kinds import Kind, kind_called
from sightline.rules.research.services import Service
from sightline.sharing.commands import FOR_MARAC, Door, disclose

OPEN_FOR = timedelta(days=28)  # our rule: after the day of the meeting


# Whoever is asked about one person alone is no member: a practice, a school.
ALONE = (Service.GP, Service.SCHOOL)
OF_THE_PARTNERSHIP = [service.value for service in Service if service not in ALONE]


def members_of(meeting: Meeting) -> list[Agency]:
    """Return the agencies that sit in a meeting, in the order of their names. One query.

    They are of the kinds that its rules name, and of this partnership: core, or answering for a
    service. Another borough's agency of such a kind is in the directory too, and no member.
    """
    kinds = kind_called(meeting.rules).members
    found = Agency.objects.filter(kind__in=kinds, closed_on__isnull=True)
    return list(
        found.filter(Q(core=True) | Q(services__overlap=OF_THE_PARTNERSHIP)).order_by("name")
    )


def sits_in(agency: Agency, kind: Kind) -> bool:
    """Whether an agency is a member of meetings of a kind: the twin of `members_of`."""
    ours = agency.core or set(agency.services).intersection(OF_THE_PARTNERSHIP)
    return bool(ours) and agency.kind in kind.members and agency.closed_on is None


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
