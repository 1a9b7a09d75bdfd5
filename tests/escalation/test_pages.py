"""Escalated to you: what, how late, with whom; no name of a child, nothing that is not shared."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sightline.common.announce import quietly
from sightline.escalation.models import Escalation
from sightline.escalation.raising import escalate
from tests.html import problems

pytestmark = pytest.mark.django_db
LIST = "/escalations/"


@pytest.fixture
def page(client, late, world, at, monkeypatch):
    """Return a function that opens an address as somebody, four days on."""
    monkeypatch.setattr("sightline.escalation.views.escalations.now", lambda: at(3))

    def open_as(who, address=LIST, data=None):
        client.force_login(world.user(who))
        return client.post(address, data, follow=True) if data else client.get(address)

    return open_as


def raised(at, days=3):
    with quietly("escalations.raised"):
        escalate(at(days))
    return Escalation.objects.filter(action__isnull=False).last()


def text(response):
    return " ".join(response.content.decode().split())


def test_the_worker_sees_it_says_so_and_closes_it(page, late, at):
    late("Visit the family")
    one = raised(at)
    shown = text(page("socialworker"))
    assert "Visit the family" in shown
    assert "Late by 3 days" in shown
    assert "Brook Lane" in shown
    assert "Escalated to you (1)" in shown
    assert not [name for name in ("Leila", "Moreno", "12 Brook") if name in shown]
    address = reverse("escalation", args=[one.pk])
    known = text(page("socialworker", address, {"acknowledge": "yes"}))
    assert "Kept that you know of it." in known
    assert "Escalated to you (" not in known
    assert "Say what was done" in text(page("socialworker", address, {"close": "yes"}))
    closed = page("socialworker", address, {"close": "yes", "note": "Booked for Tuesday."})
    assert "Booked for Tuesday." in text(closed)
    assert "Nothing waits now." in text(page("socialworker"))


def test_a_manager_and_a_lead_see_what_is_with_those_they_answer_for(page, late, at):
    late("Visit the family")
    raised(at)
    for who in ("teammanager", "carelead"):
        assert "Visit the family" in text(page(who, f"{LIST}?show=others")), who
    assert "Visit the family" not in text(page("helplead", f"{LIST}?show=others"))


@pytest.mark.parametrize("who", ["idva", "provider", "outsider", "health"])
def test_to_others_it_does_not_exist(page, late, at, who):
    late("Visit the family")
    one = raised(at)
    assert "Visit the family" not in text(page(who))
    assert page(who, reverse("escalation", args=[one.pk])).status_code == 404


def test_where_the_family_is_not_shared_the_place_is_held_back(page, late, at, world):
    late("Call Maria", agency="refuge", owner=None)
    child = world.person("Leila")
    child.restricted_at, child.restricted_by = world.now, world.user("ig")
    child.save()
    raised(at, 30)
    row = text(page("administrator")).split("Call Maria", 1)[1].split("</tr>")[0]
    assert "Not shared with your agency" in row
    assert "Brook Lane" not in row


def test_the_pages_are_valid_and_the_list_costs_the_same_for_many(page, late, at, client):
    late("A")
    one = raised(at)
    pages = {"list": page("socialworker"), "one": page("socialworker", f"{LIST}{one.pk}/"),
             "empty": page("idva")}  # fmt: skip
    assert problems({name: response.content.decode() for name, response in pages.items()}) == ""
    page("socialworker")
    with CaptureQueriesContext(connection) as few:
        client.get(LIST)
    for number in range(12):
        late(f"B{number}")
    raised(at)
    with CaptureQueriesContext(connection) as many:
        assert text(client.get(LIST)).count("Late by") == 13
    assert len(many) == len(few)
