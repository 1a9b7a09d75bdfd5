"""How mentions move from person to person: every change of links, and its undoing, passes here.

Nothing is destroyed. A link is ended and another made, both bound to the change, so that what was
linked on any day can be said, and undoing finds exactly what to put back.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime

from sightline.access.models import User
from sightline.common.announce import announce
from sightline.common.errors import WrongMoment
from sightline.common.words import short_day
from sightline.people.apart import crossed_by
from sightline.people.models import Link, LinkChange, NotSame, NotSameSide, Person
from sightline.people.reading import refresh_persons

TWO_IN_ONE_SOURCE = (
    "Both are mentioned in the same notification, so they are two people. "
    "Answer that they are not the same."
)


class StalePlan(WrongMoment):
    """What was planned is not what would happen now: somebody changed these links meanwhile."""


def mentions_of(person_ids: Iterable[int]) -> dict[int, list[int]]:
    """Return the ids of the mentions linked to each person now; nobody is left out."""
    found: dict[int, list[int]] = {person: [] for person in person_ids}
    links = Link.objects.filter(person__in=list(found), ended_at__isnull=True)
    for person, mention in links.order_by("mention_id").values_list("person_id", "mention_id"):
        found[person].append(mention)
    return found


def fingerprint(person_ids: Iterable[int]) -> str:
    """Return what changes whenever a link, a restriction or a "not the same" of these does."""
    persons = sorted(set(person_ids))
    links = Link.objects.filter(person__in=persons, ended_at__isnull=True).order_by("pk")
    restricted = Person.objects.filter(pk__in=persons, restricted_at__isnull=False).order_by("pk")
    said = NotSameSide.objects.filter(
        mention__in=links.values("mention"), not_same__ended_at__isnull=True
    )
    state = [
        persons,
        list(links.values_list("pk", flat=True)),
        list(restricted.values_list("pk", flat=True)),
        sorted(set(said.values_list("not_same_id", flat=True))),
    ]
    return hashlib.sha256(json.dumps(state).encode()).hexdigest()[:32]


def refuse_stale(seen: str, person_ids: Iterable[int]) -> None:
    """Raise StalePlan unless the links are still those that `seen`, a fingerprint, was taken of."""
    if seen and seen != fingerprint(person_ids):
        raise StalePlan(
            "Something about these records has changed since the plan was made. "
            "Read what would change now, then confirm again."
        )


def refuse_contradictions(moves: Mapping[int, int]) -> None:
    """Raise WrongMoment where these moves, mention to person, make one person of two.

    Nobody is two people in one notification, and what a human said binds.
    """
    after = _after(moves)
    _refuse_two_in_one_source(after)
    if said := crossed_by(after):
        raise WrongMoment(_kept_apart(said))


def _after(moves: Mapping[int, int]) -> dict[int, list[int]]:
    """Return the mentions of each person that gains one, as they would be."""
    held = mentions_of(set(moves.values()))
    for mentions in held.values():
        mentions[:] = [mention for mention in mentions if mention not in moves]
    for mention, person in moves.items():
        held[person].append(mention)
    return held


def _refuse_two_in_one_source(after: Mapping[int, Collection[int]]) -> None:
    person_of = {mention: person for person, group in after.items() for mention in group}
    links = Link.objects.filter(
        mention__in=list(person_of), ended_at__isnull=True,
        mention__source__superseded_at__isnull=True,
    )  # fmt: skip
    seen: set[tuple[int, int]] = set()
    for mention, source in links.values_list("mention_id", "mention__source_id"):
        place = (person_of[mention], source)
        if place in seen:
            raise WrongMoment(TWO_IN_ONE_SOURCE)
        seen.add(place)


def _kept_apart(said: NotSame) -> str:
    return (
        f"{said.said_by.name} said on {short_day(said.said_at)} that these are not the same "
        f"person, because: {said.because}. Take that back first if it was wrong."
    )


Made = Callable[[Link, Person], Link]


def move(
    change: LinkChange, moves: Mapping[int, Person], made: Made, *, by: User | None, now: datetime
) -> list[Link]:
    """End the links of these mentions and make those that `made` gives instead, in this change.

    moves: by mention id, who it is now. Returns the ended links. Who is read anew and who must be
    told follows; restrictions and open questions are the caller's.
    """
    ended = list(
        Link.objects.filter(mention__in=list(moves), ended_at__isnull=True)
        .select_related("person")
        .order_by("mention_id")
    )
    Link.objects.filter(pk__in=[link.pk for link in ended]).update(
        ended_at=now, ended_by=by, ended_because=change.because, ended_in=change
    )
    Link.objects.bulk_create(made(link, moves[link.mention_id]) for link in ended)
    refresh_persons({link.person_id for link in ended} | {p.pk for p in moves.values()})
    return ended


def emptied(ended: Iterable[Link], moves: Mapping[int, Person]) -> dict[int, int]:
    """Return who has nothing left because all went to one person, and to whom."""
    went: dict[int, set[int]] = defaultdict(set)
    for link in ended:
        went[link.person_id].add(moves[link.mention_id].pk)
    held = mentions_of(went)
    return {p: min(to) for p, to in went.items() if not held[p] and len(to) == 1}


def tell(ended: Iterable[Link]) -> None:
    """Have the doors of everybody whose links were changed renewed."""
    for link in ended:
        announce("links.changed", link.mention_id)


RESTRICTION = ("restricted_at", "restricted_by", "restricted_because")


def restrict_like(strict: Person, other: Person) -> None:
    """Restrict a person as another is, with who said so, when and why."""
    for name in RESTRICTION:
        setattr(other, name, getattr(strict, name))
    other.save(update_fields=RESTRICTION)


def keep_strictest(ended: Iterable[Link], moves: Mapping[int, Person]) -> list[int]:
    """Restrict whoever takes over mentions of a restricted person. Returns who was not before."""
    came_from: dict[int, list[Person]] = defaultdict(list)
    for link in ended:
        if link.person.restricted_at is not None:
            came_from[moves[link.mention_id].pk].append(link.person)
    now_strict = Person.objects.filter(pk__in=list(came_from), restricted_at__isnull=True)
    restricted = list(now_strict.order_by("pk"))
    for person in restricted:
        strict = min(came_from[person.pk], key=lambda p: (p.restricted_at, p.pk))
        restrict_like(strict, person)
    return [person.pk for person in restricted]
