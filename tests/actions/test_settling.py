"""Nothing is left silently open: what came back, what was a mistake, what a new decision ended."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from sightline.access.commands import add_user
from sightline.access.cover import record_absence, set_deputy
from sightline.actions.commands import AgreedAction, decide_with_actions
from sightline.actions.doing import accept, assign, complete, decline, say_not_possible, start
from sightline.actions.models import Action
from sightline.actions.owners import away_on, nobodys, owner_words
from sightline.actions.queries import to_settle
from sightline.actions.settling import agree_anew, close_returned, keep, withdraw
from sightline.actions.words import state_of
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.meetings.commands import screen_again
from sightline.sharing.models import Item
from sightline.sharing.queries import may_see
from tests.html import problems

pytestmark = pytest.mark.django_db


def text(response):
    return " ".join(response.content.decode().split())


def by_idva(world):
    return {"by": world.user("idva"), "now": world.now}


def by_chair(world):
    return {"by": world.user("chair"), "now": world.now}


def decide_otherwise(world, *actions):
    return decide_with_actions(
        screening=world.screening("Leila"), outcome="STRATEGY", rationale="He strangled her.",
        actions=list(actions), seen=Action.objects.first().decision_id, **by_chair(world),
    )  # fmt: skip


def test_by_when_is_the_rules_day_with_its_reason_unless_somebody_says_why_not(family):
    refuge = family.cast.agencies["refuge"]
    later = family.now.date() + timedelta(30)
    decide_with_actions(
        screening=family.screening("Leila"), outcome="CFA", rationale="She heard it all.",
        actions=[
            AgreedAction(refuge, "Safety plan", kind="safety_plan"),
            AgreedAction(refuge, "Call", later, "idva_contact", "Maria is abroad until then."),
        ],
        **by_chair(family),
    )  # fmt: skip
    plan, call = Action.objects.order_by("pk")
    assert plan.due_because == (
        "3 working days after it was agreed on Friday 20 November 2026: "
        "by Wednesday 25 November 2026."
    )
    assert call.due_on == later
    assert call.due_because.endswith("November 2026: Maria is abroad until then.")
    for wrong in (
        AgreedAction(refuge, "x", later, "idva_contact"), AgreedAction(refuge, "x"),
        AgreedAction(refuge, "x", kind="tea"),
    ):  # fmt: skip
        with pytest.raises(NotUnderstood):
            decide_otherwise(family, wrong)
    assert Action.objects.count() == 2


def test_an_action_is_somebodys_and_may_be_given_on_within_the_agency(family, agreed):
    action = agreed()
    assert owner_words(action, {}) == "Nobody yet"
    accept(action=action, **by_idva(family))
    action.refresh_from_db()
    assert action.owner == family.user("idva")
    colleague = add_user(
        email="idva2@castlebrook.example", name="Nia Rees", agency=action.agency,
        roles=["practitioner"], password_hash="!", by=None, now=family.now,
    )  # fmt: skip
    for _ in range(2):
        action = assign(action=action, owner=colleague, **by_idva(family))
    assert owner_words(action, {}) == "Nia Rees"
    with pytest.raises(NotUnderstood, match="somebody of your agency"):
        assign(action=action, owner=family.user("health"), **by_idva(family))
    with pytest.raises(PermissionDenied):
        assign(action=action, owner=None, by=family.user("health"), now=family.now)
    colleague.is_active = False
    colleague.save()
    action = Action.objects.get(pk=action.pk)
    assert owner_words(action, {}) == "Nobody: Nia Rees has left"


def test_of_somebody_who_is_away_the_deputy_has_it_and_without_one_nobody(family, agreed):
    action, idva = accept(action=agreed(), **by_idva(family)), family.user("idva")
    today = family.now.date()
    record_absence(user=idva, first=today, last=today + timedelta(3), by=idva, now=family.now)
    assert owner_words(action, away_on(today)) == "Nobody: Carys Lloyd is away until 23 Nov 2026"
    assert Action.objects.filter(nobodys(today)).get() == action
    colleague = add_user(
        email="idva2@castlebrook.example", name="Nia Rees", agency=action.agency,
        roles=idva.roles, password_hash="!", by=None, now=family.now,
    )  # fmt: skip
    set_deputy(user=idva, deputy=colleague, by=None, now=family.now)
    assert owner_words(action, away_on(today)).startswith("Nia Rees, for Carys Lloyd")
    assert not Action.objects.filter(nobodys(today)).exists()


@pytest.mark.parametrize("step", [accept, start])
def test_what_was_declined_is_not_taken_up_and_goes_back_to_the_team(family, agreed, step):
    action = agreed()
    for _ in range(2):
        action = decline(action=action, because="We do not work with children.", **by_idva(family))
    assert state_of(action, family.now.date()).more.endswith("back with the team")
    assert list(to_settle()) == [action]
    seen = may_see(family.user("idva"), family.person("Leila"), Item.IDENTITY, family.now)
    assert not seen.allowed
    with pytest.raises(WrongMoment, match="was declined"):
        step(action=action, **by_idva(family))
    with pytest.raises(WrongMoment, match="was declined"):
        complete(action=action, note="Done.", **by_idva(family))
    with pytest.raises(WrongMoment, match="was declined"):
        say_not_possible(action=action, because="Moved.", **by_idva(family))


def test_what_was_accepted_is_not_declined_and_what_is_done_does_not_end_otherwise(family, agreed):
    action = accept(action=agreed(), **by_idva(family))
    with pytest.raises(WrongMoment, match="not possible"):
        decline(action=action, because="No.", **by_idva(family))
    complete(action=action, note="Done.", **by_idva(family))
    for refused in (decline, say_not_possible):
        with pytest.raises(WrongMoment):
            refused(action=action, because="No.", **by_idva(family))
    with pytest.raises(WrongMoment, match="completed already"):
        withdraw(action=action, because="No.", **by_chair(family))
    with pytest.raises(WrongMoment, match="completed already"):
        assign(action=action, owner=None, **by_idva(family))
    action.refresh_from_db()
    assert (action.ending, action.note) == ("", "Done.")


def test_it_was_done_on_a_day_between_the_meeting_and_today(family, agreed):
    action = agreed()
    for day in (family.now.date() - timedelta(1), family.now.date() + timedelta(1)):
        with pytest.raises(NotUnderstood, match="from when it was agreed until today"):
            complete(action=action, note="Done.", done_on=day, **by_idva(family))
    family.now += timedelta(days=5)
    done_on = family.now.date() - timedelta(2)
    action = complete(
        action=action, note="Done.", done_on=done_on, seen_by="The nurse", **by_idva(family)
    )
    assert (action.done_on, action.seen_by) == (done_on, "The nurse")


def test_what_came_back_is_agreed_anew_or_closed_and_only_once(family, agreed):
    action = decline(action=agreed(), because="Full.", **by_idva(family))
    instead = AgreedAction(family.cast.agencies["health"], "Home visit", kind="health_contact")
    made = {agree_anew(action=action, instead=instead, **by_chair(family)) for _ in range(2)}
    other = replace(instead, what="Something else")
    with pytest.raises(WrongMoment, match="settled already"):
        agree_anew(action=action, instead=other, **by_chair(family))
    assert not Action.objects.filter(what="Something else").exists()
    [new] = made
    assert new.instead_of == action
    action.refresh_from_db()
    assert action.closed_because == "Agreed anew."
    assert not to_settle().exists()
    with pytest.raises(WrongMoment, match="settled already"):
        close_returned(action=action, because="Never mind.", **by_chair(family))
    with pytest.raises(PermissionDenied):
        withdraw(action=new, because="x", **by_idva(family))


def test_what_did_not_come_back_is_not_closed(family, agreed):
    with pytest.raises(WrongMoment, match="has not come back"):
        close_returned(action=agreed(), because="Never mind.", **by_chair(family))


def test_a_decision_that_is_replaced_leaves_no_action_silently_open(family, agreed):
    kept, double, mistake = agreed(what="Plan"), agreed(what="Call"), agreed(what="Visit")
    again = AgreedAction(double.agency, "Call", double.due_on)
    newer = decide_otherwise(family, again)
    assert set(to_settle()) == {kept, double, mistake}
    for _ in range(2):
        keep(action=kept, **by_chair(family))
    keep(action=double, **by_chair(family))
    withdraw(action=mistake, because="Asked of the wrong family.", **by_chair(family))
    assert not to_settle().exists()
    kept.refresh_from_db()
    double.refresh_from_db()
    assert (kept.decision, kept.carried_by) == (newer, family.user("chair"))
    assert double.ended_because == "The same was agreed again with the newer decision."


def test_while_nothing_is_decided_nothing_can_be_kept(family, agreed):
    action = agreed()
    screen_again(screening=family.screening("Leila"), **by_chair(family))
    with pytest.raises(WrongMoment, match="Decide first"):
        keep(action=action, **by_chair(family))
    action.refresh_from_db()
    assert action.carried_at is None


@pytest.fixture
def chair(client, family, monkeypatch):
    for module in ("settle", "actions"):
        monkeypatch.setattr(f"sightline.actions.views.{module}.now", lambda: family.now)
    monkeypatch.setattr("sightline.actions.forms.now", lambda: family.now)
    client.force_login(family.user("chair"))
    return client


def test_the_page_settles_and_says_what_happened(chair, family, agreed):
    back = decline(action=agreed(), because="We are full.", **by_idva(family))
    address = reverse("settle", args=[family.screening("Leila").pk])
    pages = {"before": chair.get(address), "list": chair.get(reverse("to-settle"))}
    assert "We are full." in text(pages["before"])
    assert "Brook Lane" in text(pages["list"])
    assert "Leila" not in text(pages["list"])
    pages["wrong"] = chair.post(address, {"action": back.pk, "close": "yes", "because": ""})
    assert "Say why" in text(pages["wrong"])
    row = {"anew-agency": family.cast.agencies["health"].pk, "anew-what": "Home visit",
           "anew-kind": "health_contact"}  # fmt: skip
    after = chair.post(address, {"action": back.pk, "anew": "yes", **row}, follow=True)
    assert "Agreed anew with Castlebrook Community Health Trust." in text(after)
    pages["after"] = chair.get(address)
    assert problems({name: page.content.decode() for name, page in pages.items()}) == ""
    assert chair.post(address, {"action": "999999", "keep": "yes"}).status_code == 404


def test_what_is_to_be_settled_is_on_the_worklist(chair, family, agreed):
    decline(action=agreed(), because="We are full.", **by_idva(family))
    left = agreed("health", "Home visit")
    decide_otherwise(family)
    shown = text(chair.get(reverse("worklist") + "?show=settle"))
    assert "Settle 2 actions: agree anew, keep, withdraw or close" in shown
    assert reverse("settle", args=[left.decision.screening_id]) in shown


def test_whoever_decides_otherwise_is_told_what_is_left_open(chair, family, agreed, monkeypatch):
    monkeypatch.setattr("sightline.actions.views.decide.now", lambda: family.now)
    action = agreed()
    sent = {"outcome": "STRATEGY", "rationale": "He strangled her.", "rows": "2",
            "seen": str(action.decision_id)}  # fmt: skip
    address = reverse("decide", args=[family.screening("Leila").pk])
    after = chair.post(address + "?otherwise=1", sent, follow=True)
    assert "1 action of the earlier decision still open" in text(after)


def test_declining_on_the_page_needs_a_reason(chair, client, family, agreed):
    action = agreed()
    client.force_login(family.user("idva"))
    address = reverse("action", args=[action.pk])
    assert "Say why" in text(client.post(address, {"decline": "yes", "because": ""}))
    shown = client.post(address, {"decline": "yes", "because": "Full."}, follow=True)
    assert "It goes back to the team" in text(shown)
    assert problems({"declined": shown.content.decode()}) == ""
    client.force_login(family.user("outsider"))
    assert client.get(reverse("settle", args=[family.screening("Leila").pk])).status_code == 403
