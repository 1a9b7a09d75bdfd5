"""Tables 1 and 2, counted on the fingers: distinct children, and homes, by notifications."""

from datetime import UTC, datetime

import pytest

from sightline.people.models import Link, LinkReview
from sightline.people.reviewing import decide_review, undo_review
from tests.world import DANIEL, IVY, LEILA, MARIA, NOAH, SAM, notification

pytestmark = pytest.mark.django_db

LEILA_SAM_AND_UNBORN = [(1, 3, 3), ("total", 3, 3)]


def test_nothing_recorded_is_nobody(world, rows):
    assert rows(1) == rows(2) == [("total", 0, 0)]


def test_a_child_of_two_notifications_is_one_child(world, rows):
    world.earlier(40, "NM-0", MARIA, DANIEL, LEILA)
    world.notify(notification())
    assert rows(1) == [(1, 2, 2), (2, 1, 2), ("total", 3, 4)]


def test_a_size_of_nobody_between_two_others_has_its_row(world, rows):
    for days, reference in ((40, "NM-a"), (30, "NM-b"), (20, "NM-c")):
        world.earlier(days, reference, MARIA, DANIEL, LEILA)
    world.earlier(10, "NM-d", IVY, DANIEL, NOAH)
    assert rows(1) == [(1, 1, 1), (2, 0, 0), (3, 1, 3), ("total", 2, 4)]


def test_a_corrected_notification_counts_once_as_corrected(world, rows):
    world.notify(notification("NM-1"))
    assert rows(1) == LEILA_SAM_AND_UNBORN
    world.notify(notification("NM-1", MARIA, DANIEL, LEILA, version=2))
    assert rows(1) == rows(2) == [(1, 1, 1), ("total", 1, 1)]


def test_a_version_that_arrives_too_late_changes_nothing(world, rows):
    world.notify(notification("NM-1", MARIA, DANIEL, LEILA, version=2))
    world.notify(notification("NM-1", version=1))
    assert rows(1) == rows(2) == [(1, 1, 1), ("total", 1, 1)]


def test_two_notifications_of_one_incident_are_two(world, rows):
    log = notification()["incident"]
    world.notify(notification("NM-1", MARIA, LEILA))
    world.notify(notification("NM-2", MARIA, LEILA, incident=log))
    assert rows(1) == rows(2) == [(1, 0, 0), (2, 1, 2), ("total", 1, 2)]


def test_only_children_and_only_homes_with_children_are_counted(world, rows):
    world.notify(notification("NM-1", MARIA, DANIEL))
    assert rows(1) == rows(2) == [("total", 0, 0)]


def test_a_child_under_two_spellings_is_one_once_joined_and_two_when_that_is_undone(world, rows):
    world.earlier(40, "NM-0", MARIA, DANIEL, LEILA)
    stranger = LEILA | {
        "given_name": "Layla", "surname": "Crow", "birth_date": "2016-11-02",
        "nhs_number": "9990000034",
    }  # fmt: skip
    world.earlier(20, "NM-1", IVY, stranger)
    assert rows(1) == [(1, 2, 2), ("total", 2, 2)]
    review = LinkReview.objects.create(
        mention=world.mention("Layla"), candidate=world.person("Leila"), weight=0, model="test",
        asked_at=world.now,
    )  # fmt: skip
    chair = world.user("chair")
    decide_review(review=review, decision="same", because="She says so.", by=chair, now=world.now)
    assert rows(1) == [(1, 0, 0), (2, 1, 2), ("total", 1, 2)]
    undo_review(review=review, by=chair, now=world.now)
    assert rows(1) == [(1, 2, 2), ("total", 2, 2)]


def test_a_mention_whose_link_has_ended_is_nobody(world, rows):
    world.notify(notification("NM-1", MARIA, LEILA))
    Link.objects.filter(mention=world.mention("Leila")).update(ended_at=world.now)
    assert rows(1) == [("total", 0, 0)]


def test_homes_are_counted_by_the_notifications_that_name_a_child(world, rows):
    world.earlier(400, "NM-0", IVY, DANIEL, NOAH)
    world.earlier(40, "NM-1", MARIA, DANIEL, LEILA)
    world.earlier(30, "NM-2", MARIA, DANIEL)
    world.earlier(20, "NM-3", MARIA, DANIEL, SAM)
    assert rows(2) == [(1, 1, 1), (2, 1, 2), ("total", 2, 3)]


def test_an_incident_without_an_address_is_of_no_home(world, rows):
    body = notification("NM-1", MARIA, LEILA)
    body["incident"] = body["incident"] | {"address": {}}
    world.notify(body)
    assert rows(1) == [(1, 1, 1), ("total", 1, 1)]
    assert rows(2) == [("total", 0, 0)]


@pytest.mark.parametrize(
    ("sent", "day"),
    [
        ("2026-06-30T23:30:00+00:00", "2026-07-01"),  # half past midnight in a London summer
        ("2026-06-30T22:30:00+00:00", "2026-06-30"),
        ("2026-12-31T23:30:00+00:00", "2026-12-31"),
    ],
)
def test_days_begin_and_end_at_midnight_in_london(world, rows, sent, day):
    later = datetime(2027, 1, 1, tzinfo=UTC)
    world.notify(notification("NM-1", MARIA, LEILA, notified_at=sent), now=later)
    assert rows(1, day, day) == rows(2, day, day) == [(1, 1, 1), ("total", 1, 1)]
    other = "2026-07-02"
    assert rows(1, other, other) == rows(2, other, other) == [("total", 0, 0)]


def test_a_period_may_be_open_on_either_side(world, rows):
    world.earlier(40, "NM-0", MARIA, DANIEL, LEILA)  # 11 October
    world.earlier(10, "NM-1", MARIA, DANIEL, LEILA)  # 10 November
    assert rows(1, "2026-11-01", None) == [(1, 1, 1), ("total", 1, 1)]
    assert rows(1, None, "2026-11-01") == [(1, 1, 1), ("total", 1, 1)]
    assert rows(1, "2026-10-01", "2026-11-30") == [(1, 0, 0), (2, 1, 2), ("total", 1, 2)]
