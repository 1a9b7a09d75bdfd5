"""Reading requests with all that a page shows of them, in a number of queries that never grows."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from sightline.people.models import Link, Person
from sightline.research.models import Asked, ResearchAnswer, ResearchRequest, Told


@dataclass(frozen=True)
class About:
    """One person that a request asks about: who that is now, and what was answered, if it was."""

    asked: Asked
    person: Person
    told: Told | None


@dataclass(frozen=True)
class Read:
    """A request, everybody it asks about, and the answer that stands."""

    request: ResearchRequest
    about: tuple[About, ...]
    answer: ResearchAnswer | None


def read(requests: Iterable[ResearchRequest]) -> list[Read]:
    """Return requests with whom they ask about and what was answered. Four queries.

    Whom a correction took out is left out. Whether somebody may be shown is for the caller.
    """
    wanted = list(requests)
    asked = list(standing(wanted).select_related("mention").order_by("mention__position", "pk"))
    who = _persons(asked)
    answers, told = _answers(wanted)
    by_request: dict[int, list[About]] = defaultdict(list)
    for one in asked:
        if one.mention_id in who:
            about = About(one, who[one.mention_id], told.get(one.pk))
            by_request[one.request_id].append(about)
    return [Read(r, tuple(by_request[r.pk]), answers.get(r.pk)) for r in wanted]


def standing(requests: Iterable[ResearchRequest]) -> QuerySet[Asked]:
    """Return whom requests ask about: neither withdrawn, nor asked about by rule and restricted
    since."""
    restricted = Link.objects.filter(
        mention=OuterRef("mention"), ended_at__isnull=True, person__restricted_at__isnull=False
    )
    found = Asked.objects.filter(request__in=list(requests), withdrawn_at__isnull=True)
    return found.exclude(~Q(rule="") & Exists(restricted))


def _persons(asked: Sequence[Asked]) -> dict[int, Person]:
    links = Link.objects.filter(mention__in=[a.mention_id for a in asked], ended_at__isnull=True)
    return {link.mention_id: link.person for link in links.select_related("person")}


def _answers(
    requests: Sequence[ResearchRequest],
) -> tuple[dict[int, ResearchAnswer], dict[int, Told]]:
    """Return the answer that stands of each request, and what it says by who was asked about."""
    standing = ResearchAnswer.objects.filter(request__in=requests, superseded_at__isnull=True)
    answers = {a.request_id: a for a in standing.select_related("answered_by", "token")}
    told = Told.objects.filter(answer__in=[a.pk for a in answers.values()])
    return answers, {one.asked_id: one for one in told}
