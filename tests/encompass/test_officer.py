"""What the council's safeguarding officer sees: which school to ring, and nothing of any pupil."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sightline.encompass.models import Notice
from sightline.encompass.passing import pass_on
from sightline.encompass.sending import send_notice
from tests.encompass.conftest import MONDAY_BELL, notice_of
from tests.html import problems
from tests.world import DANIEL, LEILA, MARIA, notification

pytestmark = pytest.mark.django_db


@pytest.fixture
def notice(world):
    """Of Leila, unread at a quarter to nine."""
    world.notify(notification("NM-1", MARIA, DANIEL, LEILA))
    send_notice(notice_of("Leila").pk, now=world.now)
    world.now = MONDAY_BELL - timedelta(minutes=15)
    pass_on(world.now)
    return notice_of("Leila")


def test_the_list_says_where_and_how_long_and_nothing_of_whom(read, notice):
    words = read("schoolofficer", "/school/unread/")
    assert "Brook Lane Primary School" in words
    assert "15 min left" in words
    for secret in ("Leila", "Moreno", "Maria", "stairs", "shouting"):
        assert secret not in words


def test_a_school_that_is_not_late_is_not_there(read, world):
    world.notify(notification("NM-1", MARIA, DANIEL, LEILA))
    assert "Nothing here" in read("schoolofficer", "/school/unread/")


def test_the_page_says_whom_to_ring_and_how_far_it_came(read, notice):
    words = read("schoolofficer", f"/school/{notice.pk}/ring/")
    for said in (
        "Grace Osei, Designated safeguarding lead", "Liam Porter", "E-mail sent",
        "Unread: passed on to the deputy", "put before the council's safeguarding officer",
    ):  # fmt: skip
        assert said in words
    for secret in ("Leila", "Moreno", "Maria", "stairs", "shouting"):
        assert secret not in words


def test_who_was_told_stops_the_clock_and_takes_it_off_the_list(read, notice, world):
    page = f"/school/{notice.pk}/ring/"
    assert "Say who you spoke to" in read("schoolofficer", page, {"who": ""})
    for _ in range(2):
        words = read("schoolofficer", page, {"who": "Grace Osei, lead"})
    assert "Nothing here" in words
    notice.refresh_from_db()
    assert notice.received_by == world.user("schoolofficer")
    assert "The school was told by telephone: Grace Osei" in read("schoolofficer", page)


def test_what_is_not_with_the_officer_is_not_there(client, world):
    world.notify(notification("NM-1", MARIA, DANIEL, LEILA))
    client.force_login(world.user("schoolofficer"))
    assert client.get(f"/school/{notice_of('Leila').pk}/ring/").status_code == 404


def test_the_list_takes_as_many_queries_for_five_schools_as_for_one(client, world):
    def queries(first: int, last: int) -> int:
        for number in range(first, last):
            child = LEILA | {"given_name": f"Child{number}", "nhs_number": ""}
            world.notify(notification(f"NM-{number}", MARIA, DANIEL, child), now=at)
        with CaptureQueriesContext(connection) as made:
            client.get("/school/unread/")
        return len(made)

    at, world.now = world.now, MONDAY_BELL
    client.force_login(world.user("schoolofficer"))
    assert queries(0, 1) == queries(1, 5)
    assert Notice.objects.count() == 5


def test_the_pages_are_valid_html(client, notice, world):
    pages = {}
    client.force_login(world.user("schoolofficer"))
    for name, page in (("unread", "/school/unread/"), ("ring", f"/school/{notice.pk}/ring/")):
        pages[name] = client.get(page).content.decode()
    client.force_login(world.user("keyadult1"))
    for name in ("", "moved/"):
        page = f"/school/{notice.pk}/{name}"
        pages[f"school-{name[:-1]}"] = client.get(page).content.decode()
    client.force_login(world.user("administrator"))
    for name, page in (
        ("which", f"/school/{notice.pk}/which-school/"), ("missing", "/school/reconciliation/"),
    ):  # fmt: skip
        pages[name] = client.get(page).content.decode()
    assert problems(pages) == ""
