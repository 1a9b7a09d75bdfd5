"""Reading notices: which of them a school has, and what a message may be composed from."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from django.db.models import Case, DateTimeField, Exists, F, OuterRef, Q, QuerySet, When
from django.http import Http404

from sightline.access.models import User
from sightline.common.wall import Purpose, acting_for
from sightline.encompass.models import Notice
from sightline.encompass.told import Told, items_of, what_may_be_told
from sightline.people.models import Incident, Link, Mention, Relationship, Role
from sightline.people.queries import persons_of
from sightline.sharing.models import Item
from sightline.sharing.queries import (
    Answer,
    log_reads,
    may_see,
    visible_persons,
    what_they_may_see,
)

TOLD = frozenset({Item.INCIDENT, Item.VOICE, Item.SCHOOL})  # what a message may be made of
A_YEAR = timedelta(days=365)
UNREAD = Q(received_at__isnull=True, withdrawn_at__isnull=True)


def told_to(user: User) -> Q:
    """The notices that are for the user's school, or for their office of the council."""
    return Q(school__agency=user.agency_id) | Q(office=user.agency_id)


def changed_at(notice: Notice) -> datetime | None:
    """Return when a correction changed or withdrew a notice; None when it is as it was made."""
    corrected = notice.mention.source.recorded_at
    if notice.withdrawn_at is not None:
        return notice.withdrawn_at
    return corrected if corrected > notice.made_at else None


def notices_for(user: User, now: datetime) -> QuerySet[Notice]:
    """Return the messages of the user's school: what is not confirmed first, by its clock, then
    what has no support recorded yet, newest first.

    Those that may not be opened are left out. What was withdrawn is there if the school knew of it.
    """
    doors = Link.objects.filter(
        mention=OuterRef("mention"), ended_at__isnull=True,
        person__in=visible_persons(user, now, Item.INCIDENT),
    )  # fmt: skip
    stands = Q(Exists(doors), withdrawn_at__isnull=True)
    taken_back = Q(withdrawn_at__isnull=False, sent_at__isnull=False)
    due_first = Case(When(UNREAD, then=F("due_at")), output_field=DateTimeField())
    supported = Case(When(supported_at__isnull=True, then=0), default=1)
    return (
        Notice.objects.filter(stands | taken_back, told_to(user))
        .select_related("incident", "mention__source", "received_by", "opened_by")
        .order_by(due_first.asc(nulls_last=True), supported, "-made_at", "pk")
    )


def pupils_seen(user: User, notices: Iterable[Notice], now: datetime) -> dict[int, Answer]:
    """Return why each pupil may be named whose message the school has opened, by mention.

    Naming them is written down as a look. Three queries however many there are.
    """
    person_of = persons_of([notice.mention for notice in notices if notice.opened_at])
    found = what_they_may_see(user, set(person_of.values()), now)
    may = {person: _only_told(one) for person, one in found.items() if Item.INCIDENT in one.items}
    log_reads(user, may, page="notices", now=now)
    return {mention: may[person] for mention, person in person_of.items() if person in may}


def _only_told(answer: Answer) -> Answer:
    """The part of an answer that messages are made of, whatever else the agency may see."""
    return Answer(answer.allowed, answer.because, answer.items & TOLD)


@dataclass(frozen=True)
class Opened:
    """A notice that a user may read, of which person it is, what of it may be said, and by which
    rows of the sharing rules."""

    notice: Notice
    person_id: int
    items: frozenset[str]
    told: Told = field(default_factory=dict)


def notice_or_404(user: User, pk: int, now: datetime) -> Opened:
    """Load a message of the user's school, authorise and write down the look.

    That there is a message about somebody is not to be known either: the answer no is 404. Of one
    that was withdrawn nothing but that may be said, and whom it was about where it had been read.
    """
    wanted = Notice.objects.filter(told_to(user), pk=pk)
    with acting_for(Purpose.CHECKING):  # what was taken back is not open any more
        notice = wanted.select_related(
            "incident__household", "mention__source", "school", "office", "opened_by",
            "received_by", "supported_by",
        ).first()  # fmt: skip
        person_id = persons_of([notice.mention]).get(notice.mention_id) if notice else None
    if notice is None or person_id is None:
        raise Http404
    answer = _only_told(may_see(user, person_id, Item.INCIDENT, now))
    if notice.withdrawn_at is not None:
        return _withdrawn(notice, person_id, user, answer, now)
    told = what_may_be_told(notice, now)
    if not answer.allowed or not told:  # the door was opened by rules that were stricter since
        raise Http404
    items = answer.items & {*items_of(told), Item.SCHOOL}
    log_reads(user, {person_id: replace(answer, items=items)}, page="notice", now=now)
    return Opened(notice, person_id, items, told)


def _withdrawn(notice: Notice, person_id: int, user: User, answer: Answer, now: datetime) -> Opened:
    if notice.sent_at is None:
        raise Http404
    if notice.opened_at is None or not answer.allowed:
        return Opened(notice, person_id, frozenset())
    log_reads(user, {person_id: answer}, page="notice", now=now)
    return Opened(notice, person_id, frozenset({Item.INCIDENT}))


@dataclass(frozen=True)
class Facts:
    """What else a message is composed from.

    adults: those of the incident, each with its relation to the child as written, or "".
    addresses: every address that the notification holds; none may be said.
    earlier: in how many incidents of the twelve months before the child was named.
    """

    adults: tuple[tuple[Mention, str], ...]
    addresses: frozenset[str]
    earlier: int


@acting_for(Purpose.CHECKING)
def facts_of(notice: Notice, person_id: int) -> Facts:
    """Gather what a message is composed from. Three queries."""
    others = Mention.objects.filter(source=notice.mention.source_id).select_related("household")
    people = list(others.order_by("position"))
    kinds = dict(
        Relationship.objects.filter(b=notice.mention_id).order_by("pk").values_list("a_id", "kind")
    )
    homes = [person.household for person in people] + [notice.incident.household]
    return Facts(
        adults=tuple((p, kinds.get(p.pk, "")) for p in people if p.role != Role.CHILD),
        addresses=frozenset({p.address for p in people} | {h.address for h in homes if h} - {""}),
        earlier=_earlier(person_id, notice.incident),
    )


def _earlier(person_id: int, incident: Incident) -> int:
    """Count incidents, not notifications; what was corrected away does not count."""
    before = Link.objects.filter(
        person=person_id, ended_at__isnull=True, mention__role=Role.CHILD,
        mention__source__superseded_at__isnull=True,
        mention__source__incident__started_at__gte=incident.started_at - A_YEAR,
        mention__source__incident__started_at__lt=incident.started_at,
    )  # fmt: skip
    found = before.exclude(mention__source__incident=incident)
    return found.values("mention__source__incident").distinct().count()
