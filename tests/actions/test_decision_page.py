"""Deciding on the page: nothing chosen beforehand, sent twice and kept once, nothing typed lost."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from sightline.actions.models import Action
from sightline.meetings.models import Decision
from tests.html import problems
from tests.world import notification

pytestmark = pytest.mark.django_db
DECIDED = {"outcome": "CFA", "rationale": "She heard it all.", "seen": "", "rows": "2"}


@pytest.fixture
def chair(client, family, monkeypatch):
    """The chair is signed in, and Leila has a scale."""
    for module in ("views.decide", "forms"):
        monkeypatch.setattr(f"sightline.actions.{module}.now", lambda: family.now)
    client.force_login(family.user("chair"))
    return client


def address(world, name="Leila"):
    return reverse("decide", args=[world.screening(name).pk])


def row(world, number=1, agency="refuge", what="Safety plan", days=7):
    due = world.now.date() + timedelta(days)
    prefix = f"action{number}"
    return {
        f"{prefix}-agency": str(world.cast.agencies[agency].pk), f"{prefix}-what": what,
        f"{prefix}-due_on-day": due.day, f"{prefix}-due_on-month": due.month,
        f"{prefix}-due_on-year": due.year,
    }  # fmt: skip


def text(response):
    return " ".join(response.content.decode().split())


def test_no_outcome_is_chosen_and_each_says_what_it_means(chair, family):
    shown = text(chair.get(address(family)))
    assert not re.search(r"<input[^>]*\schecked", shown)
    assert "assesses the child&#39;s needs under section 17" in shown


def test_a_decision_with_actions_leads_to_the_family(chair, family):
    sent = DECIDED | row(family) | row(family, 2, "health", "Home visit", 3)
    response = chair.post(address(family), sent)
    assert response.url == reverse("family", args=[family.screening("Leila").incident_id])
    assert Decision.objects.get().rationale == "She heard it all."
    assert {a.what: a.agency.name for a in Action.objects.all()} == {
        "Safety plan": "Haven Domestic Abuse Service",
        "Home visit": "Castlebrook Community Health Trust",
    }


def test_sending_the_page_twice_makes_one_decision(chair, family):
    for _ in range(2):
        chair.post(address(family), DECIDED | row(family))
    assert (Decision.objects.count(), Action.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("without", "asks"),
    [("outcome", "Choose an outcome"), ("rationale", "Give the rationale")],
)
def test_what_is_missing_is_asked_for_and_nothing_is_kept(chair, family, without, asks):
    sent = {key: value for key, value in DECIDED.items() if key != without}
    assert asks in text(chair.post(address(family), sent | row(family)))
    assert (Decision.objects.count(), Action.objects.count()) == (0, 0)


def test_a_half_filled_row_is_asked_about_and_an_empty_one_is_not(chair, family):
    sent = DECIDED | {"action1-what": "Safety plan"}
    shown = text(chair.post(address(family), sent))
    assert "Choose the agency that is to do it" in shown
    assert "Say by which day it is due, or choose a kind" in shown
    assert Decision.objects.count() == 0
    chair.post(address(family), DECIDED)
    assert Decision.objects.count() == 1


def test_another_row_is_added_without_script_and_nothing_typed_is_lost(chair, family):
    shown = text(chair.post(address(family), DECIDED | row(family) | {"add": "yes"}))
    assert "action3-what" in shown
    assert "Safety plan" in shown
    assert "She heard it all." in shown
    assert "There is a problem" not in shown
    assert Decision.objects.count() == 0


@pytest.mark.parametrize("rows", ["", "-1", "900", "x", "²"])
def test_a_strange_number_of_rows_does_no_harm(chair, family, rows):
    assert chair.post(address(family), {"rows": rows, "add": "yes"}).status_code == 200


def test_a_decision_made_meanwhile_is_shown_and_not_overwritten(chair, family):
    chair.post(address(family), DECIDED)
    other = DECIDED | {"outcome": "STRATEGY", "rationale": "From an older page."}
    response = chair.post(address(family), other)
    assert "Another decision has been made since this page was opened" in text(response)
    assert "From an older page." in text(response)
    assert Decision.objects.get().outcome == "CFA"


def test_what_stands_is_shown_and_more_actions_may_be_agreed(chair, family):
    chair.post(address(family), DECIDED)
    shown = text(chair.get(address(family)))
    assert "Child and family assessment (section 17), scale 3" in shown
    assert 'name="outcome"' not in shown
    chair.post(address(family), {"more": "yes", "rows": "2"} | row(family))
    assert Action.objects.get().decision == Decision.objects.get()


def test_agreeing_on_nothing_more_asks_what(chair, family):
    chair.post(address(family), DECIDED)
    response = chair.post(address(family), {"more": "yes", "rows": "2"})
    assert "Say what an agency is to do" in text(response)


def test_deciding_otherwise_replaces_what_was_seen(chair, family):
    chair.post(address(family), DECIDED)
    first = Decision.objects.get()
    assert 'name="outcome"' in text(chair.get(address(family) + "?otherwise=1"))
    other = {"outcome": "STRATEGY", "rationale": "He strangled her.", "seen": str(first.pk)}
    chair.post(address(family) + "?otherwise=1", DECIDED | other)
    assert Decision.objects.get(replaced_at=None).outcome == "STRATEGY"


def test_screening_again_ends_the_decision_and_opens_the_scale(chair, family):
    chair.post(address(family), DECIDED)
    response = chair.post(address(family), {"again": "yes"})
    assert response.url == reverse("screening-scale", args=[family.screening("Leila").pk])
    assert not Decision.objects.filter(replaced_at=None).exists()


def test_without_a_scale_the_page_leads_to_it(chair, family):
    shown = text(chair.get(address(family, "Sam")))
    assert "Set the scale of this child first" in shown
    assert 'name="outcome"' not in shown
    assert chair.post(address(family, "Sam"), DECIDED).status_code == 200
    assert Decision.objects.count() == 0


def test_the_childs_own_school_may_be_given_an_action_and_no_other(chair, family):
    shown = text(chair.get(address(family)))
    assert "Brook Lane Primary School" in shown
    assert "Mill Road Academy" not in shown


def test_deciding_is_for_those_who_may_and_the_family_for_those_to_whom_it_was_shared(
    client, family
):
    for who, status in (("health", 403), ("administrator", 403), ("outsider", 403)):
        client.force_login(family.user(who))
        assert client.get(address(family)).status_code == status
    outsider = family.user("outsider")
    outsider.roles = ["chair"]
    outsider.save()
    client.force_login(outsider)
    assert client.get(address(family)).status_code == 404
    assert client.post(address(family), DECIDED).status_code == 404
    assert Decision.objects.count() == 0


def test_children_of_one_family_are_decided_one_by_one(chair, family):
    chair.post(address(family), DECIDED)
    shown = text(chair.get(reverse("family", args=[family.screening("Leila").incident_id])))
    assert shown.count("Not decided") == 2


def test_the_page_is_valid_before_and_after_deciding_and_with_errors(chair, family):
    pages = {
        "empty": chair.get(address(family)),
        "wrong": chair.post(address(family), {"rows": "3"}),
    }
    chair.post(address(family), DECIDED | row(family))
    pages |= {"decided": chair.get(address(family))}
    assert problems({name: page.content.decode() for name, page in pages.items()}) == ""


def test_the_message_holds_no_address_of_the_family(chair, family):
    family.notify(notification("NM-9"))
    response = chair.post(address(family), DECIDED, follow=True)
    assert all("Moreno" not in url for url, _ in response.redirect_chain)
