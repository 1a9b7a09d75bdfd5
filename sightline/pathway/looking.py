"""A record as one reader may look at it: the person, the links, and what of them may be seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404

from sightline.access.models import User
from sightline.pathway.chronology import wholly_open
from sightline.pathway.presenters.records import Reader
from sightline.people.models import Link, LinkChange, Mention, Person
from sightline.people.queries import now_known_as, persons_in
from sightline.sharing.models import Item
from sightline.sharing.queries import (
    Answer,
    log_reads,
    may_see,
    person_or_404,
    visible_persons,
    what_they_may_see,
)
from sightline.sharing.sheltering import sheltering

LOADED = ("mention__source__incident", "decided_by")
BY_NAME = Reader(frozenset({Item.IDENTITY}), ())


@dataclass(frozen=True)
class Record:
    """A person with the links that hold, the newest source first, and how they may be read."""

    person: Person
    links: Sequence[Link]
    reader: Reader

    @property
    def mentions(self) -> list[Mention]:
        return [link.mention for link in self.links]


def load_record(user: User, person_id: int, *, page: str, now: datetime) -> Record:
    """Load, authorise and log a look at a person's links. 404 unless disclosed."""
    person, answer = person_or_404(user, person_id, page=page, now=now)
    links = Link.objects.filter(person=person, ended_at__isnull=True).select_related(*LOADED)
    in_order = list(links.order_by("-mention__source__on", "-mention_id"))
    mentions = [link.mention for link in in_order]
    whole, shelters = wholly_open(mentions, user, now), sheltering(mentions, user, now)
    return Record(person, in_order, Reader(answer.items, whole, shelters))


def joined_away(user: User, person_id: int, now: datetime) -> int | None:
    """Return who somebody is now who was joined with another, if the user may see that one."""
    found = now_known_as(person_id)
    if found is None or not may_see(user, found, Item.IDENTITY, now).allowed:
        return None
    return found


def links_that_ended(user: User, person_id: int, now: datetime) -> list[Link]:
    """Return what was linked to a person once, latest first, of whom the reader may see still.

    Whoever it is now is somebody else, whose name is not the reader's to know by itself.
    """
    seen = Link.objects.filter(ended_at__isnull=True, person__in=visible_persons(user, now))
    ended = Link.objects.filter(person=person_id, ended_at__isnull=False)
    found = ended.filter(mention__in=seen.values("mention")).select_related(*LOADED)
    return list(found.order_by("-ended_at", "-pk"))


def look_at_change(user: User, change: LinkChange, now: datetime) -> dict[int, Answer]:
    """Return why the user may see each person of a change, and log the look. 404 unless all."""
    answers = may_look_at(user, change, now)
    if not answers:
        raise Http404
    log_reads(user, answers, page="link-change", now=now)
    return answers


def may_look_at(user: User, change: LinkChange, now: datetime) -> dict[int, Answer]:
    """Return why the user may see each person of a change; nothing where one is not disclosed."""
    return open_changes(user, [change], now).get(change.pk, {})


def open_changes(
    user: User, changes: Sequence[LinkChange], now: datetime
) -> dict[int, dict[int, Answer]]:
    """Return the changes of which the user may see everybody, each with why. Five queries."""
    about = persons_in(changes)
    answers = what_they_may_see(user, {pk for some in about.values() for pk in some}, now)
    named = {pk: answer for pk, answer in answers.items() if Item.IDENTITY in answer.items}
    return {
        change: {pk: named[pk] for pk in persons}
        for change, persons in about.items()
        if persons and persons <= named.keys()
    }
