"""Whatever is joined, parted and kept apart, in whatever order: undone, all is as it was."""

import pytest
from django.db import transaction

from sightline.common.errors import WrongMoment
from sightline.people.changes import join, keep_apart, move_links, split
from sightline.people.models import LinkChange, Mention, Person
from sightline.people.undoing import undo
from tests.people.small import Small, contradictions, mentions_of, picture, small_world

pytestmark = pytest.mark.django_db
SEEDS = range(24)
STEPS = 9


def a_join(small: Small, by):
    one, other = small.dice.sample(small.persons(), 2)
    return join(gone=one, stays=other, because="the same", by=by, now=small.tick())


def a_split(small: Small, by):
    person = small.dice.choice(small.persons())
    held = mentions_of(person)
    some = small.dice.sample(held, small.dice.randint(0, len(held)))
    return split(person=person, mentions=some, because="two people", by=by, now=small.tick())


def a_keeping_apart(small: Small, by):
    one, other = small.dice.sample(small.persons(), 2)
    return keep_apart(a=one, b=other, because="cousins", by=by, now=small.tick())


def a_second_look(small: Small, by):
    """The machine moves a few mentions to each other's persons, or to new ones."""
    mentions = small.dice.sample(list(Mention.objects.order_by("pk")), 2)
    shared = Person()
    to = [*small.dice.sample(small.persons(), 2), None, shared, shared]
    return move_links(
        moves={m.pk: small.dice.choice(to) for m in mentions}, because="looked again",
        model="test-2", now=small.tick(),
    )  # fmt: skip


CHANGES = (a_join, a_join, a_join, a_split, a_keeping_apart, a_second_look)


def change_at_random(small: Small, by) -> LinkChange | None:
    """Try one change. What is refused must have changed nothing."""
    before = picture()
    try:
        with transaction.atomic():
            alone = len(small.persons()) < 2
            return (a_split if alone else small.dice.choice(CHANGES))(small, by)
    except WrongMoment:
        assert picture() == before
        return None


@pytest.mark.parametrize("seed", SEEDS)
def test_undone_in_reverse_everything_is_as_it_was(world, seed):
    chair = world.user("chair")
    small = small_world(seed, strict=world.user("ig"))
    done: list[LinkChange] = []
    pictures = [picture()]
    for _ in range(STEPS):
        change = change_at_random(small, chair)
        assert contradictions() == []
        if change is not None and change not in done:
            done.append(change)
            pictures.append(picture())
    assert done, "a world in which nothing can be changed tests nothing"
    for change in reversed(done):
        assert picture() == pictures.pop()
        undo(change=change, because="it was wrong", by=chair, now=small.tick())
        assert contradictions() == []
    assert picture() == pictures.pop()


@pytest.mark.parametrize("seed", range(100, 112))
def test_undone_in_any_order_nobody_is_what_nobody_can_be(world, seed):
    """What cannot be undone yet is refused; once all is undone the links are the first ones."""
    chair = world.user("chair")
    small = small_world(seed, strict=world.user("ig"))
    first = picture()
    standing = {c for _ in range(STEPS) if (c := change_at_random(small, chair))}
    for _ in range(10 * STEPS):
        if not standing:
            break
        change = small.dice.choice(sorted(standing, key=lambda c: c.pk))
        try:
            with transaction.atomic():
                undo(change=change, because="it was wrong", by=chair, now=small.tick())
        except WrongMoment:
            continue
        finally:
            assert contradictions() == []
        standing.remove(change)
    assert not standing
    for what in ("links", "persons", "apart"):
        assert picture()[what] == first[what], what
