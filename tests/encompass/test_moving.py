"""A child who left the school: the message follows, and so does every later one."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.encompass.addressing import LEFT
from sightline.encompass.commands import choose_school
from sightline.encompass.models import Move, Notice
from sightline.encompass.moving import say_moved
from sightline.encompass.sending import send_notice
from sightline.sharing.models import Disclosure
from tests.encompass.conftest import notice_of, told
from tests.world import DANIEL, LEILA, MARIA, notification

pytestmark = pytest.mark.django_db

HIGH, BROOK = "Castlebrook High School", "Brook Lane Primary School"


@pytest.fixture
def notice(world):
    world.notify(notification("NM-1", MARIA, DANIEL, LEILA))
    send_notice(notice_of("Leila").pk, now=world.now)
    return notice_of("Leila")


def moved(world, notice, to="900004", by="keyadult1") -> Notice:
    """Have the key adult say that the pupil left in September."""
    went_to = world.cast.schools[to] if to else None
    return say_moved(
        notice=notice, went_to=went_to, on=date(2026, 9, 1), by=world.user(by), now=world.now
    )


def open_doors(world) -> set[str]:
    doors = Disclosure.objects.filter(origin="notice", until_at__gt=world.now)
    return set(doors.values_list("agency__name", flat=True))


def test_the_new_school_is_told_and_the_old_ones_door_shuts(world, notice):
    fresh = moved(world, notice)
    assert told(world) == [("Leila", HIGH)]
    assert open_doors(world) == {HIGH}
    assert send_notice(fresh.pk, now=world.now) is True
    fresh.refresh_from_db()
    assert fresh.sent_to == world.user("keyadult4")
    assert fresh.due_at == notice.due_at  # the clock runs from when police told us


def test_saying_so_twice_is_saying_it_once(world, notice):
    assert moved(world, notice) == moved(world, notice)
    assert (Move.objects.count(), Notice.objects.count()) == (1, 2)


def test_a_later_notification_that_names_the_old_school_goes_to_the_new(world, notice):
    moved(world, notice)
    world.now += timedelta(days=30)
    at = world.now.isoformat()
    body = notification("NM-2", MARIA, DANIEL, LEILA, notified_at=at)
    body["incident"] |= {"started_at": at}
    world.notify(body)
    assert told(world) == [("Leila", HIGH), ("Leila", HIGH)]


def test_where_nobody_knows_where_to_the_team_finds_out_and_it_is_known_from_then_on(world, notice):
    lost = moved(world, notice, to="")
    assert (told(world), lost.no_school_because) == ([("Leila", "")], LEFT)
    by = world.user("administrator")
    choose_school(notice=lost, school=world.cast.schools["900004"], by=by, now=world.now)
    world.now += timedelta(days=2)
    at = world.now.isoformat()
    body = notification("NM-2", MARIA, DANIEL, LEILA, notified_at=at)
    body["incident"] |= {"started_at": at}
    world.notify(body)
    assert told(world) == [("Leila", HIGH), ("Leila", HIGH)]


def test_a_child_who_comes_back_is_told_of_there(world, notice):
    fresh = moved(world, notice)
    again = say_moved(
        notice=fresh, went_to=world.cast.schools["900001"], on=date(2026, 10, 1),
        by=world.user("keyadult4"), now=world.now,
    )  # fmt: skip
    assert again.school.name == BROOK
    world.now += timedelta(days=2)
    at = world.now.isoformat()
    body = notification("NM-2", MARIA, DANIEL, LEILA, notified_at=at)
    body["incident"] |= {"started_at": at}
    world.notify(body)
    assert ("Leila", BROOK) in told(world)


def test_a_child_who_left_after_the_incident_was_a_pupil_then(world):
    world.notify(notification("NM-1", MARIA, DANIEL, LEILA))
    assert told(world) == [("Leila", BROOK)]


@pytest.mark.parametrize("local", ["keyadult4", "schoolofficer", "police"])
def test_only_the_school_or_the_team_says_so(world, notice, local):
    with pytest.raises(PermissionDenied):
        moved(world, notice, by=local)
    assert moved(world, notice, by="administrator").school.name == HIGH


def test_the_wrong_moment_and_what_cannot_be(world, notice):
    with pytest.raises(NotUnderstood, match="to have left"):
        moved(world, notice, to="900001")
    with pytest.raises(NotUnderstood, match="to come"):
        say_moved(
            notice=notice, went_to=None, on=date(2027, 1, 1), by=world.user("keyadult1"),
            now=world.now,
        )  # fmt: skip
    world.notify(notification("NM-1", MARIA, DANIEL, version=2))
    with pytest.raises(WrongMoment):
        moved(world, notice)


def test_the_page_takes_it_and_leads_back_to_the_list(read, client, notice, world):
    client.force_login(world.user("keyadult1"))
    assert "This is not" in read("keyadult1", f"/school/{notice.pk}/")
    school = world.cast.schools["900004"].pk
    page = f"/school/{notice.pk}/moved/"
    assert "Enter the day on which the pupil left" in read("keyadult1", page, {"school": school})
    data = {"on-day": "1", "on-month": "9", "on-year": "2026", "school": school}
    words = read("keyadult1", page, data)
    assert "Thank you. The new school is told." in words
    assert "Withdrawn" in words
    assert told(world) == [("Leila", HIGH)]
    assert client.post(page, data).status_code == 302  # a second click
    assert Notice.objects.count() == 2
