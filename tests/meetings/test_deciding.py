"""One decision a child, with its rationale, by a person, and nothing chosen beforehand."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from sightline.audit.models import Event
from sightline.common.announce import subscribe
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.meetings.commands import decide, outcomes_at, screen_again
from sightline.meetings.models import Decision
from tests.world import DANIEL, LEILA, MARIA, notification

pytestmark = pytest.mark.django_db


@pytest.fixture
def family(scaled):
    """The Moreno family, with a scale for each child."""
    return scaled


def say(world, name="Leila", outcome="CFA", rationale="She heard it all.", by="chair", now=None):
    return decide(
        screening=world.screening(name), outcome=outcome, rationale=rationale,
        by=world.user(by), now=now or world.now,
    )  # fmt: skip


def test_nothing_is_decided_before_a_person_decides(family):
    assert Decision.objects.count() == 0


def test_siblings_may_get_different_outcomes(family):
    say(family, "Leila", "CFA")
    say(family, "Sam", "ADVICE", "Asleep throughout.")
    assert {d.screening.mention.given_name: d.outcome for d in Decision.objects.all()} == {
        "Leila": "CFA", "Sam": "ADVICE",
    }  # fmt: skip


def test_the_scale_of_the_day_is_kept_with_the_decision(family):
    assert (say(family).scale, say(family).outcome_set) == (3, "2026.1")


@pytest.mark.parametrize("rationale", ["", "  \n"])
def test_a_rationale_is_required(family, rationale):
    with pytest.raises(NotUnderstood, match="rationale"):
        say(family, rationale=rationale)


@pytest.mark.parametrize("outcome", ["", "IA", "NFA", "cfa"])
def test_only_what_is_offered_on_the_day_may_be_decided(family, outcome):
    with pytest.raises(NotUnderstood, match="outcome from the list"):
        say(family, outcome=outcome)


def test_a_partnership_may_choose_another_set_of_outcomes(family, settings):
    settings.OUTCOME_SET = "2009.1"
    assert say(family, outcome="IA").outcome_set == "2009.1"
    assert outcomes_at(family.now).version == "2009.1"


def test_the_scale_comes_first(world):
    world.notify(notification())
    with pytest.raises(WrongMoment, match="Set the scale"):
        say(world)


def test_a_child_whom_a_correction_took_out_is_not_decided(world):
    world.notify(notification())
    sam = world.screening("Sam")
    world.notify(notification("NM-1", MARIA, DANIEL, LEILA, version=2))
    with pytest.raises(WrongMoment, match="correction"):
        decide(screening=sam, outcome="CFA", rationale="x", by=world.user("chair"), now=world.now)


def test_deciding_the_same_twice_makes_one_decision(family):
    first = say(family)
    assert say(family, rationale=" She heard it all. ", now=family.now + timedelta(1)) == first
    assert Event.objects.filter(what="decision.made").count() == 1


def test_deciding_otherwise_replaces_and_keeps_both(family):
    first, later = say(family), family.now + timedelta(days=2)
    second = say(family, outcome="STRATEGY", rationale="He strangled her.", now=later)
    first.refresh_from_db()
    assert (first.replaced_at, second.replaced_at) == (later, None)
    assert Decision.objects.filter(screening=second.screening).count() == 2


def test_screening_again_ends_the_decision_and_keeps_it(family):
    first = say(family)
    screen_again(screening=first.screening, by=family.user("chair"), now=family.now)
    screen_again(screening=first.screening, by=family.user("chair"), now=family.now)
    first.refresh_from_db()
    assert first.replaced_at == family.now
    assert Event.objects.filter(what="screening.opened_again").count() == 1


def test_a_child_whom_a_correction_took_out_is_not_screened_again(family):
    decision = say(family)
    decision.screening.withdrawn_at = family.now
    decision.screening.save()
    with pytest.raises(WrongMoment, match="took this child out"):
        screen_again(screening=decision.screening, by=family.user("chair"), now=family.now)
    decision.refresh_from_db()
    assert decision.replaced_at is None


def test_a_decision_is_announced(family):
    heard = []
    subscribe("decision.made", heard.append)
    decision = say(family)
    assert heard == [decision.pk]


@pytest.mark.parametrize("who", ["administrator", "health", "police", "socialworker", "manager"])
def test_only_a_chair_decides(family, who):
    with pytest.raises(PermissionDenied):
        say(family, by=who)
