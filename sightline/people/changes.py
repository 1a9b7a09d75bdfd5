"""Changing who is who: two persons were one, one was two, two are not the same.

Every change is one `LinkChange`, to which all that it ended and made is bound; `undoing` takes it
back. Asking for the same twice (a double click) returns the first. Pages plan a change first and
hand over what they showed (`Shown`: the plan, and the fingerprint it rested on): StalePlan is
raised where that is no longer so.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from sightline.access.models import User
from sightline.access.queries import require
from sightline.access.roles import Perm
from sightline.common.errors import WrongMoment
from sightline.people.apart import crossed_by, say_apart
from sightline.people.carrying import HUMAN, UNSEEN, Compared, Shown, begin, carry_out
from sightline.people.holding import hold_links
from sightline.people.models import Link, LinkChange, Mention, Person
from sightline.people.moving import mentions_of, refuse_contradictions, refuse_stale
from sightline.people.reading import new_person

NOTHING_HERE = (
    "One of these records holds nothing any more: what was in it has been linked to somebody else. "
    "Search for the person again."
)


def in_order(one: Person, other: Person) -> tuple[Person, Person]:
    """Return who goes and who stays when two are joined: the one known for longer stays.

    So joining A to B is joining B to A, whoever clicked where.
    """
    stays, gone = sorted((one, other), key=lambda person: (person.created_at, person.pk))
    return gone, stays


@transaction.atomic
def join(
    *,
    gone: Person,
    stays: Person,
    because: str,
    by: User | None,
    now: datetime,
    kind: str = "join",
    shown: Shown = UNSEEN,
) -> LinkChange:
    """Two persons were one: every mention of one is linked to the other, who is known for longer.

    Which of the two stays does not depend on which was passed as what. If either is restricted,
    the one that stays is. Raises WrongMoment for two in one notification, for what a human said is
    not the same, for an empty person and for one and the same; StalePlan. `by` None: the machine.
    """
    _may(by, Perm.REVIEW_LINKS)
    hold_links()
    gone, stays = in_order(gone, stays)
    if gone.pk == stays.pk:
        raise WrongMoment("These are one person already. There is nothing to join.")
    held = mentions_of([gone.pk, stays.pk])
    if before := _joined_before(held, gone.pk, stays.pk):
        return before
    refuse_stale(shown.seen, [gone.pk, stays.pk])
    if not all(held.values()):
        raise WrongMoment(NOTHING_HERE)
    moves = dict.fromkeys(held[gone.pk], stays)
    refuse_contradictions(dict.fromkeys(moves, stays.pk))
    change = begin(kind, because, shown, by, now)
    return carry_out(change, moves, by, now)


def _joined_before(held: Mapping[int, list[int]], *persons: int) -> LinkChange | None:
    """Return the change that has joined these two already, if it stands."""
    empty = [person for person in persons if not held[person]]
    if len(empty) != 1:
        return None
    (other,) = set(persons) - set(empty)
    changes = LinkChange.objects.filter(
        ended__person=empty[0], made__person=other, made__ended_at__isnull=True,
        undone_at__isnull=True,
    )  # fmt: skip
    return changes.order_by("-pk").first()


@transaction.atomic
def split(
    *,
    person: Person,
    mentions: Sequence[int],
    because: str,
    by: User,
    now: datetime,
    shown: Shown = UNSEEN,
) -> LinkChange:
    """One person was two: these mentions, by id, get a person of their own.

    A restriction holds for both until somebody with the right decides otherwise, and the two are
    kept apart. Raises WrongMoment for none or all of the mentions, or some of somebody else.
    """
    require(by, Perm.CORRECT_LINKS)
    hold_links()
    taken = sorted(set(mentions))
    if before := split_before(person, taken):
        return before
    refuse_stale(shown.seen, [person.pk])
    left = _left(person, taken)
    change = begin("split", because, shown, by, now)
    other = _own_person(taken, now)
    say_apart(change, left, taken, by=by, now=now)
    moves = dict.fromkeys(taken, other)
    return carry_out(change, moves, by, now, apart=(person.pk, other.pk))


def _left(person: Person, taken: Sequence[int]) -> list[int]:
    held = mentions_of([person.pk])[person.pk]
    if not taken:
        raise WrongMoment("Choose what was written about somebody else.")
    if not set(taken) <= set(held):
        raise WrongMoment("Some of these are linked to somebody else already. Look again.")
    left = [mention for mention in held if mention not in taken]
    if not left:
        raise WrongMoment("Everything was chosen. Leave at least one with this person.")
    return left


def split_before(person: Person, taken: Sequence[int]) -> LinkChange | None:
    """Return the change that has parted exactly these from the person already, if it stands."""
    made = LinkChange.objects.filter(
        kind="split", undone_at__isnull=True, ended__person=person, ended__mention__in=taken
    )
    for change in made.distinct().order_by("-pk"):
        standing = Link.objects.filter(made_in=change, ended_at__isnull=True).order_by("mention_id")
        if list(standing.values_list("mention_id", flat=True)) == list(taken):
            return change
    return None


def _own_person(mentions: Sequence[int], now: datetime) -> Person:
    first = Mention.objects.select_related("source").filter(pk__in=mentions).latest("pk")
    person = new_person(first, now=now)
    person.save()
    return person


@transaction.atomic
def keep_apart(
    *, a: Person, b: Person, because: str, by: User, now: datetime, shown: Shown = UNSEEN
) -> LinkChange:
    """Two persons are not the same. Nobody and nothing joins them until it is taken back.

    Raises WrongMoment for one and the same person, and for an empty one; StalePlan.
    """
    require(by, Perm.REVIEW_LINKS)
    hold_links()
    if a.pk == b.pk:
        raise WrongMoment("These are one person now. Part them instead.")
    held = mentions_of([a.pk, b.pk])
    if before := _kept_apart_before(held[a.pk], held[b.pk]):
        return before
    refuse_stale(shown.seen, [a.pk, b.pk])
    if not all(held.values()):
        raise WrongMoment(NOTHING_HERE)
    change = begin("not_same", because, shown, by, now)
    say_apart(change, held[a.pk], held[b.pk], by=by, now=now)
    return carry_out(change, {}, by, now, apart=(a.pk, b.pk))


def _kept_apart_before(one: list[int], other: list[int]) -> LinkChange | None:
    """Return the change that says so already of all that the two hold."""
    said = crossed_by({0: [*one, *other]})
    if said is None:
        return None
    a, b = (set(said.sides.filter(side=side).values_list("mention_id", flat=True)) for side in "ab")
    whole = (a >= {*one} and b >= {*other}) or (b >= {*one} and a >= {*other})
    return said.change if whole else None


@transaction.atomic
def move_links(
    *,
    moves: Mapping[int, Person | None],
    because: str,
    model: str,
    now: datetime,
    said: Mapping[int, Compared] | None = None,
    by: User | None = None,
) -> LinkChange:
    """The machine looked again: these mentions, by id, belong to these persons.

    None: a person of its own for each; mentions that share one unsaved Person share a new one.
    Only links that a machine made are moved. Raises WrongMoment where a human made one of them,
    where two of one notification or two kept apart would meet, or where nothing would move; then
    nothing is changed at all.
    """
    _may(by, Perm.REVIEW_LINKS)
    hold_links()
    linked = _machine_links(moves)
    targets = _targets(moves, now)
    moving = {m: p for m, p in targets.items() if linked[m].person_id != p.pk}
    if not moving:
        raise WrongMoment("All of these are linked so already. There is nothing to move.")
    refuse_contradictions({mention: person.pk for mention, person in moving.items()})
    change = begin("machine", because, UNSEEN, by, now)
    return carry_out(change, moving, by, now, model=model, said=said or {})


def _machine_links(moves: Mapping[int, Person | None]) -> dict[int, Link]:
    links = Link.objects.filter(mention__in=list(moves), ended_at__isnull=True)
    found = {link.mention_id: link for link in links}
    if found.keys() != moves.keys():
        raise WrongMoment("Some of these mentions are not linked yet. Link them first.")
    if any(link.model == HUMAN for link in found.values()):
        raise WrongMoment("A human linked one of these. Only a human may change that.")
    return found


def _targets(moves: Mapping[int, Person | None], now: datetime) -> dict[int, Person]:
    """Make the persons that do not exist yet, each read from the first mention it is to have."""
    mentions = Mention.objects.select_related("source").in_bulk(list(moves))
    made: dict[int, Person] = {}
    targets: dict[int, Person] = {}
    for mention, person in sorted(moves.items(), key=lambda item: item[0]):
        if person is None or person.pk is None:
            shared = id(person) if person is not None else -mention
            if shared not in made:
                made[shared] = new_person(mentions[mention], now=now)
                made[shared].save()
            person = made[shared]
        targets[mention] = person
    return targets


def _may(by: User | None, perm: Perm) -> None:
    if by is not None:
        require(by, perm)
