"""Joining, parting, keeping apart and the machine's second look, and taking each back."""

import random
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from sightline.audit.models import Event
from sightline.common.errors import WrongMoment
from sightline.people.carrying import Shown
from sightline.people.changes import join, keep_apart, move_links, split
from sightline.people.models import (
    Link,
    LinkAnswer,
    LinkChange,
    LinkKey,
    LinkReview,
    NotSame,
    Person,
)
from sightline.people.moving import StalePlan, fingerprint
from sightline.people.queries import likely_the_same, now_known_as
from sightline.people.undoing import undo
from tests.people.small import START, contradictions, link_alone, mentions_of, picture, write_source

pytestmark = pytest.mark.django_db
LATER = START + timedelta(days=1)


@pytest.fixture
def chair(world):
    return world.user("chair")


@pytest.fixture
def three(db):
    """Three persons of one mention each, of three sources, the first known for longest."""
    return [link_alone(write_source(random.Random(n), 1)[0]) for n in range(3)]


def restrict(person: Person, by, at=START):
    person.restricted_at, person.restricted_by = at, by
    person.restricted_because = f"danger to {person.pk}"
    person.save()


def joined(one, other, by, at=LATER, **more) -> LinkChange:
    return join(gone=one, stays=other, because="the same", by=by, now=at, **more)


def test_the_one_known_for_longer_stays_whoever_is_named_first(three, chair):
    a, b, c = three
    joined(a, b, chair)
    joined(c, a, chair)
    assert len(mentions_of(a)) == 3
    assert now_known_as(b.pk) == now_known_as(c.pk) == a.pk
    assert now_known_as(a.pk) is None


def test_every_link_of_a_change_is_bound_to_it_and_says_who_and_why(three, chair):
    a, b, _ = three
    (mention,) = mentions_of(b)
    change = joined(a, b, chair)
    ended = Link.objects.get(ended_in=change)
    made = Link.objects.get(made_in=change)
    assert (ended.mention_id, ended.person, ended.ended_by) == (mention, b, chair)
    assert (made.mention_id, made.person, made.decided_by, made.model) == (
        mention, a, chair, "human",
    )  # fmt: skip
    assert made.reasons == [["the same", 0]]
    assert Event.objects.get(what="links.join").detail["persons"] == [a.pk, b.pk]


def test_joining_again_returns_the_first(three, chair):
    a, b, _ = three
    first = joined(a, b, chair)
    assert joined(b, a, chair, LATER + timedelta(seconds=1)) == first
    assert LinkChange.objects.count() == 1


def test_nobody_is_joined_with_themselves_or_with_an_empty_record(three, chair):
    a, b, c = three
    with pytest.raises(WrongMoment, match="one person already"):
        joined(a, a, chair)
    joined(a, b, chair)
    with pytest.raises(WrongMoment, match="holds nothing any more"):
        joined(b, c, chair)


def test_two_in_one_notification_are_two_people(chair):
    one, other = map(link_alone, write_source(random.Random(1), 2))
    with pytest.raises(WrongMoment, match="same notification"):
        joined(one, other, chair)


def test_two_in_one_version_that_was_corrected_may_be_one(chair):
    mentions = write_source(random.Random(1), 2)
    source = mentions[0].source
    source.superseded_at = START
    source.save()
    one, other = map(link_alone, mentions)
    assert joined(one, other, chair)


def test_a_reason_is_needed(three, chair):
    with pytest.raises(WrongMoment, match="few words"):
        join(gone=three[0], stays=three[1], because="  ", by=chair, now=LATER)


def test_what_was_said_is_not_crossed_through_a_third_record(three, chair):
    """A is not B. C is joined with A; then C brings A's mentions, and B cannot join it."""
    a, b, c = three
    keep_apart(a=a, b=b, because="cousins", by=chair, now=LATER)
    joined(c, a, chair)
    with pytest.raises(WrongMoment, match=r"Ruth Adeyemi said.*cousins"):
        joined(b, a, chair)
    assert contradictions() == []


def test_saying_apart_twice_is_saying_it_once(three, chair):
    a, b, _ = three
    first = keep_apart(a=a, b=b, because="cousins", by=chair, now=LATER)
    assert keep_apart(a=b, b=a, because="cousins", by=chair, now=LATER) == first
    assert NotSame.objects.count() == 1


def test_those_kept_apart_may_be_joined_once_it_is_taken_back(three, chair):
    a, b, _ = three
    change = keep_apart(a=a, b=b, because="cousins", by=chair, now=LATER)
    undo(change=change, because="no", by=chair, now=LATER)
    assert joined(a, b, chair)


@pytest.mark.parametrize("strict", [0, 1])
def test_if_either_is_restricted_the_one_that_stays_is_with_who_said_so_and_why(
    three, chair, world, strict
):
    a, b, _ = three
    before = three[strict]
    restrict(before, world.user("ig"))
    change = joined(a, b, chair)
    a.refresh_from_db()
    assert (a.restricted_at, a.restricted_by, a.restricted_because) == (
        before.restricted_at, before.restricted_by, before.restricted_because,
    )  # fmt: skip
    undo(change=change, because="wrong", by=chair, now=LATER)
    a.refresh_from_db()
    assert (a.restricted_at is None) == (strict == 1)


def test_a_restriction_that_two_joins_brought_stays_until_both_are_taken_back(three, chair, world):
    a, b, c = three
    restrict(b, world.user("ig"))
    restrict(c, world.user("ig"))
    first, second = joined(a, b, chair), joined(a, c, chair)
    undo(change=first, because="wrong", by=chair, now=LATER)
    a.refresh_from_db()
    assert a.restricted_at is not None
    undo(change=second, because="wrong", by=chair, now=LATER)
    a.refresh_from_db()
    assert a.restricted_at is None


def test_whoever_was_restricted_meanwhile_stays_so_on_both_sides(three, chair, world):
    a, b, _ = three
    change = joined(a, b, chair)
    a.refresh_from_db()
    restrict(a, world.user("ig"), at=LATER + timedelta(hours=1))
    undo(change=change, because="wrong", by=chair, now=LATER + timedelta(hours=2))
    b.refresh_from_db()
    assert b.restricted_because == a.restricted_because


def test_parted_both_are_restricted_if_one_was(three, chair, world):
    a, b, _ = three
    joined(a, b, chair)
    a.refresh_from_db()
    restrict(a, world.user("ig"))
    taken = mentions_of(a)[1:]
    split(person=a, mentions=taken, because="two", by=chair, now=LATER)
    other = Link.objects.get(mention=taken[0], ended_at=None).person
    assert other.restricted_because == a.restricted_because


def test_parted_they_are_kept_apart(three, chair):
    a, b, _ = three
    joined(a, b, chair)
    taken = mentions_of(a)[1:]
    change = split(person=a, mentions=taken, because="two", by=chair, now=LATER)
    assert split(person=a, mentions=taken, because="two", by=chair, now=LATER) == change
    other = Link.objects.get(mention=taken[0], ended_at=None).person
    with pytest.raises(WrongMoment, match="not the same"):
        joined(a, other, chair)


@pytest.mark.parametrize("which", [slice(0, 0), slice(0, 9)])
def test_parting_takes_some_and_leaves_some(three, chair, which):
    a, b, _ = three
    joined(a, b, chair)
    with pytest.raises(WrongMoment):
        split(person=a, mentions=mentions_of(a)[which], because="two", by=chair, now=LATER)


def test_only_some_may_part_a_person_or_undo_what_others_did(three, world, chair):
    administrator = world.user("administrator")
    a, b, c = three
    own, others = joined(a, b, administrator), joined(a, c, chair)
    with pytest.raises(PermissionDenied):
        split(person=a, mentions=mentions_of(a)[1:], because="x", by=administrator, now=LATER)
    with pytest.raises(PermissionDenied):
        undo(change=others, because="x", by=administrator, now=LATER)
    assert undo(change=own, because="x", by=administrator, now=LATER).undone_by == administrator


def test_what_later_changes_stand_on_is_refused_and_they_are_named(three, chair):
    a, b, c = three
    first = joined(b, c, chair)
    second = joined(a, b, chair)
    with pytest.raises(WrongMoment, match=f"take back change {second.pk} of"):
        undo(change=first, because="wrong", by=chair, now=LATER)


def test_a_change_that_parted_is_not_taken_back_over_what_a_human_said_since(three, chair):
    a, b, _ = three
    joined(a, b, chair)
    taken = mentions_of(a)[1:]
    parted = split(person=a, mentions=taken, because="two", by=chair, now=LATER)
    other = Link.objects.get(mention=taken[0], ended_at=None).person
    NotSame.objects.all().update(change=None)  # somebody else says so too
    with pytest.raises(WrongMoment, match="not the same"):
        undo(change=parted, because="one", by=chair, now=LATER)
    assert now_known_as(other.pk) is None


def test_undoing_twice_is_undoing_once(three, chair):
    a, b, _ = three
    before = picture()
    change = joined(a, b, chair)
    undo(change=change, because="wrong", by=chair, now=LATER)
    undone = undo(change=change, because="again", by=chair, now=LATER + timedelta(hours=1))
    assert undone.undone_because == "wrong"
    assert picture() == before


def test_the_days_on_which_a_link_held_can_be_told(three, chair):
    """Undoing makes the former link anew, from then on; it does not pretend it had never ended."""
    a, b, _ = three
    (mention,) = mentions_of(b)
    change = joined(a, b, chair)
    after = LATER + timedelta(days=1)
    undo(change=change, because="wrong", by=chair, now=after)
    held = [
        (link.person, link.decided_at, link.ended_at)
        for link in Link.objects.filter(mention=mention).order_by("decided_at")
    ]
    assert held == [(b, START, LATER), (a, LATER, after), (b, after, None)]


def test_a_plan_that_rested_on_something_else_is_refused(three, chair):
    a, b, c = three
    seen = fingerprint([a.pk, b.pk])
    joined(b, c, chair)
    with pytest.raises(StalePlan):
        joined(a, b, chair, shown=Shown({}, seen))
    assert joined(a, b, chair, shown=Shown({"kind": "join"}, fingerprint([a.pk, b.pk])))


def ask(mention: int, candidate: Person, **more) -> LinkReview:
    return LinkReview.objects.create(
        mention_id=mention, candidate=candidate, weight=15, model="test-1", asked_at=START, **more
    )


def test_questions_a_join_answers_are_closed_and_others_go_on_about_who_it_is_now(three, chair):
    a, b, c = three
    answered, other = ask(mentions_of(b)[0], a), ask(mentions_of(c)[0], b)
    change = joined(a, b, chair)
    for review in (answered, other):
        review.refresh_from_db()
    assert answered.closed_because == "both records are one person now"
    assert (other.closed_at, other.candidate) == (None, a)
    undo(change=change, because="wrong", by=chair, now=LATER)
    for review in (answered, other):
        review.refresh_from_db()
    assert (answered.closed_at, other.candidate) == (None, b)


def test_whether_one_odd_record_is_several_is_answered_by_parting_it(three, chair):
    a, b, _ = three
    joined(a, b, chair)
    odd = ask(mentions_of(a)[1], a, kind="odd")
    change = split(person=a, mentions=mentions_of(a)[1:], because="two", by=chair, now=LATER)
    odd.refresh_from_db()
    assert odd.closed_because == "somebody said that they are two people"
    undo(change=change, because="one", by=chair, now=LATER)
    odd.refresh_from_db()
    assert odd.closed_at is None


def test_answers_that_led_to_a_change_do_not_outlive_it(three, chair):
    a, b, _ = three
    change = joined(a, b, chair)
    review = ask(
        mentions_of(a)[1], a, decision="same", decided_at=LATER, decided_by=chair, change=change
    )
    LinkAnswer.objects.create(review=review, decision="same", answered_at=LATER, answered_by=chair)
    undo(change=change, because="wrong", by=chair, now=LATER)
    review.refresh_from_db()
    assert (review.decided_at, review.change) == (None, None)
    assert not LinkAnswer.objects.filter(withdrawn_at=None).exists()


def test_the_machine_moves_what_it_linked_itself_and_that_can_be_undone(three, chair):
    a, b, c = three
    before = picture()
    (mention,), (own,) = mentions_of(b), mentions_of(c)
    change = move_links(moves={mention: a, own: a}, because="new model", model="test-2", now=LATER)
    assert len(mentions_of(a)) == 3
    assert change.decided_by is None
    undo(change=change, because="wrong", by=chair, now=LATER)
    assert picture() == before


def test_the_machine_never_moves_what_a_human_linked(three, chair):
    a, b, c = three
    joined(a, b, chair)
    with pytest.raises(WrongMoment, match="A human linked"):
        move_links(moves={mentions_of(a)[1]: c}, because="x", model="test-2", now=LATER)


def test_the_machine_never_crosses_what_a_human_said(three, chair):
    a, b, _ = three
    keep_apart(a=a, b=b, because="cousins", by=chair, now=LATER)
    with pytest.raises(WrongMoment, match="cousins"):
        move_links(moves={mentions_of(b)[0]: a}, because="x", model="test-2", now=LATER)


def test_the_machine_makes_one_new_person_of_several_or_one_of_each(three):
    a, b, c = three
    mentions = [mentions_of(person)[0] for person in three]
    shared = Person()
    move_links(
        moves={mentions[0]: shared, mentions[1]: shared, mentions[2]: None},
        because="x", model="test-2", now=LATER,
    )  # fmt: skip
    who = dict(Link.objects.filter(ended_at=None).values_list("mention_id", "person_id"))
    assert who[mentions[0]] == who[mentions[1]] != who[mentions[2]]
    assert not {a.pk, b.pk, c.pk} & set(who.values())


def test_whoever_the_machine_takes_from_a_restricted_record_is_restricted(three, world):
    a, b, _ = three
    restrict(b, world.user("ig"))
    move_links(moves={mentions_of(b)[0]: a}, because="x", model="test-2", now=LATER)
    a.refresh_from_db()
    assert a.restricted_because == f"danger to {b.pk}"


def test_likely_the_same_share_keys_and_are_not_mentioned_beside_or_kept_apart(three, chair):
    a, b, c = three
    for person in three:
        LinkKey.objects.create(key=7, mention_id=mentions_of(person)[0])
    LinkKey.objects.create(key=8, mention_id=mentions_of(a)[0])
    LinkKey.objects.create(key=8, mention_id=mentions_of(c)[0])
    everybody = Person.objects.all()
    assert likely_the_same(a.pk, everybody) == [c, b]
    assert likely_the_same(a.pk, everybody.exclude(pk=c.pk)) == [b]
    keep_apart(a=a, b=c, because="cousins", by=chair, now=LATER)
    assert likely_the_same(a.pk, everybody) == [b]


def test_whoever_is_mentioned_beside_somebody_is_not_likely_to_be_them():
    one, other = map(link_alone, write_source(random.Random(1), 2))
    for person in (one, other):
        LinkKey.objects.create(key=7, mention_id=mentions_of(person)[0])
    assert likely_the_same(one.pk, Person.objects.all()) == []
