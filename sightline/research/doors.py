"""What an agency may see of whom it is asked about: who they are, and that for a while only."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from sightline.access.models import User
from sightline.people.models import Link
from sightline.research.models import Asked, ResearchRequest
from sightline.sharing.commands import FOR_RESEARCH, Door, close_all, disclose
from sightline.sharing.team import OPEN_FOR

AFTER_ANSWER = timedelta(days=14)  # to look again at what was answered, and to correct it


def asked_about(request_ids: Collection[int]) -> dict[int, set[int]]:
    """Return the persons that each request asks about now, by its id: nobody where it, or what it
    asks about somebody, was withdrawn. Two queries."""
    found: dict[int, set[int]] = {pk: set() for pk in request_ids}
    standing = Asked.objects.filter(
        request__in=request_ids, withdrawn_at__isnull=True, request__withdrawn_at__isnull=True
    )
    asked = list(standing.values_list("request", "mention"))
    links = Link.objects.filter(mention__in=[m for _, m in asked], ended_at__isnull=True)
    who = dict(links.values_list("mention", "person"))
    for request, mention in asked:
        if mention in who:
            found[request].add(who[mention])
    return found


def set_doors(requests: Iterable[ResearchRequest], *, by: User | None, now: datetime) -> None:
    """Open the doors of the agencies that are asked to whom they are asked about, and close those
    to anybody else. Where no agency has been chosen none is opened."""
    told = {request.pk: request for request in requests}
    who = asked_about(list(told))
    doors = [
        Door(request.agency_id, person, str(pk), _until(request))
        for pk, request in told.items()
        if request.agency_id is not None
        for person in who[pk]
    ]
    close_all(FOR_RESEARCH, origin_ids=[str(pk) for pk in told], now=now)
    disclose(FOR_RESEARCH, (door for door in doors if door.until > now), by=by, now=now)


def _until(request: ResearchRequest) -> datetime:
    """When what a request opens is closed: some days after the answer, or with the case."""
    if request.answered_at is not None:
        return request.answered_at + AFTER_ANSWER
    return request.asked_at + OPEN_FOR
