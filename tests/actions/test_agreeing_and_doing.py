"""Recommended is not done: agreed, accepted, started and completed are four facts."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from sightline.actions.commands import AgreedAction, agree_actions, decide_with_actions
from sightline.actions.doing import accept, complete, start
from sightline.actions.models import Action
from sightline.audit.models import Event
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.meetings.models import Decision
from sightline.sharing.models import Item
from sightline.sharing.queries import may_see

pytestmark = pytest.mark.django_db


def send(world, outcome="CFA", rationale="She heard it all.", actions=(), seen=None):
    return decide_with_actions(
        screening=world.screening("Leila"), outcome=outcome, rationale=rationale,
        actions=list(actions), seen=seen, by=world.user("chair"), now=world.now,
    )  # fmt: skip


def plan(world, agency="refuge", what="Safety plan with Maria", days=7):
    return AgreedAction(world.cast.agencies[agency], what, world.now.date() + timedelta(days))


def test_a_decision_and_its_actions_are_sent_twice_and_kept_once(family):
    actions = [plan(family), plan(family, "health", "Home visit")]
    assert send(family, actions=actions) == send(family, actions=actions)
    assert (Decision.objects.count(), Action.objects.count()) == (1, 2)
    assert Event.objects.filter(what="action.agreed").count() == 2


def test_an_action_that_cannot_be_kept_leaves_no_decision_behind(family):
    with pytest.raises(NotUnderstood, match="today or later"):
        send(family, actions=[plan(family, days=-2)])
    assert Decision.objects.count() == 0


def test_a_decision_made_meanwhile_is_not_overwritten(family):
    send(family)
    with pytest.raises(WrongMoment, match="Another decision"):
        send(family, outcome="STRATEGY", rationale="Seen from an older page.")
    assert Decision.objects.get().outcome == "CFA"


def test_who_saw_the_standing_decision_may_replace_it(family):
    first = send(family, actions=[plan(family)])
    second = send(family, outcome="STRATEGY", rationale="More came out.", seen=first.pk)
    assert Decision.objects.get(replaced_at=None) == second
    assert Action.objects.get().decision == first


def test_actions_may_be_added_to_a_decision_that_stands(family):
    first = send(family)
    assert send(family, actions=[plan(family)]) == first
    assert Action.objects.get().decision == first


def test_nothing_is_agreed_with_a_decision_that_was_replaced(family):
    first = send(family)
    send(family, outcome="STRATEGY", rationale="More came out.", seen=first.pk)
    first.refresh_from_db()
    with pytest.raises(WrongMoment, match="replaced"):
        agree_actions(
            decision=first, actions=[plan(family)], by=family.user("chair"), now=family.now
        )


@pytest.mark.parametrize("what", ["", "   ", "x" * 301])
def test_what_is_to_be_done_is_said(family, what):
    with pytest.raises(NotUnderstood, match="what is to be done"):
        send(family, actions=[plan(family, what=what)])


def test_the_owner_takes_it_on_starts_and_completes_it(agreed, family):
    action, idva = agreed(), family.user("idva")
    for step, days in ((accept, 1), (start, 2)):
        step(action=action, by=idva, now=family.now + timedelta(days))
    complete(action=action, note="Plan agreed.", by=idva, now=family.now + timedelta(3))
    action.refresh_from_db()
    dates = (action.accepted_at, action.started_at, action.completed_at)
    assert [(at - family.now).days for at in dates] == [1, 2, 3]
    assert action.note == "Plan agreed."


def test_what_is_done_at_once_was_accepted_and_started_too(agreed, family):
    idva = family.user("idva")
    action = complete(action=agreed(), note="Done by phone.", by=idva, now=family.now)
    assert action.accepted_at == action.started_at == action.completed_at == family.now


def test_each_step_said_twice_is_said_once(agreed, family):
    action, idva = agreed(), family.user("idva")
    for _ in range(2):
        accept(action=action, by=idva, now=family.now)
        start(action=action, by=idva, now=family.now)
    for _ in range(2):
        complete(action=action, note="Plan agreed.", by=idva, now=family.now)
    steps = ["action.accepted", "action.started", "action.completed"]
    assert [Event.objects.filter(what=step).count() for step in steps] == [1, 1, 1]


def test_completing_needs_to_say_what_was_done(agreed, family):
    with pytest.raises(NotUnderstood, match="what was done"):
        complete(action=agreed(), note=" ", by=family.user("idva"), now=family.now)


def test_a_completed_action_is_neither_started_nor_completed_otherwise(agreed, family):
    action, idva = agreed(), family.user("idva")
    complete(action=action, note="Plan agreed.", by=idva, now=family.now)
    with pytest.raises(WrongMoment):
        start(action=action, by=idva, now=family.now)
    with pytest.raises(WrongMoment):
        complete(action=action, note="Something else.", by=idva, now=family.now)


@pytest.mark.parametrize("step", [accept, start])
@pytest.mark.parametrize("who", ["socialworker", "provider", "outsider", "chair"])
def test_another_agency_does_not_move_it(agreed, family, step, who):
    with pytest.raises(PermissionDenied):
        step(action=agreed(), by=family.user(who), now=family.now)


@pytest.mark.parametrize("who", ["administrator", "police", "manager"])
def test_who_has_no_actions_moves_none(agreed, family, who):
    with pytest.raises(PermissionDenied):
        complete(action=agreed("care"), note="x", by=family.user(who), now=family.now)


def test_the_owner_sees_this_child_only_and_only_what_the_action_needs(agreed, family):
    agreed()
    idva, leila = family.user("idva"), family.person("Leila")
    assert may_see(idva, leila, Item.IDENTITY, family.now).allowed
    assert not may_see(idva, leila, Item.VOICE, family.now).allowed
    assert not may_see(idva, family.person("Sam"), Item.IDENTITY, family.now).allowed


def test_the_door_closes_28_days_after_it_was_due_and_taking_it_on_opens_it_again(agreed, family):
    action, idva, leila = agreed(days=7), family.user("idva"), family.person("Leila")
    open_until = family.now + timedelta(days=35)
    assert may_see(idva, leila, Item.IDENTITY, open_until).allowed
    later = open_until + timedelta(days=1, hours=1)
    assert not may_see(idva, leila, Item.IDENTITY, later).allowed
    accept(action=action, by=idva, now=later)
    assert may_see(idva, leila, Item.IDENTITY, later + timedelta(days=28)).allowed


def test_the_door_closes_28_days_after_it_is_done(agreed, family):
    action, idva, leila = agreed(days=90), family.user("idva"), family.person("Leila")
    complete(action=action, note="Plan agreed.", by=idva, now=family.now)
    assert may_see(idva, leila, Item.IDENTITY, family.now + timedelta(days=27)).allowed
    assert not may_see(idva, leila, Item.IDENTITY, family.now + timedelta(days=28)).allowed


def test_the_domestic_abuse_service_sees_the_victim_it_is_to_ring_and_nobody_sees_the_perpetrator(
    family,
):
    send(family, actions=[plan(family), plan(family, "early_help", "Offer early help")])
    idva, worker = family.user("idva"), family.user("provider")
    assert may_see(idva, family.person("Maria"), Item.IDENTITY, family.now).allowed
    assert not may_see(worker, family.person("Maria"), Item.IDENTITY, family.now).allowed
    for user in (idva, worker):
        assert may_see(user, family.person("Leila"), Item.IDENTITY, family.now).allowed
        assert not may_see(user, family.person("Daniel"), Item.IDENTITY, family.now).allowed
