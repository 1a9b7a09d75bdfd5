"""What did not arrive: no notification, no message, no school, no receipt."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from sightline.access import tokens
from sightline.common.clock import now
from sightline.encompass.models import ListedIncident, Notice, Reconciliation
from sightline.encompass.reconciling import Listed, list_incidents, not_notified, reconcile
from sightline.encompass.sending import send_notice
from sightline.sharing.models import Disclosure
from tests.encompass.conftest import MONDAY_BELL, notice_of, told, with_child
from tests.world import DANIEL, LEILA, MARIA, SAM, notification

pytestmark = pytest.mark.django_db

PAGE = "/school/reconciliation/"


@pytest.fixture
def listed(world):
    """Police list two incidents; of one a notification came."""
    world.notify(notification("NM-1", MARIA, DANIEL, LEILA))
    lines = [Listed("LOG-NM-1", world.now, 1), Listed("LOG-NM-2", world.now, 2),
             Listed("LOG-NM-3", world.now, 0)]  # fmt: skip
    assert list_incidents(lines, sender=world.cast.police, now=world.now) == 3
    assert list_incidents(lines, sender=world.cast.police, now=world.now) == 0
    world.now += timedelta(hours=2)
    return ListedIncident.objects.get(reference="LOG-NM-2")


def test_an_incident_with_a_child_and_no_notification_is_found(world, listed):
    assert list(not_notified(world.now)) == [listed]
    assert list(not_notified(world.now - timedelta(minutes=1))) == []  # it may be on its way


def test_it_is_there_for_the_team_until_somebody_found_out(read, world, listed):
    assert "LOG-NM-2" in read("administrator", PAGE)
    assert "Say what was found out" in read("administrator", PAGE, {"listed": listed.pk})
    for _ in range(2):
        words = read("administrator", PAGE, {"listed": listed.pk, "why": "Sent to us now"})
    assert "Written down for LOG-NM-2" in words
    assert list(not_notified(world.now)) == []


@pytest.mark.parametrize("number", ["", "²", "0", "1" * 30])
def test_what_is_not_on_the_list_is_not_found(client, world, listed, number):
    client.force_login(world.user("administrator"))
    assert client.post(PAGE, {"listed": number, "why": "Sent"}).status_code == 404


def test_police_are_not_asked_for_what_they_notified(client, world, listed, monkeypatch):
    monkeypatch.setattr("sightline.encompass.views.listed.now", lambda: world.now)
    client.force_login(world.user("police"))
    said = client.get(reverse("listed-incidents")).content.decode()
    assert [log for log in ("LOG-NM-1", "LOG-NM-2", "LOG-NM-3") if log in said] == ["LOG-NM-2"]


def test_another_boroughs_worker_is_not_told_what_is_missing(client, world, listed):
    client.force_login(world.user("outsider"))
    assert "LOG-NM-2" not in client.get(PAGE).content.decode()
    assert client.post(PAGE, {"listed": listed.pk, "why": "Nothing"}).status_code == 404


def test_messages_without_a_school_and_without_a_receipt_are_there(read, world):
    lost = with_child(SAM, school_name="St Nobody")
    world.notify(notification("NM-1", MARIA, DANIEL, LEILA, lost))
    send_notice(notice_of("Leila").pk, now=world.now)
    world.now = MONDAY_BELL
    words = read("administrator", PAGE)
    assert "Brook Lane Primary School" in words
    assert "not in the directory" in words
    assert "Leila" not in words
    assert words.count("Brook Lane") > words.count("Brook Lane Primary School")
    for door in Disclosure.objects.filter(items__contains=["household"]):
        door.items.remove("household")
        door.save()
    words = read("administrator", PAGE)
    assert words.count("Brook Lane") == words.count("Brook Lane Primary School") > 0
    assert words.count("Address not shared") == 2


def test_a_message_that_is_missing_is_made(world):
    world.notify(notification("NM-1", MARIA, DANIEL, LEILA, SAM))
    Notice.objects.filter(mention__given_name="Sam").delete()
    found = reconcile(world.now + timedelta(minutes=11))
    assert (found.not_made, len(told(world))) == (1, 2)
    again = reconcile(world.now + timedelta(minutes=12))
    assert again.not_made == 0


def test_the_counts_of_each_morning_are_kept(world, listed):
    world.now = MONDAY_BELL
    reconcile(world.now)
    [kept] = Reconciliation.objects.all()
    counts = (kept.not_notified, kept.not_made, kept.no_school, kept.no_receipt)
    assert counts == (1, 0, 0, 1)


def test_police_send_their_list_by_machine(client, world):
    _, token = tokens.issue(
        agency=world.cast.police, label="list", by=world.user("systems"), now=world.now
    )
    line = {"log_number": "LOG-9", "started_at": world.now.isoformat(), "children": 1}

    def send(body: dict, key: str = token) -> tuple[int, dict]:
        answer = client.post(
            "/api/incidents", json.dumps(body), content_type="application/json",
            headers={"Authorization": f"Bearer {key}"},
        )  # fmt: skip
        return answer.status_code, answer.json()

    assert send({"incidents": [line]}) == (200, {"kept": 1})
    assert send({"incidents": [line]}) == (200, {"kept": 0})
    assert send({"incidents": [line]}, "another")[0] == 401
    assert send({"incidents": [line | {"children": -1}]})[0] == 422


def test_police_paste_their_list_and_see_what_they_sent_nothing_of(world, client):
    client.force_login(world.user("police"))
    page = reverse("listed-incidents")
    assert "None: of every incident" in client.get(page).content.decode()
    lines = "LOG-1, 20/11/2026 22:10, 2\nLOG-2\t2026-07-01 09:05\t1\n\n"
    for new in (2, 0):
        said = client.post(page, {"lines": lines}, follow=True).content.decode()
        assert f"2 incidents listed, {new} of them new." in said
    first, second = ListedIncident.objects.order_by("reference")
    assert (first.started_at, first.children) == (datetime(2026, 11, 20, 22, 10, tzinfo=UTC), 2)
    assert second.started_at == datetime(2026, 7, 1, 8, 5, tzinfo=UTC)  # in summer
    ListedIncident.objects.update(listed_at=now() - timedelta(hours=3))
    said = client.get(page).content.decode()
    assert "LOG-1" in said
    wrong = client.post(page, {"lines": "LOG-3, yesterday, 2\nLOG-4, 20/11/2026 22:10, 1"})
    assert "Line 1 must be a log number" in wrong.content.decode()
    assert ListedIncident.objects.count() == 2
