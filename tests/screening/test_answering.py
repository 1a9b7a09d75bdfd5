"""A person's answer counts before the record's, and says why where they differ."""

import pytest
from django.core.exceptions import PermissionDenied

from sightline.audit.models import Event
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.rules.screening.answers import Answer as Value
from sightline.screening.answering import answer_from_record
from sightline.screening.commands import answer_items
from sightline.screening.models import Answer
from tests.world import DANIEL, LEILA, MARIA, notification

pytestmark = pytest.mark.django_db


def say(world, name="Leila", by="health", notes=None, **answers):
    answer_items(
        screening=world.screening(name), answers=answers, notes=notes or {},
        by=world.user(by), now=world.now,
    )  # fmt: skip


def test_an_answer_is_kept_with_who_gave_it_and_moves_the_suggestion(world):
    world.notify(notification())
    say(world, V5=Value.YES)
    answer = Answer.objects.get(screening=world.screening("Leila"), item="V5")
    assert (answer.value, answer.agency.name) == ("yes", "Castlebrook Community Health Trust")
    assert world.screening("Leila").suggested == 4
    assert world.screening("Leila").suggested_because[0]["item"] == "V5"


def test_siblings_are_screened_alone(world):
    world.notify(notification())
    say(world, "Leila", K5=Value.YES)
    assert (world.screening("Leila").suggested, world.screening("Sam").suggested) == (4, 1)


def test_an_unborn_child_starts_at_scale_3(world):
    world.notify(notification())
    assert world.screening("").suggested == 3


def test_who_contradicts_the_record_says_why(world):
    world.earlier(20, "NM-B", MARIA, DANIEL, LEILA)
    world.notify(notification())
    with pytest.raises(NotUnderstood, match="P6"):
        say(world, P6=Value.NO)
    say(world, P6=Value.NO, notes={"P6": "the earlier call was about a burglary"})
    answer = Answer.objects.get(screening=world.screening("Leila"), item="P6")
    assert (answer.value, answer.record_value, answer.from_record) == ("no", "yes", False)
    assert "earlier" in answer.because


def test_who_answers_what_the_record_does_not_know_contradicts_nothing(world):
    world.notify(notification())
    say(world, P9=Value.YES)
    assert world.screening("Leila").suggested == 3


def test_a_persons_answer_stays_when_the_record_is_read_again(world):
    world.earlier(20, "NM-B", MARIA, DANIEL, LEILA)
    world.notify(notification())
    say(world, P6=Value.NO, notes={"P6": "another family's call"})
    answer_from_record([world.screening("Leila").incident_id], facts={}, now=world.now)
    assert Answer.objects.get(screening=world.screening("Leila"), item="P6").value == "no"


def test_the_same_answers_sent_twice_are_written_down_once(world):
    world.notify(notification())
    say(world, K2=Value.YES)
    say(world, K2=Value.YES)
    assert Event.objects.filter(what="screening.answered").count() == 1


def test_a_question_that_is_not_asked_is_refused(world):
    world.notify(notification())
    with pytest.raises(NotUnderstood, match="Z9"):
        say(world, Z9=Value.YES)


def test_protective_factors_never_lower_the_suggestion(world):
    world.notify(notification())
    say(world, V5=Value.YES)
    say(world, PF1=Value.YES, PF2=Value.YES, PF3=Value.YES)
    assert world.screening("Leila").suggested == 4


def test_a_child_whom_a_correction_took_out_is_not_answered_for(world):
    world.notify(notification())
    sam = world.screening("Sam")
    world.notify(notification("NM-1", MARIA, DANIEL, LEILA, version=2))
    with pytest.raises(WrongMoment, match="correction"):
        answer_items(
            screening=sam, answers={"K2": Value.YES}, notes={}, by=world.user("health"),
            now=world.now,
        )  # fmt: skip


@pytest.mark.parametrize("who", ["police", "socialworker", "manager", "ig"])
def test_who_does_not_screen_does_not_answer(world, who):
    world.notify(notification())
    with pytest.raises(PermissionDenied):
        say(world, by=who, K2=Value.YES)
