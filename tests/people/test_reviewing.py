"""What reviewers say: alone, once, and by two where a wrong join would do most harm."""

from contextlib import suppress
from datetime import timedelta
from importlib import import_module

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.people.models import EarlierOutcome, Link, LinkAnswer, LinkReview, NotSame
from sightline.people.reviewing import decide_review, reasoned, show_review, undo_review
from tests.people.asking import TWINS, asked, person_of, reviewers

pytestmark = pytest.mark.django_db


@pytest.fixture
def readers(world):
    return reviewers(world, 4)


@pytest.fixture
def say(world):
    """Return a function that answers as somebody, a minute after whoever answered before."""

    def answer(review, decision, by, because="the same school and mother"):
        world.now += timedelta(minutes=1)
        return decide_review(
            review=review, decision=decision, because=because, by=by, now=world.now
        )

    return answer


def links() -> set[tuple[int, int]]:
    return set(Link.objects.filter(ended_at=None).values_list("mention_id", "person_id"))


def test_one_answer_settles_a_plain_question(world, say, readers):
    review = say(asked(world), "same", readers[0], because="")
    assert (review.decision, review.decided_by) == ("same", readers[0])
    assert person_of(review) == review.candidate
    assert review.change.kind == "join"


def test_not_the_same_keeps_them_apart(world, say, readers):
    review = say(asked(world), "not_same", readers[0])
    assert person_of(review) != review.candidate
    assert review.change.kind == "not_same"
    assert NotSame.objects.get(ended_at=None).change == review.change


def test_where_two_are_asked_the_first_answer_changes_nothing(world, say, readers):
    before = asked(world, two_to_answer=True)
    linked = links()
    review = say(before, "same", readers[0])
    assert review.decided_at is None
    assert links() == linked
    assert say(before, "same", readers[1]).decision == "same"
    assert person_of(before) == before.candidate


def test_the_same_against_a_doubt_takes_two_and_a_reason(world, say, readers):
    review = asked(world, doubts=[TWINS])
    with pytest.raises(NotUnderstood):
        say(review, "same", readers[0], because=" ")
    assert say(review, "same", readers[0]).decided_at is None
    assert say(review, "same", readers[1]).decided_at


def test_not_the_same_as_the_machine_doubts_too_takes_one_and_no_reason(world, say, readers):
    assert say(asked(world, doubts=[TWINS]), "not_same", readers[0], because="").decided_at


def test_when_two_disagree_a_third_settles_it_and_says_why(world, say, readers):
    review = asked(world, two_to_answer=True)
    say(review, "same", readers[0])
    assert say(review, "not_same", readers[1]).decided_at is None
    assert reasoned(review) == {"same", "not_same"}
    with pytest.raises(NotUnderstood):
        say(review, "not_same", readers[2], because="")
    settled = say(review, "not_same", readers[2], because="the school knows both")
    assert (settled.decision, settled.decided_by) == ("not_same", readers[2])
    assert settled.because == "the school knows both"


def test_nobody_answers_twice(world, say, readers):
    review = asked(world, two_to_answer=True)
    say(review, "same", readers[0])
    with pytest.raises(WrongMoment, match="You have answered"):
        say(review, "not_same", readers[0])
    say(review, "same", readers[0])  # a double click
    assert LinkAnswer.objects.count() == 1
    assert LinkReview.objects.get(pk=review.pk).decided_at is None


def test_a_double_click_settles_once(world, say, readers):
    review = asked(world)
    assert say(review, "same", readers[0]).change == say(review, "same", readers[0]).change
    assert LinkAnswer.objects.count() == 1


def test_whoever_comes_too_late_is_told_so(world, say, readers):
    review = asked(world)
    say(review, "same", readers[0])
    with pytest.raises(WrongMoment, match="decided already"):
        say(review, "not_same", readers[1])


def test_who_cannot_tell_settles_nothing_and_may_answer_later(world, say, readers):
    review = asked(world)
    show_review(review=review, by=readers[0], now=world.now)
    say(review, "unsure", readers[0], because="ask the police for a birth date")
    say(review, "unsure", readers[0])  # a double click
    assert [answer.decision for answer in LinkAnswer.objects.all()] == ["unsure"]
    show_review(review=review, by=readers[0], now=world.now)
    say(review, "unsure", readers[0])  # they looked again
    assert LinkAnswer.objects.count() == 2
    assert say(review, "same", readers[0]).decided_at


def test_when_it_was_shown_is_kept_with_the_answer(world, say, readers):
    review = asked(world)
    shown = world.now
    show_review(review=review, by=readers[0], now=shown)
    say(review, "same", readers[0])
    answer = LinkAnswer.objects.get()
    assert (answer.shown_at, answer.answered_at) == (shown, shown + timedelta(minutes=1))


def test_taking_it_back_restores_every_link_and_asks_again(world, say, readers):
    review = asked(world)
    before = links()
    say(review, "same", readers[0])
    back = undo_review(review=review, by=readers[0], now=world.now)
    assert links() == before
    assert (back.decided_at, back.change, back.two_to_answer) == (None, None, False)
    answer = LinkAnswer.objects.get()
    assert (answer.withdrawn_by, answer.decision) == (readers[0], "same")
    assert say(review, "not_same", readers[0]).decision == "not_same"


def test_what_had_come_of_it_is_kept_once_and_histories_from_before_give_the_same(
    world, say, readers
):
    review = asked(world)
    say(review, "not_same", readers[0])
    settled, before = world.now, import_module("sightline.people.migrations.0016_outcomes_before")
    world.now += timedelta(hours=1)
    for _ in range(2):  # twice by mistake: there is nothing more to take back
        with suppress(WrongMoment):
            undo_review(review=review, by=readers[0], now=world.now)
    kept = EarlierOutcome.objects.values_list("review", "decision", "over_at")
    assert list(kept) == [(review.pk, "not_same", settled)]
    assert EarlierOutcome.objects.get().again_at == world.now
    EarlierOutcome.objects.all().delete()
    LinkAnswer.objects.update(roles=[])
    with connection.cursor() as cursor:
        cursor.execute(before.OUTCOMES)
        cursor.execute(before.ROLES)
    assert list(kept.all()) == [(review.pk, "not_same", settled)]
    assert LinkAnswer.objects.get().roles == readers[0].roles != []


def test_with_which_roles_somebody_answered_is_kept(world, say, readers):
    say(asked(world, two_to_answer=True), "same", readers[0])
    readers[0].roles = ["manager"]
    readers[0].save()
    assert LinkAnswer.objects.get().roles == ["screening_administrator"]


def test_taking_back_not_the_same_lets_them_be_joined(world, say, readers):
    review = asked(world)
    say(review, "not_same", readers[0])
    undo_review(review=review, by=readers[0], now=world.now)
    assert say(review, "same", readers[0]).decision == "same"
    assert not NotSame.objects.filter(ended_at=None).exists()


def test_ones_own_answer_can_be_taken_back_before_anything_came_of_it(world, say, readers):
    review = asked(world, two_to_answer=True)
    say(review, "same", readers[0])
    undo_review(review=review, by=readers[0], now=world.now)
    say(review, "not_same", readers[1])
    assert say(review, "not_same", readers[0]).decision == "not_same"


def test_what_another_settled_is_taken_back_by_who_may_correct_and_then_two_are_asked(
    world, say, readers
):
    review = asked(world)
    say(review, "same", readers[0])
    with pytest.raises(WrongMoment, match="chair"):
        undo_review(review=review, by=readers[1], now=world.now)
    back = undo_review(review=review, by=world.user("chair"), now=world.now)
    assert back.two_to_answer
    assert LinkAnswer.objects.get().withdrawn_by == world.user("chair")
    assert person_of(review) != review.candidate


def test_the_second_of_two_takes_back_only_their_own(world, say, readers):
    review = asked(world, two_to_answer=True)
    say(review, "same", readers[0])
    say(review, "same", readers[1])
    undo_review(review=review, by=readers[1], now=world.now)
    assert [a.answered_by for a in LinkAnswer.objects.filter(withdrawn_at=None)] == [readers[0]]
    assert say(review, "same", readers[2]).decision == "same"


def test_the_third_takes_back_only_their_own(world, say, readers):
    review = asked(world, two_to_answer=True)
    say(review, "not_same", readers[0])
    say(review, "same", readers[1])
    say(review, "same", readers[2])
    back = undo_review(review=review, by=readers[2], now=world.now)
    assert back.decided_at is None
    assert LinkAnswer.objects.filter(withdrawn_at=None).count() == 2
    assert say(review, "not_same", readers[3]).decision == "not_same"


def test_when_the_outvoted_chair_takes_it_back_everybody_is_asked_again(world, say, readers):
    review, chair = asked(world, two_to_answer=True), world.user("chair")
    say(review, "not_same", chair)
    say(review, "same", readers[0])
    say(review, "same", readers[1])
    assert undo_review(review=review, by=chair, now=world.now).decided_at is None
    assert not LinkAnswer.objects.filter(withdrawn_at=None).exists()
    assert say(review, "not_same", readers[0]).decided_at is None


def test_nothing_to_take_back_is_said(world, readers):
    with pytest.raises(WrongMoment, match="nothing to undo"):
        undo_review(review=asked(world), by=readers[0], now=world.now)


def test_that_an_odd_person_is_one_changes_nothing(world, say, readers):
    review = asked(world)
    review.candidate, review.kind = person_of(review), "odd"
    review.save()
    before = links()
    assert say(review, "same", readers[0]).decision == "same"
    assert links() == before
    assert undo_review(review=review, by=readers[0], now=world.now).decided_at is None


@pytest.mark.parametrize("local", ["health", "police", "manager", "keyadult1"])
def test_only_reviewers_answer_and_undo(world, local):
    review, nobody = asked(world), world.user(local)
    with pytest.raises(PermissionDenied):
        decide_review(review=review, decision="same", because="", by=nobody, now=world.now)
    with pytest.raises(PermissionDenied):
        undo_review(review=review, by=nobody, now=world.now)
