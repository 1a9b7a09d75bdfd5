"""Which requests somebody may see: those to their own agency, or those they chase."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count

from django.db.models import QuerySet
from django.http import Http404

from sightline.access.models import User
from sightline.common.wall import Purpose, acting_for
from sightline.research.family import visible
from sightline.research.models import Asked, ResearchRequest
from sightline.research.reading import About, Read, read
from sightline.sharing.models import Item
from sightline.sharing.queries import Answer, log_reads, visible_persons, what_they_may_see
from sightline.sharing.team import OPEN_FOR

MOST = 500


def asked_of(user: User, now: datetime) -> QuerySet[ResearchRequest]:
    """Return what the user's agency is asked and has not answered, nearest deadline first.

    What was asked so long ago that the case has closed is left out: its people are not open any
    more.
    """
    found = open_requests(user.agency_id, now)
    return found.select_related("agency", "incident").order_by("due_at", "pk")


def open_requests(agency_id: int, now: datetime) -> QuerySet[ResearchRequest]:
    """Return what an agency is asked and has not answered, while the case is open."""
    return ResearchRequest.objects.filter(
        ResearchRequest.OPEN, agency=agency_id, asked_at__gt=now - OPEN_FOR
    )


def answered_by(user: User, now: datetime) -> QuerySet[ResearchRequest]:
    """Return what the user's agency answered lately, newest first: it may still be corrected."""
    lately = ResearchRequest.objects.filter(
        agency=user.agency_id, answered_at__gt=now - OPEN_FOR, withdrawn_at__isnull=True
    )
    return lately.select_related("agency", "incident").order_by("-answered_at", "-pk")


@acting_for(Purpose.CHECKING)  # no names: which, and by when
def to_chase(user: User, now: datetime) -> list[tuple[int, datetime]]:
    """Return what is open in incidents of which the user may see somebody: ids with deadlines,
    nearest deadline first. `MOST` of them: nobody chases more in a day, and the time this takes
    does not grow with the years."""
    waiting = ResearchRequest.objects.filter(ResearchRequest.OPEN, asked_at__gt=now - OPEN_FOR)
    nearest = waiting.order_by("due_at", "pk").values_list("pk", "due_at")
    found: list[tuple[int, datetime]] = []
    for begin in count(step=MOST):  # whether they may be seen is asked of few at a time
        some = list(nearest[begin : begin + MOST])
        seen = _seen_by(user, [pk for pk, _ in some], now)
        found += [one for one in some if one[0] in seen]
        if len(some) < MOST or len(found) >= MOST:
            break
    return found[:MOST]


def _seen_by(user: User, ids: Sequence[int], now: datetime) -> frozenset[int]:
    """Return which requests ask about somebody whom the user may see."""
    asked = Asked.objects.filter(
        request__in=ids, withdrawn_at__isnull=True, mention__links__ended_at__isnull=True,
        mention__links__person__in=visible_persons(user, now),
    )  # fmt: skip
    return frozenset(asked.values_list("request", flat=True))


def in_this_order(ids: Sequence[int]) -> list[ResearchRequest]:
    """Return requests by id, with what a list shows of them."""
    loaded = ResearchRequest.objects.select_related("agency", "incident")
    found = loaded.in_bulk(ids)
    return [found[pk] for pk in ids]


@dataclass(frozen=True)
class Seen:
    """A request with those of whom the user may see who they are; items: what else of each of them
    is open to the user, on other pages."""

    read: Read
    about: tuple[About, ...]
    items: frozenset[str] = frozenset()

    @property
    def request(self) -> ResearchRequest:
        return self.read.request


def own_or_404(user: User, pk: int, *, page: str, now: datetime) -> Seen:
    """Load a request to the user's agency, and write down the look. 404 for another's, or where
    nobody it is about is open any more; of one that was withdrawn nobody is shown."""
    own = ResearchRequest.objects.filter(agency=user.agency_id)
    found = _or_404(user, own, pk, page, now)
    return found if found.request.withdrawn_at is None else Seen(found.read, ())


def chased_or_404(user: User, pk: int, *, page: str, now: datetime) -> Seen:
    """Load a request for somebody who chases agencies, and write down the look."""
    found = _or_404(user, ResearchRequest.objects.all(), pk, page, now)
    if not found.about:
        raise Http404
    return found


def _or_404(
    user: User, among: QuerySet[ResearchRequest], pk: int, page: str, now: datetime
) -> Seen:
    loaded = among.select_related("agency", "incident", "asked_by__agency")
    request = loaded.filter(pk=pk).first()
    if request is None:
        raise Http404
    [seen] = seen_of(user, [request], page=page, now=now)
    if not seen.about and request.withdrawn_at is None:
        raise Http404
    return seen


def seen_of(
    user: User, requests: Sequence[ResearchRequest], *, page: str, now: datetime, log: bool = True
) -> list[Seen]:
    """Return requests with those whom the user may see, and write down that they were looked at.

    log: False where nobody is named, nor anything of them shown. Six queries, however many.
    """
    found = read(requests)
    answers = what_they_may_see(user, {a.person.pk for one in found for a in one.about}, now)
    named = {pk: _who_only(one) for pk, one in answers.items() if Item.IDENTITY in one.items}
    shown = [_seen(one, answers, frozenset(named)) for one in found]
    looked_at = {about.person.pk for one in shown for about in one.about}
    if log:
        log_reads(user, {pk: named[pk] for pk in looked_at}, page=page, now=now)
    return shown


def _seen(one: Read, answers: Mapping[int, Answer], named: frozenset[int]) -> Seen:
    about = tuple(visible(one, named))
    items = [answers[each.person.pk].items for each in about]
    return Seen(one, about, frozenset.intersection(*items) if items else frozenset())


def _who_only(answer: Answer) -> Answer:
    """What these pages show of a person, whatever else the agency may see."""
    return Answer(answer.allowed, answer.because, frozenset({Item.IDENTITY}))
