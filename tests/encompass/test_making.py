"""Which schools are to be told, by when, and what a correction changes."""

from datetime import UTC, datetime

import pytest

from sightline.access.models import Agency
from sightline.encompass.models import Notice
from sightline.encompass.sending import send_notice
from sightline.sharing.models import Disclosure
from tests.encompass.conftest import notice_of, told, with_child
from tests.world import DANIEL, LEILA, MARIA, SAM, notification

pytestmark = pytest.mark.django_db

HIGH_SCHOOL = "Castlebrook High School"


def test_siblings_in_two_schools_get_a_notice_each(world):
    older = with_child(LEILA, school_name=HIGH_SCHOOL)
    world.notify(notification("NM-1", MARIA, DANIEL, older, SAM))
    assert told(world) == [("Leila", HIGH_SCHOOL), ("Sam", "Brook Lane Primary School")]


def test_twins_get_a_notice_each_though_all_but_their_name_is_the_same(world):
    twin = LEILA | {"id": "lena", "given_name": "Lena", "nhs_number": ""}
    world.notify(notification("NM-1", MARIA, DANIEL, LEILA, twin))
    assert [name for name, _ in told(world)] == ["Leila", "Lena"]


def test_of_a_child_taught_at_home_the_councils_officer_is_told(world):
    at_home = with_child(LEILA, school_name="", home_educated=True)
    world.notify(notification("NM-1", MARIA, DANIEL, at_home))
    notice = notice_of("Leila")
    assert (notice.school, notice.office) == (None, world.cast.agencies["education"])
    assert _agencies_with_an_open_door(world) == {"Castlebrook Education Service"}
    assert send_notice(notice.pk, now=world.now) is True
    notice.refresh_from_db()
    assert notice.sent_to == world.user("homeeducation")


def test_where_the_council_has_no_such_officer_it_is_put_before_the_team(world):
    Agency.objects.update(services=[])
    at_home = with_child(LEILA, school_name="", home_educated=True)
    world.notify(notification("NM-1", MARIA, DANIEL, at_home))
    assert "home educated" in notice_of("Leila").no_school_because


@pytest.mark.parametrize(
    ("born", "school", "told_of"),
    [("2008-11-20", HIGH_SCHOOL, []), ("2008-11-21", HIGH_SCHOOL, ["Leila"]),
     ("2023-11-20", "", []), ("2022-11-20", "", ["Leila"])],
)  # fmt: skip
def test_from_reception_to_seventeen(world, born, school, told_of):
    child = with_child(LEILA | {"birth_date": born, "nhs_number": ""}, school_name=school)
    world.notify(notification("NM-1", MARIA, DANIEL, child))
    assert [name for name, _ in told(world)] == told_of


def test_a_child_who_was_not_there_is_told_of_all_the_same(world):
    away = with_child(LEILA, presence="not_living_there", words="", saw_or_heard="")
    world.notify(notification("NM-1", MARIA, DANIEL, away))
    assert [name for name, _ in told(world)] == ["Leila"]


def test_a_school_that_is_closed_for_good_is_told_of_nobody(world):
    Agency.objects.filter(name="Brook Lane Primary School").update(closed_on=world.now.date())
    world.notify(notification("NM-1", MARIA, DANIEL, LEILA))
    assert told(world) == [("Leila", "")]


def test_a_child_that_two_notifications_write_in_two_ways_has_one_message(world):
    world.notify(notification("NM-1", MARIA, DANIEL, LEILA))
    second = notification("NM-9", MARIA, DANIEL, LEILA | {"given_name": "Leilah"})
    second["incident"]["log_number"] = "LOG-NM-1"
    world.notify(second)
    assert [name for name, _ in told(world)] == ["Leila"]


def test_a_later_notification_that_names_the_school_finds_it(world):
    world.notify(notification("NM-1", MARIA, DANIEL, with_child(LEILA, school_name="")))
    assert told(world) == [("Leila", "")]
    second = notification("NM-9", MARIA, DANIEL, LEILA)
    second["incident"]["log_number"] = "LOG-NM-1"
    world.notify(second)
    assert told(world) == [("Leila", "Brook Lane Primary School")]
    assert _agencies_with_an_open_door(world) == {"Brook Lane Primary School"}


def test_on_a_friday_night_the_school_is_told_by_mondays_bell(world):
    world.notify(notification())
    assert notice_of("Leila").due_at == datetime(2026, 11, 23, 9, tzinfo=UTC)


def test_in_the_holidays_the_clock_runs_to_the_first_school_day(world):
    in_the_holidays = datetime(2026, 12, 24, 20, tzinfo=UTC)
    world.notify(notification(notified_at=in_the_holidays.isoformat()), now=in_the_holidays)
    assert notice_of("Leila").due_at == datetime(2027, 1, 5, 9, tzinfo=UTC)


def test_a_correction_of_what_happened_keeps_the_notice(world):
    world.notify(notification("NM-1", MARIA, DANIEL, LEILA))
    before = notice_of("Leila")
    corrected = with_child(LEILA, words="I rang 999")
    world.notify(notification("NM-1", MARIA, DANIEL, corrected, version=2))
    after = notice_of("Leila")
    assert after.pk == before.pk
    assert after.mention.words == "I rang 999"


def test_a_correction_of_the_school_tells_the_right_one_and_takes_the_other_back(world):
    world.notify(notification("NM-1", MARIA, DANIEL, LEILA))
    wrong = notice_of("Leila")
    right = with_child(LEILA, school_name=HIGH_SCHOOL)
    world.notify(notification("NM-1", MARIA, DANIEL, right, version=2))
    wrong.refresh_from_db()
    assert wrong.withdrawn_because == "the corrected notification names another school"
    assert told(world) == [("Leila", HIGH_SCHOOL)]
    assert _agencies_with_an_open_door(world) == {HIGH_SCHOOL}


def test_a_correction_that_names_a_school_nobody_knows_leaves_the_one_that_was_told(world):
    world.notify(notification("NM-1", MARIA, DANIEL, LEILA))
    misspelt = with_child(LEILA, school_name="Brok Lain")
    world.notify(notification("NM-1", MARIA, DANIEL, misspelt, version=2))
    assert told(world) == [("Leila", "Brook Lane Primary School")]


def test_a_child_taken_out_by_a_correction_is_taken_back_and_the_door_is_shut(world):
    world.notify(notification("NM-1", MARIA, DANIEL, LEILA, SAM))
    world.notify(notification("NM-1", MARIA, DANIEL, LEILA, version=2))
    assert notice_of("Sam").withdrawn_at is not None
    assert told(world) == [("Leila", "Brook Lane Primary School")]
    doors = Disclosure.objects.filter(origin="notice", until_at__gt=world.now)
    assert {door.person.given_name for door in doors} == {"Leila"}


def test_a_child_that_another_notification_names_too_is_not_taken_back(world):
    world.notify(notification("NM-1", MARIA, DANIEL, LEILA, SAM))
    second = notification("NM-9", MARIA, DANIEL, LEILA, SAM)
    second["incident"]["log_number"] = "LOG-NM-1"
    world.notify(second)
    assert Notice.objects.count() == 2
    world.notify(notification("NM-1", MARIA, DANIEL, LEILA, version=2))
    assert [name for name, _ in told(world)] == ["Leila", "Sam"]


def test_a_second_notification_of_the_incident_is_no_correction(world):
    world.notify(notification("NM-1", MARIA, DANIEL, LEILA))
    second = notification("NM-9", MARIA, DANIEL, with_child(LEILA, words="Other words"))
    second["incident"]["log_number"] = "LOG-NM-1"
    world.notify(second)
    assert notice_of("Leila").mention.words == "I told Sam to hide under my bed"


def _agencies_with_an_open_door(world) -> set[str]:
    doors = Disclosure.objects.filter(origin="notice", until_at__gt=world.now)
    return set(doors.values_list("agency__name", flat=True))
