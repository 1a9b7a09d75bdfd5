"""Finding the school that is meant, or writing down who was told in another way."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied

from sightline.access.models import Agency
from sightline.audit.models import Event, Read
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.directory.commands import set_terms
from sightline.directory.finding import schools_like
from sightline.encompass.commands import (
    choose_school,
    confirm_received,
    open_notice,
    tell_otherwise,
)
from sightline.encompass.sending import send_notice
from tests.encompass.conftest import notice_of, with_child
from tests.html import problems
from tests.words import main_words
from tests.world import DANIEL, LEILA, MARIA, SAM, notification

pytestmark = pytest.mark.django_db


@pytest.fixture
def notice(world):
    """Of Leila, whose school police wrote down in a way that fits none."""
    lost = with_child(LEILA, school_name="St Wilfreds or the High School")
    world.notify(notification("NM-1", MARIA, DANIEL, lost))
    return notice_of("Leila")


@pytest.fixture
def high_school(world):
    return world.cast.schools["900004"]


def page(notice) -> str:
    return f"/school/{notice.pk}/which-school/"


def test_the_page_says_who_and_why_and_offers_schools_with_none_chosen(client, read, notice):
    words = read("administrator", page(notice))
    assert "Leila Moreno, born 9 May 2017" in words
    assert "St Wilfreds or the High School" in words
    assert "not in the directory, or could be more than one" in words
    assert "Castlebrook High School" in words
    assert " checked" not in client.get(page(notice)).content.decode().split("<main")[1]


def test_looking_is_written_down(read, notice, world):
    read("administrator", page(notice))
    assert Read.objects.filter(page="notice-school", person=world.person("Leila").pk).exists()


def test_another_name_can_be_looked_for(read, notice):
    words = read("administrator", page(notice), {"do": "find", "find": "Tanner's infant"})
    assert "Tanner's Row Infant School" in words
    assert "Castlebrook High School" not in words


def test_the_school_that_is_chosen_is_told_and_may_read(client, read, notice, world):
    school = world.cast.schools["900004"]
    data = {"do": "choose", "find": "high", "school": school.pk}
    client.force_login(world.user("administrator"))
    assert client.post(page(notice), data)["Location"] == "/worklist/"
    send_notice(notice.pk, now=world.now)
    assert [message.to for message in mail.outbox] == [["keyadult4@castlebrook.example"]]
    assert "Leila Moreno" in read("keyadult4", f"/school/{notice.pk}/")


def test_choosing_without_a_school_is_asked_for_again(read, notice):
    words = read("administrator", page(notice), {"do": "choose", "find": "high"})
    assert "Choose the school" in words


def test_the_clock_is_the_one_of_the_school_that_was_chosen(world, notice, high_school):
    first_day = datetime(2026, 11, 25, tzinfo=UTC).date()
    set_terms([(datetime(2026, 9, 1).date(), datetime(2026, 11, 20).date()),  # noqa: DTZ001
               (first_day, datetime(2026, 12, 18).date())], school=high_school)  # noqa: DTZ001  # fmt: skip
    by = world.user("administrator")
    choose_school(notice=notice, school=high_school, by=by, now=world.now + timedelta(days=1))
    notice.refresh_from_db()
    assert notice.due_at == datetime(2026, 11, 25, 9, tzinfo=UTC)


def test_once_a_school_was_told_no_other_is_chosen(world, notice, high_school):
    by = world.user("administrator")
    choose_school(notice=notice, school=high_school, by=by, now=world.now)
    send_notice(notice.pk, now=world.now)
    choose_school(notice=notice, school=high_school, by=by, now=world.now)  # a second click
    with pytest.raises(WrongMoment, match="told already"):
        choose_school(
            notice=notice, school=world.cast.schools["900005"], by=by, now=world.now
        )  # fmt: skip


def test_who_was_told_in_another_way_stops_the_clock(read, client, notice, world):
    client.force_login(world.user("administrator"))
    client.post(page(notice), {"do": "told", "how": "telephone", "note": "Owen Blake, lead"})
    notice.refresh_from_db()
    assert notice.told_otherwise == "The school was told by telephone: Owen Blake, lead"
    assert (notice.received_at, notice.received_by) == (world.now, world.user("administrator"))
    assert "The school was told by telephone" in read("chair", page(notice))
    assert Event.objects.get(what="notice.told_otherwise").detail == {}


def test_who_was_told_must_be_said(read, notice, world):
    assert "Say who was told" in read("administrator", page(notice), {"do": "told"})
    with pytest.raises(NotUnderstood):
        tell_otherwise(notice=notice, how=" ", by=world.user("administrator"), now=world.now)


def test_where_nobody_is_there_for_a_child_taught_at_home_telling_comes_before_a_school(
    read, world
):
    Agency.objects.update(services=[])
    at_home = with_child(LEILA, school_name="", home_educated=True)
    world.notify(notification("NM-1", MARIA, DANIEL, at_home))
    words = read("administrator", page(notice_of("Leila")))
    assert words.index("The council's officer for home education") < words.index("Which school?")


def test_the_officer_of_a_child_taught_at_home_reads_the_message_and_no_schools(read, world):
    at_home = with_child(LEILA, school_name="", home_educated=True)
    world.notify(notification("NM-1", MARIA, DANIEL, at_home, SAM))
    assert "A child of your area" in read("homeeducation", "/school/")
    words = read("homeeducation", f"/school/{notice_of('Leila').pk}/")
    assert "I told Sam to hide under my bed" in words
    assert "SH-04 of sharing" in words
    assert "Castlebrook Education Service" in read("administrator", page(notice_of("Leila")))


def test_the_officer_reads_no_message_of_a_school(client, world):
    world.notify(notification("NM-1", MARIA, DANIEL, LEILA))
    client.force_login(world.user("homeeducation"))
    assert client.get(f"/school/{notice_of('Leila').pk}/").status_code == 404


def test_a_school_that_confirmed_needs_no_telling(read, world):
    world.notify(notification("NM-1", MARIA, DANIEL, LEILA))
    notice = notice_of("Leila")
    confirm_received(notice=notice, by=world.user("keyadult1"), now=world.now)
    words = read("administrator", page(notice))
    assert "Confirmed 20 November 2026, 23:40 by Grace Osei" in words
    assert "Write it down" not in words
    with pytest.raises(WrongMoment):
        tell_otherwise(notice=notice, how="By phone", by=world.user("chair"), now=world.now)


def test_whom_to_ring_is_there(read, world):
    world.notify(notification("NM-1", MARIA, DANIEL, LEILA))
    words = read("administrator", page(notice_of("Leila")))
    assert "Grace Osei, Designated safeguarding lead" in words
    assert "Which school?" not in words


@pytest.mark.parametrize("local", ["outsider"])
def test_whoever_may_not_see_the_child_is_told_that_there_is_nothing(client, world, notice, local):
    client.force_login(world.user(local))
    assert client.get(page(notice)).status_code == 404
    assert client.post(page(notice), {"do": "told", "how": "telephone"}).status_code == 404


@pytest.mark.parametrize("local", ["police", "keyadult4", "idva", "manager", "ig"])
def test_only_who_sees_the_worklist_may_find_the_school(client, world, notice, local):
    client.force_login(world.user(local))
    assert client.get(page(notice)).status_code == 403


def test_commands_ask_who_acts(world, notice, high_school):
    by, outside = world.user("administrator"), world.user("keyadult5")
    choose_school(notice=notice, school=high_school, by=by, now=world.now)
    for command in (open_notice, confirm_received):
        with pytest.raises(PermissionDenied):
            command(notice=notice, by=outside, now=world.now)
    with pytest.raises(PermissionDenied):
        choose_school(notice=notice, school=high_school, by=outside, now=world.now)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("castlebrook high", "Castlebrook High School"),
        ("WILF", "St Wilfrid's Primary School"),
        ("Tanners Row", "Tanner's Row Infant School"),
    ],
)
def test_a_school_is_found_by_the_beginnings_of_its_words(world, typed, first):
    assert schools_like(typed)[0].name == first


@pytest.mark.parametrize("typed", ["", "the school", "...", "rook"])
def test_words_that_say_nothing_find_nothing(world, typed):
    assert schools_like(typed) == []


def test_the_page_is_valid_html(client, world, notice):
    client.force_login(world.user("administrator"))
    wrong = client.post(page(notice), {"do": "told"}).content.decode()
    assert problems({"asked": client.get(page(notice)).content.decode(), "wrong": wrong}) == ""
    assert "Leila" not in main_words(client.get("/worklist/").content.decode())
