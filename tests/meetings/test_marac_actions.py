"""What is agreed after the hearing of a pair is an action like any other: done, or escalated."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.urls import reverse

from sightline.access.models import Agency, AgencyKind
from sightline.actions.commands import AgreedAction
from sightline.actions.doing import accept, complete, decline, say_not_possible
from sightline.actions.marac import hear_with_actions
from sightline.actions.models import Action
from sightline.actions.queries import actions_of, to_settle
from sightline.actions.settling import agree_anew, close_returned, keep, withdraw
from sightline.common.announce import quietly
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.escalation.models import Escalation
from sightline.escalation.presenters import rows_of
from sightline.escalation.queries import loaded
from sightline.escalation.raising import escalate
from sightline.meetings.lists import standing_items
from sightline.sharing.models import Item
from sightline.sharing.queries import what_they_may_see
from tests.html import problems

pytestmark = pytest.mark.django_db


def text(response):
    return " ".join(response.content.decode().split())


def hear(world, meeting, *actions, by="administrator"):
    (item,) = standing_items(meeting)
    return hear_with_actions(
        item=item, summary="High risk.", actions=actions, by=world.user(by), now=world.now
    )


@pytest.fixture
def plan(marac, scaled):
    """A safety plan that the refuge agreed to after the hearing of Maria and Daniel."""
    refuge = scaled.cast.agencies["refuge"]
    for _ in range(2):
        hear(scaled, marac, AgreedAction(refuge, "Safety plan", kind="safety_plan"))
    return Action.objects.get()


def test_it_is_agreed_once_by_rule_and_stands_on_the_agencys_list(plan, scaled):
    idva = {"by": scaled.user("idva"), "now": scaled.now}
    assert plan.due_because.startswith("3 working days after it was agreed")
    assert plan in actions_of(scaled.user("idva"))
    with pytest.raises(PermissionDenied):
        accept(action=plan, by=scaled.user("health"), now=scaled.now)
    assert accept(action=plan, **idva).owner == scaled.user("idva")
    done = complete(action=plan, note="Plan made with her.", **idva)
    assert done == complete(action=plan, note="Plan made with her.", **idva)
    with pytest.raises(WrongMoment, match="completed already"):
        decline(action=plan, because="No.", **idva)


def test_what_may_not_be_agreed_leaves_no_hearing_behind(marac, scaled):
    refuge = scaled.cast.agencies["refuge"]
    with pytest.raises(NotUnderstood, match="by which day"):
        hear(scaled, marac, AgreedAction(refuge, "Safety plan"))
    with pytest.raises(PermissionDenied):
        hear(scaled, marac, AgreedAction(refuge, "Call", kind="idva_contact"), by="idva")
    assert not marac.hearings.exists()


def test_an_action_is_for_a_child_or_for_a_pair_and_never_for_both_or_nobody(plan):
    for changed in ({"hearing": None}, {"decision_id": 1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Action.objects.filter(pk=plan.pk).update(**changed)


def test_it_is_reminded_of_and_escalated_tier_by_tier(plan, scaled):
    for day in (3, 6, 10, 19, 34):
        with quietly("escalations.raised"):
            escalate(scaled.now + timedelta(days=day))
    found = Escalation.objects.filter(action=plan).order_by("pk")
    assert [one.tier for one in found] == ["reminder", "worker", "manager", "agency", "partnership"]
    of_plan = loaded(Q(action=plan, closed_at__isnull=True))
    [shown] = rows_of(scaled.user("chair"), of_plan, scaled.now)
    assert (shown.what, shown.where) == ("Safety plan", "Brook Lane")
    complete(action=plan, note="Plan made.", by=scaled.user("idva"), now=scaled.now)
    escalate(scaled.now + timedelta(days=35))
    assert not Escalation.objects.filter(action=plan, closed_at__isnull=True).exists()


def test_what_is_not_possible_goes_back_and_is_agreed_anew_or_closed(plan, scaled):
    chair = {"by": scaled.user("chair"), "now": scaled.now}
    with pytest.raises(WrongMoment, match="not come back"):
        close_returned(action=plan, because="No.", **chair)
    assert keep(action=plan, **chair).carried_at is None
    back = say_not_possible(
        action=plan, because="She has moved.", by=scaled.user("idva"), now=scaled.now
    )
    assert list(to_settle()) == [back]
    instead = AgreedAction(scaled.cast.agencies["health"], "Visit", kind="health_contact")
    for _ in range(2):
        made = agree_anew(action=plan, instead=instead, **chair)
    assert (made.hearing, made.instead_of) == (plan.hearing, plan)
    assert not to_settle().exists()
    assert withdraw(action=made, because="By mistake.", **chair).ending == "withdrawn"


def test_its_door_opens_the_one_with_whom_the_agency_works_and_no_address(plan, scaled):
    provider = Agency.objects.create(name="Turnaround", kind=AgencyKind.PERPETRATOR)
    worker = scaled.user("socialworker")
    worker.agency, worker.roles = provider, ["practitioner"]
    worker.save()
    item = plan.hearing.meeting.items.get()
    hear_with_actions(
        item=item, summary="High risk.", by=scaled.user("administrator"), now=scaled.now,
        actions=[AgreedAction(provider, "Programme", kind="perpetrator_programme")],
    )  # fmt: skip
    people = [scaled.person(name).pk for name in ("Maria", "Daniel", "Leila")]
    seen = what_they_may_see(worker, people, scaled.now)
    assert {who: set(answer.items) for who, answer in seen.items()} == {
        scaled.person("Daniel").pk: {Item.IDENTITY, Item.ACTIONS}
    }


def test_it_is_worked_and_settled_on_the_pages_of_any_action(client, plan, scaled):
    client.force_login(scaled.user("idva"))
    listed = client.get(reverse("actions"))
    assert f"MARAC: pair {plan.referral.pk}" in text(listed)
    page = client.get(reverse("action", args=[plan.pk]))
    assert "Maria Moreno" in text(page)
    assert "Brook Lane" not in text(page)
    client.post(reverse("action", args=[plan.pk]), {"not_possible": "yes", "because": "She moved."})
    client.force_login(scaled.user("chair"))
    waiting = client.get(reverse("to-settle"))
    settle = reverse("settle-pair", args=[plan.referral.pk])
    assert settle in text(waiting)
    shown = client.get(settle)
    assert "She moved." in text(shown)
    sent = {"action": plan.pk, "close": "yes", "because": "Housing has it."}
    assert "Closed." in text(client.post(settle, sent, follow=True))
    pages = {"list": listed, "action": page, "waiting": waiting, "settle": shown}
    assert problems({name: one.content.decode() for name, one in pages.items()}) == ""
