"""What did not arrive: no notification, no message, no school, no receipt."""

import json
from datetime import timedelta

import pytest

from sightline.access import tokens
from sightline.encompass.models import ListedIncident, Notice, Reconciliation
from sightline.encompass.reconciling import Listed, list_incidents, not_notified, reconcile
from sightline.encompass.sending import send_notice
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
