"""What a school reads: enough to use, of its own pupils alone, and no address by any page."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sightline.audit.models import Read
from sightline.encompass.commands import confirm_received, record_support
from sightline.encompass.models import Notice
from sightline.encompass.sending import send_notice
from sightline.sharing.models import Disclosure
from tests.encompass.conftest import MONDAY_BELL, notice_of, with_child
from tests.html import problems
from tests.words import main_words
from tests.world import DANIEL, IVY, LEILA, MARIA, NOAH, SAM, notification

pytestmark = pytest.mark.django_db

SAFE = {"lines": "77 Hidden Close, Farholt", "postcode": "ZZ8 8ZZ"}
CANARIES = (
    "Brook Lane,", "12 Brook", "ZZ9", "Hidden", "ZZ8", "Farholt", "07700", "900123", "9990000018",
    "9990000026", "NM-448812", "SUMMARY", "Crowe", "SICKNESS", "CONCERN", "GRAPEVINE", "FATHER'S",
    "NM-1", "LOG-",
)  # fmt: skip


def telling() -> dict[str, Any]:
    """A notification with something in every field that no school may read."""
    leila = with_child(
        LEILA,
        saw_or_heard="heard it from 77 Hidden Close, ZZ8 8ZZ",
        words="Mum said ring 07700 900123", demeanour="held a note: Hidden Close",
        where_in_home="at the door of 12 Brook Lane", injuries="SICKNESS of the child",
        concern="CONCERN", other_parent="FATHER'S place", health_visitor="SICKNESS visitor",
    )  # fmt: skip
    maria = MARIA | {"address": SAFE, "disability": "SICKNESS of the mother"}
    body = notification("NM-1", maria, DANIEL, leila)
    body["incident"] |= {"summary": "SUMMARY at 77 Hidden Close", "injuries": "SICKNESS"}
    return body | {
        "safety": {"officer_safety": "GRAPEVINE"}, "earlier_incidents": "GRAPEVINE",
    }  # fmt: skip


@pytest.fixture
def notice(world):
    world.notify(notification("NM-1", MARIA, DANIEL, LEILA))
    return notice_of("Leila")


def address(notice: Notice) -> str:
    return f"/school/{notice.pk}/"


def test_a_message_can_be_used(read, notice):
    words = read("keyadult1", address(notice))
    for told in (
        "Leila Moreno, born 9 May 2017", "Friday 20 November 2026, 22:10",
        "Yes, elsewhere in the home: on the stairs", "heard shouting and something breaking",
        "“I told Sam to hide under my bed”", "Spoken to alone", "quiet, watched the door",
        "The home of Maria; the pupil lives there", "Maria Moreno",
        "No other incident on our record in the 12 months before",
        "Do not contact the parents about this.",
        "front door for children",
    ):  # fmt: skip
        assert told in words


def test_no_address_number_or_officers_words_are_on_any_page_of_the_school(client, world):
    world.notify(telling())
    notice = notice_of("Leila")
    client.force_login(world.user("keyadult1"))
    pages = [client.get(to) for to in (address(notice), "/school/", address(notice), "/school/")]
    pages.append(client.post(address(notice), {"received": "yes"}, follow=True))
    pages.append(client.post(address(notice), {"support": ""}))
    for page in pages:
        assert page.status_code == 200
        main = main_words(page.content.decode()).replace("Brook Lane Primary School", "")
        assert [canary for canary in CANARIES if canary.lower() in main.lower()] == []
    assert "[address left out]" in main_words(pages[0].content.decode())


def test_which_parent_is_said_by_relation_as_far_as_police_wrote_it(read, world):
    related = [
        {"a": "maria", "b": "leila", "kind": "mother"},
        {"a": "daniel", "b": "leila", "kind": "step-father"},
    ]
    world.notify(notification("NM-1", MARIA, DANIEL, LEILA, relationships=related))
    words = read("keyadult1", address(notice_of("Leila")))
    assert "Maria Moreno, the pupil's mother" in words
    assert "The pupil's stepfather" in words
    assert "Crowe" not in words


def test_a_relation_in_words_of_the_senders_own_is_not_passed_on(read, world):
    related = [{"a": "daniel", "b": "leila", "kind": "lives at Quay 9"}]
    world.notify(notification("NM-1", MARIA, DANIEL, LEILA, relationships=related))
    assert "Quay" not in read("keyadult1", address(notice_of("Leila")))


def test_who_says_that_the_other_is_abusive_is_not_named_as_the_one_or_the_other(read, world):
    one, other = MARIA | {"role": "both_alleged"}, DANIEL | {"role": "both_alleged"}
    world.notify(notification("NM-1", one, other, LEILA))
    words = read("keyadult1", address(notice_of("Leila")))
    assert "Two adults each say that the other was abusive" in words
    assert "Maria" not in words


def test_what_came_before_is_counted_over_the_pupils_own_incidents(read, world):
    world.earlier(500, "NM-A", MARIA, DANIEL, LEILA)
    world.earlier(200, "NM-B", MARIA, DANIEL, LEILA)
    world.earlier(100, "NM-C", IVY, DANIEL, NOAH)
    world.earlier(40, "NM-D", MARIA, DANIEL, LEILA)
    world.notify(notification("NM-1", MARIA, DANIEL, LEILA))
    words = read("keyadult1", address(notice_of("Leila")))
    assert "2 other incidents on our record in the 12 months before" in words


def test_a_pupil_is_not_named_in_the_list_until_the_message_was_opened(read, notice):
    before = read("keyadult1", "/school/")
    read("keyadult1", address(notice))
    after = read("keyadult1", "/school/")
    assert "A pupil of your school" in before
    assert "L. M." not in before
    assert "Pupil L. M." in after
    assert "Leila" not in before + after


def test_opening_is_written_down_once_and_every_look_is(read, notice, world):
    read("keyadult1", address(notice))
    notice.refresh_from_db()
    opened = notice.opened_at
    world.now += timedelta(minutes=9)
    read("deputy1", address(notice))
    notice.refresh_from_db()
    assert (notice.opened_at, notice.opened_by) == (opened, world.user("keyadult1"))
    looks = Read.objects.filter(page="notice", person=str(world.person("Leila").pk))
    assert [look.items for look in looks] == [["incident", "school", "voice"]] * 2


def test_received_is_said_with_one_click_and_twice_is_once(read, notice, world):
    words = read("keyadult1", address(notice), {"received": "yes"})
    world.now += timedelta(minutes=5)
    read("keyadult1", address(notice), {"received": "yes"})
    notice.refresh_from_db()
    assert "Thank you" in words
    assert "I have received this" not in words
    assert notice.received_at == world.now - timedelta(minutes=5)


def test_support_is_recorded_and_shown(read, notice, world):
    words = read("keyadult1", address(notice), {"support": "A quiet word at registration"})
    notice.refresh_from_db()
    assert "A quiet word at registration" in words
    assert (notice.support, notice.supported_by) == (
        "A quiet word at registration",
        world.user("keyadult1"),
    )
    assert notice.received_at == world.now


def test_support_without_words_is_asked_for_again(read, notice):
    words = read("keyadult1", address(notice), {"support": "  "})
    notice.refresh_from_db()
    assert "There is a problem" in words
    assert notice.supported_at is None


def test_time_left_and_lateness_are_said_in_words(read, notice, world):
    world.now = MONDAY_BELL - timedelta(minutes=40)
    assert "40 min left" in read("keyadult1", "/school/")
    world.now = MONDAY_BELL
    assert "Late by" in read("keyadult1", "/school/")


def test_what_is_not_confirmed_comes_first(read, world):
    world.notify(notification("NM-1", MARIA, DANIEL, LEILA, SAM))
    confirm_received(notice=notice_of("Leila"), by=world.user("keyadult1"), now=world.now)
    words = read("keyadult1", "/school/")
    assert words.index("left") < words.index("Received")


def test_what_waits_for_support_comes_before_what_has_it(read, world):
    for number, name in enumerate(("Leila", "Lena")):
        child = LEILA | {"given_name": name, "nhs_number": ""}
        world.now += timedelta(minutes=number)
        world.notify(notification(f"NM-{number}", MARIA, DANIEL, child))
        read("keyadult1", address(notice_of(name)), {"received": "yes"})
    read("keyadult1", address(notice_of("Lena")), {"support": "Seen"})
    words = read("keyadult1", "/school/")
    assert words.index("Received") < words.index("Support recorded")


def test_another_school_is_told_that_there_is_nothing(client, world, notice):
    for local in ("keyadult2", "deputy4"):
        client.force_login(world.user(local))
        assert client.get(address(notice)).status_code == 404
        assert client.post(address(notice), {"received": "yes"}).status_code == 404
        assert "Nothing here" in main_words(client.get("/school/").content.decode())
    notice.refresh_from_db()
    assert notice.received_at is None


@pytest.mark.parametrize("local", ["administrator", "chair", "police", "idva", "manager", "ig"])
def test_only_schools_read_messages(client, world, notice, local):
    client.force_login(world.user(local))
    assert client.get("/school/").status_code == 403
    assert client.get(address(notice)).status_code == 403


def test_a_key_adult_may_not_say_which_school_is_told(client, world, notice):
    client.force_login(world.user("keyadult1"))
    assert client.get(f"{address(notice)}which-school/").status_code == 403


def test_when_the_door_has_closed_there_is_nothing(client, world, notice):
    Disclosure.objects.filter(origin="notice").update(until_at=world.now)
    client.force_login(world.user("keyadult1"))
    assert client.get(address(notice)).status_code == 404
    assert "Nothing here" in main_words(client.get("/school/").content.decode())


def test_what_a_door_does_not_open_is_not_said(client, read, notice):
    Disclosure.objects.filter(origin="notice").update(items=["incident"])
    words = read("keyadult1", address(notice))
    assert "on the stairs" in words
    assert "hide under my bed" not in words
    assert "Record support" not in words
    assert client.post(address(notice), {"support": "Seen"}).status_code == 404


def test_each_school_of_siblings_reads_of_its_own_pupil_alone(client, read, world):
    older = with_child(LEILA, school_name="Castlebrook High School")
    world.notify(notification("NM-1", MARIA, DANIEL, older, SAM))
    assert "Leila Moreno" in read("keyadult4", address(notice_of("Leila")))
    assert "Leila" not in read("keyadult1", address(notice_of("Sam")))
    client.force_login(world.user("keyadult4"))
    assert client.get(address(notice_of("Sam"))).status_code == 404


def test_after_a_correction_the_message_shows_what_holds_and_says_so(read, notice, world):
    read("keyadult1", address(notice))
    world.now += timedelta(hours=1)
    corrected = with_child(LEILA, words="I rang 999", presence="in_the_room", where_in_home="")
    world.notify(notification("NM-1", MARIA, DANIEL, corrected, version=2))
    words = read("keyadult1", address(notice))
    assert "Police corrected this message 21 November 2026, 00:40" in words
    assert "“I rang 999”" in words
    assert "hide under my bed" not in words
    assert "Corrected 21 Nov 2026" in read("keyadult1", "/school/")


def test_a_message_taken_back_says_so_and_nothing_of_what_happened(read, world):
    world.notify(notification("NM-1", MARIA, DANIEL, LEILA, SAM))
    notice = notice_of("Sam")
    send_notice(notice.pk, now=world.now)
    read("keyadult1", address(notice))
    world.notify(notification("NM-1", MARIA, DANIEL, LEILA, version=2))
    words = read("keyadult1", address(notice))
    assert "Withdrawn" in words
    assert "Sam Moreno" in words  # whom they were told about, so that they can mend their file
    assert "22:10" not in words
    assert "Record support" not in words
    refused = read("keyadult1", address(notice), {"received": "yes"})
    assert "withdrawn after a correction" in refused


def test_a_message_taken_back_before_it_was_read_names_nobody(read, world):
    world.notify(notification("NM-1", MARIA, DANIEL, LEILA, SAM))
    notice = notice_of("Sam")
    send_notice(notice.pk, now=world.now)
    world.notify(notification("NM-1", MARIA, DANIEL, LEILA, version=2))
    assert "Sam" not in read("keyadult1", address(notice))


def test_the_pages_of_a_school_are_valid_html(client, world, notice):
    client.force_login(world.user("keyadult1"))
    empty = client.get("/school/?page=9").content.decode()
    message = client.get(address(notice)).content.decode()
    wrong = client.post(address(notice), {"support": ""}).content.decode()
    assert problems({"list": empty, "message": message, "wrong": wrong}) == ""


def test_the_list_takes_as_many_queries_for_thirty_messages_as_for_three(client, world):
    def queries(first: int, last: int) -> int:
        for number in range(first, last):
            child = LEILA | {"given_name": f"Child{number}", "nhs_number": ""}
            body = notification(f"NM-{number}", MARIA, DANIEL, child)
            world.notify(body)
            record_support(
                notice=notice_of(f"Child{number}"), support="Seen",
                by=world.user("keyadult1"), now=world.now,
            )  # fmt: skip
        Notice.objects.update(opened_at=world.now, opened_by=world.user("keyadult1"))
        with CaptureQueriesContext(connection) as made:
            client.get("/school/")
        return len(made)

    client.force_login(world.user("keyadult1"))
    assert queries(0, 3) == queries(3, 30)
