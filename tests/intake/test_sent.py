"""What an agency sees of what it sent: receipts and a list, no names, nobody else's."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sightline.common.clock import now
from sightline.intake.commands import Origin, refuse
from sightline.intake.models import Channel, Notification
from tests.intake.filling import signed_in
from tests.world import NOW, notification

pytestmark = pytest.mark.django_db
SENT = reverse("sent-notifications")


def receive(world, count: int) -> list[Notification]:
    """Have some notifications come from the police, a minute apart, up to now."""
    return [
        world.receive(
            notification(f"NM-{number}"), now=now() - timedelta(minutes=count - number)
        ).notification
        for number in range(count)
    ]


def test_the_list_says_how_many_newest_first_without_a_name(world, police):
    receive(world, 3)
    page = police.get(SENT).content.decode()
    assert "<strong>3 notifications</strong>, sent by your agency" in page
    assert page.index("NM-2") < page.index("NM-1") < page.index("NM-0")
    for name in ("Moreno", "Leila", "Crowe", "Brook Lane"):
        assert name not in page


def test_the_list_has_twenty_five_a_page(world, police):
    receive(world, 27)
    assert police.get(SENT).content.decode().count("/receipt/") == 25
    assert police.get(f"{SENT}?page=2").content.decode().count("/receipt/") == 2


def test_the_list_asks_the_database_as_often_for_three_as_for_thirty(world, police):
    receive(world, 3)
    few = queries_of(police)
    receive(world, 30)
    assert queries_of(police) == few


def queries_of(client) -> int:
    with CaptureQueriesContext(connection) as asked:
        client.get(SENT)
    return len(asked)


def test_an_empty_list_helps(police):
    assert reverse("notification-start") in police.get(SENT).content.decode()


@pytest.mark.parametrize(
    ("facts", "word"),
    [
        ({}, "Received"),
        ({"opened_at": NOW}, "With the screening team"),
        ({"opened_at": NOW, "superseded_at": NOW}, "Superseded"),
    ],
)
def test_how_far_a_notification_is_is_said_in_words(world, police, facts, word):
    kept = receive(world, 1)[0]
    Notification.objects.update(**facts)
    for place in (SENT, reverse("notification-receipt", args=[kept.pk])):
        assert word in police.get(place).content.decode()


def test_a_notification_is_found_by_reference_or_receipt(world, police):
    first, *_, last = receive(world, 3)
    world.receive(notification("NM-2", version=2))
    newest = Notification.objects.get(version=2)
    for words, found in (("NM-2", newest), (first.receipt.lower(), first), (last.receipt, last)):
        answer = police.post(SENT, {"find": f" {words} "})
        assert answer["Location"] == reverse("notification-receipt", args=[found.pk])


@pytest.mark.parametrize("words", ["NM", "Moreno", "%", "\x00", "x" * 3000, "SL-", "'"])
def test_what_is_not_found_is_said_and_shown_again(world, police, words):
    receive(world, 1)
    answer = police.post(SENT, {"find": words})
    assert answer.status_code == 200
    assert "sent nothing with this reference" in answer.content.decode()


def test_another_agency_sees_nothing_of_it(world, police):
    kept = receive(world, 1)[0]
    other = signed_in(world.user("administrator"))
    place = reverse("notification-receipt", args=[kept.pk])
    assert "NM-0" not in other.get(SENT).content.decode()
    assert other.post(SENT, {"find": kept.receipt}).status_code == 200
    assert other.get(place).status_code == 404
    assert other.post(place).status_code == 404
    assert police.get(place).status_code == 200


@pytest.mark.parametrize("pk", [0, 10**8, 10**30])
def test_a_receipt_that_does_not_exist_is_not_found(police, pk):
    assert police.get(reverse("notification-receipt", args=[pk])).status_code == 404


@pytest.mark.parametrize("user", ["chair", "manager", "socialworker", "ig"])
def test_who_may_not_send_opens_no_page_of_it(world, user):
    client = signed_in(world.user(user))
    for name in ("sent-notifications", "notification-start"):
        assert client.get(reverse(name)).status_code == 403
        assert client.post(reverse(name)).status_code == 403


def test_what_was_refused_is_listed_with_its_reason_for_its_sender_only(world, police, client):
    origin = Origin(world.cast.police, Channel.API)
    refuse(b"{", raw_type="application/json", reasons=["Not JSON."], origin=origin, now=NOW)
    assert "Not JSON." in police.get(reverse("refusals")).content.decode()
    other = Origin(world.cast.agencies["care"], Channel.API)
    refuse(b"[", raw_type="application/json", reasons=["Theirs."], origin=other, now=NOW)
    assert "Theirs." not in police.get(reverse("refusals")).content.decode()
