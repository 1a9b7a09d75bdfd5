"""The actions of one's agency: late ones first, no names on the list, no more than the door."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sightline.actions.doing import complete
from sightline.actions.models import Action
from sightline.audit.models import Read
from sightline.people.models import Person
from tests.html import problems

pytestmark = pytest.mark.django_db


@pytest.fixture
def idva(client, family, monkeypatch):
    """The IDVA is signed in; `family.now` may be moved on."""
    monkeypatch.setattr("sightline.actions.views.actions.now", lambda: family.now)
    client.force_login(family.user("idva"))
    return client


def text(response):
    return " ".join(response.content.decode().split())


def page_of(action):
    return reverse("action", args=[action.pk])


def test_late_actions_come_first_then_what_is_due_then_what_is_done(idva, family, agreed):
    done = agreed(what="Rang her sister", days=1)
    complete(action=done, note="Reached.", by=family.user("idva"), now=family.now)
    agreed(what="Due later", days=40)
    agreed(what="Late", days=2)
    agreed(what="Due soon", days=30)
    family.now += timedelta(days=10)
    shown = text(idva.get(reverse("actions")))
    in_order = ("Late", "Due soon", "Due later", "Rang her sister")
    places = [shown.index(f">{words}</a>") for words in in_order]
    assert places == sorted(places)
    assert "4 actions" in shown
    assert "1 is late" in shown


def test_the_list_names_the_street_and_nobody(idva, agreed):
    agreed(what="Safety plan")
    shown = text(idva.get(reverse("actions")))
    assert "Brook Lane" in shown
    assert not [words for words in ("Leila", "Moreno", "12 Brook Lane") if words in shown]


def test_the_list_holds_the_actions_of_ones_own_agency_only(idva, agreed):
    agreed("health", "Home visit")
    assert "Home visit" not in text(idva.get(reverse("actions")))


def test_an_empty_list_says_what_it_is_for(idva):
    assert "Nothing here." in text(idva.get(reverse("actions")))


def test_a_long_list_is_paged_with_the_same_number_of_queries(idva, family, agreed):
    for number in range(3):
        agreed(what=f"Action {number}", days=number)
    idva.get(reverse("actions"))
    with CaptureQueriesContext(connection) as few:
        idva.get(reverse("actions"))
    for number in range(3, 30):
        agreed(what=f"Action {number}", days=number)
    with CaptureQueriesContext(connection) as many:
        shown = text(idva.get(reverse("actions")))
    assert len(many) == len(few)
    assert shown.count("Not accepted") == 25
    assert text(idva.get(reverse("actions") + "?page=2")).count("Not accepted") == 5


def test_the_page_shows_the_child_and_not_what_the_action_does_not_need(idva, family, agreed):
    shown = text(idva.get(page_of(agreed(what="Safety plan"))))
    assert "Leila Moreno, 9" in shown
    assert "12 Brook Lane, Castlebrook" in shown
    hidden = ("hide under my bed", "pushed", "She heard it all", "Sam", "07700 900123", "Serious")
    assert not [words for words in hidden if words in shown]
    assert Read.objects.filter(page="action", person=str(family.person("Leila").pk)).count() == 1


def test_where_somebody_restricted_lives_too_is_told_on_no_page_of_an_action(idva, family, agreed):
    action = agreed(what="Safety plan")
    Person.objects.filter(pk=family.person("Sam").pk).update(
        restricted_at=family.now, restricted_by=family.user("ig")
    )
    for page in (page_of(action), reverse("actions")):
        shown = text(idva.get(page))
        assert "Safety plan" in shown
        assert "Address not shared" in shown
        assert "Brook Lane" not in shown.replace("Brook Lane Primary", "")


def test_each_step_is_one_press_and_pressing_twice_is_once(idva, family, agreed):
    action = agreed()
    for name in ("accept", "accept", "start", "start"):
        assert idva.post(page_of(action), {name: "yes"}).url == page_of(action)
    for _ in range(2):
        idva.post(page_of(action), {"complete": "yes", "note": "Plan agreed with Maria."})
    action.refresh_from_db()
    assert action.note == "Plan agreed with Maria."
    assert "<button" not in text(idva.get(page_of(action))).split("<main", 1)[1]


def test_completing_without_a_word_asks_what_was_done(idva, agreed):
    action = agreed()
    assert "Say what was done" in text(idva.post(page_of(action), {"complete": "yes", "note": " "}))
    assert Action.objects.get().completed_at is None


def test_the_pages_are_valid(idva, agreed):
    address = page_of(agreed())
    pages = {
        "list": idva.get(reverse("actions")),
        "open": idva.get(address),
        "wrong": idva.post(address, {"complete": "yes"}),
    }
    assert problems({name: page.content.decode() for name, page in pages.items()}) == ""


def test_a_step_at_the_wrong_moment_says_so_and_shows_the_present_state(idva, family, agreed):
    action = agreed()
    complete(action=action, note="Done by phone.", by=family.user("idva"), now=family.now)
    response = idva.post(page_of(action), {"start": "yes"}, follow=True)
    assert "This action has been completed. There is nothing to start." in text(response)
    assert "Done by phone." in text(response)


def test_a_door_that_closed_shows_nothing_of_the_child_until_the_action_is_taken_up(
    idva, family, agreed
):
    action = agreed(what="Safety plan", days=1)
    family.now += timedelta(days=60)
    assert "Closed: take the action up" in text(idva.get(reverse("actions")))
    shown = text(idva.get(page_of(action)))
    assert "Leila" not in shown
    assert "Taking it up opens it again" in shown
    idva.post(page_of(action), {"accept": "yes"})
    assert "Leila Moreno" in text(idva.get(page_of(action)))


def test_the_chair_sees_how_an_action_goes_and_moves_nothing(client, family, agreed, monkeypatch):
    monkeypatch.setattr("sightline.actions.views.actions.now", lambda: family.now)
    action = agreed()
    client.force_login(family.user("chair"))
    shown = text(client.get(page_of(action)))
    assert "Not accepted" in shown
    assert ">Accept<" not in shown
    assert client.post(page_of(action), {"accept": "yes"}).status_code == 403


@pytest.mark.parametrize(
    ("who", "status"), [("outsider", 404), ("provider", 404), ("police", 403), ("manager", 403)]
)
def test_to_others_the_action_does_not_exist(client, family, agreed, who, status, monkeypatch):
    monkeypatch.setattr("sightline.actions.views.actions.now", lambda: family.now)
    client.force_login(family.user(who))
    assert client.get(page_of(agreed())).status_code == status
