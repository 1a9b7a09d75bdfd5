"""Correcting what was sent: a new version of the whole, made from what the last one said."""

from uuid import uuid4

import pytest
from django.urls import reverse

from sightline.audit.models import Event
from sightline.intake.form.filled import Filled
from sightline.intake.models import Draft, Notification, Refusal
from tests.intake.filling import Answers, every_page, fill, fill_whole, posted, send, start
from tests.world import notification

pytestmark = pytest.mark.django_db


def correct(client, notification):
    """Start a correction and return its key."""
    posted(client, reverse("notification-receipt", args=[notification.pk]), key=str(uuid4()))
    return Draft.objects.latest("pk").key


def test_a_correction_starts_from_what_was_said_and_supersedes(police):
    send(police, fill_whole(police))
    first = Notification.objects.get()
    key = correct(police, first)
    posted(
        police, reverse("notification-person", args=[key, 3, "voice"]),
        child__words="I hid Sam", child__demeanour="quiet",
    )  # fmt: skip
    send(police, key)
    first, second = Notification.objects.order_by("version")
    assert (second.reference, second.version) == ("NM-1", 2)
    assert first.superseded_at == second.received_at
    assert second.content["people"][2]["child"]["demeanour"] == "quiet"
    without_child = {name: first.content[name] for name in ("incident", "risk", "relationships")}
    assert without_child == {name: second.content[name] for name in without_child}


def test_sending_a_correction_unchanged_says_the_same_as_before(world, police):
    kept = world.receive(notification()).notification
    send(police, correct(police, kept))
    second = Notification.objects.get(version=2)
    changes = {"version", "notified_at"}
    assert {n: v for n, v in second.content.items() if n not in changes} == {
        n: v for n, v in kept.content.items() if n not in changes
    }


def test_saving_every_page_of_a_correction_unchanged_loses_nothing(world, police):
    """What a machine said in fields of the form survives being opened and saved by a person."""
    body = notification()
    body["relationships"] = [
        {"a": "maria", "b": "leila", "kind": "parent", "parental_responsibility": True},
        {"a": "leila", "b": "sam", "kind": "sibling"},
    ]
    key = correct(police, world.receive(body).notification)
    before = Filled(Draft.objects.get(key=key).data).body()
    for place in every_page(key):
        if not place.endswith(("/people/", "/add/", "/remove/")):
            shown = Answers(police.get(place).content.decode())
            posted(police, place, **shown.given)
    assert Filled(Draft.objects.get(key=key).data).body() == before


def test_the_check_page_says_which_version_a_correction_will_be(world, police):
    key = correct(police, world.receive(notification()).notification)
    page = police.get(reverse("notification-check", args=[key])).content.decode()
    assert "Correction, to be version" in page


def test_a_double_click_on_correct_makes_one_draft(world, police):
    kept = world.receive(notification()).notification
    key = {"key": str(uuid4())}
    for _ in range(2):
        posted(police, reverse("notification-receipt", args=[kept.pk]), **key)
    assert Draft.objects.count() == 1


def test_only_the_version_that_holds_can_be_corrected(world, police):
    first = world.receive(notification()).notification
    second = world.receive(notification(version=2)).notification
    place = reverse("notification-receipt", args=[first.pk])
    page = police.get(place).content.decode()
    assert "Correct this notification" not in page
    assert second.receipt in page
    assert posted(police, place, key=str(uuid4())) == place
    assert not Draft.objects.exists()


def test_opening_a_correction_is_written_down(world, police):
    kept = world.receive(notification()).notification
    correct(police, kept)
    event = Event.objects.get(what="draft.corrects")
    assert event.by == str(world.user("police").pk)
    assert event.detail == {"notification": kept.pk}


def test_a_reference_that_came_before_is_not_sent_and_offers_the_next_version(world, police):
    before = world.receive(notification("NM-1")).notification
    key = start(police)
    fill(police, key, "reference", reference="NM-1", officer="PC 2")
    answer = send(police, key)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert before.receipt in page
    assert "Send as version 2" in page
    assert Notification.objects.count() == 1
    assert not Refusal.objects.exists()
    send(police, key, version="2")
    assert Notification.objects.get(version=2).content["officer"] == "PC 2"


@pytest.mark.parametrize("version", ["", "0", "-1", "x", "٣", "99999", "1" * 50])
def test_a_version_that_is_none_changes_nothing(world, police, version):
    world.receive(notification("NM-1"))
    key = start(police)
    fill(police, key, "reference", reference="NM-1")
    assert send(police, key, version=version).status_code == 200
    assert Notification.objects.count() == 1
