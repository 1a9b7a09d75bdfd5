"""Locked screens, sessions that end, and showing again who one is."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sightline.access.models import User
from sightline.accounts import sessions
from sightline.audit.models import Event
from sightline.common.clock import now
from tests.accounts.conftest import PASSWORD, sign_in
from tests.words import main_words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def one_step(settings) -> None:
    settings.SECOND_FACTOR = False


@pytest.fixture
def signed_in(client, ruth):
    sign_in(client, ruth.email)
    return client


def goes_by(client, minutes: int, *moments: str) -> None:
    """Let time go by since these moments of the session."""
    session = client.session
    for what in moments:
        session[what] = (now() - timedelta(minutes=minutes)).isoformat()
    session.save()


def unlock(client, password: str = PASSWORD):
    return client.post("/locked/", {"password": password})


def test_one_click_locks_and_the_password_goes_on_where_one_was(signed_in):
    assert signed_in.post("/lock/", {"page": "/worklist/?page=2"})["Location"] == "/locked/"
    assert signed_in.get("/worklist/")["Location"] == "/locked/"
    assert "Ruth Adeyemi" in main_words(signed_in.get("/locked/").content.decode())
    assert "not right" in main_words(unlock(signed_in, "wrong").content.decode())
    assert signed_in.get("/your-sign-in/")["Location"] == "/locked/"
    assert unlock(signed_in)["Location"] == "/worklist/?page=2"
    assert signed_in.get("/your-sign-in/").status_code == 200
    assert Event.objects.filter(what="session.locked").count() == 1


def test_a_locked_screen_shows_nothing_but_the_way_out(signed_in):
    signed_in.post("/lock/", {"page": "/"})
    page = signed_in.get("/locked/").content.decode()
    assert "govuk-service-navigation__item" not in page
    assert signed_in.post("/sign-out/")["Location"] == "/sign-in/"


def test_a_page_of_another_site_is_not_gone_on_with(signed_in):
    signed_in.post("/lock/", {"page": "https://elsewhere.example/"})
    assert unlock(signed_in)["Location"] == "/"


def test_half_an_hour_without_a_click_locks_and_keeps_the_page(signed_in):
    goes_by(signed_in, 29, sessions.SEEN)
    assert signed_in.get("/your-sign-in/").status_code == 200
    goes_by(signed_in, 31, sessions.SEEN)
    assert signed_in.get("/your-sign-in/?x=1")["Location"] == "/locked/"
    assert unlock(signed_in)["Location"] == "/your-sign-in/?x=1"


def test_what_is_sent_to_a_locked_screen_is_not_done_and_one_is_told(signed_in, ruth):
    goes_by(signed_in, 31, sessions.SEEN)
    new = {"password": "another long password", "again": "another long password"}
    signed_in.post("/your-sign-in/password/", new)
    assert "was not saved" in main_words(signed_in.get("/locked/").content.decode())
    assert User.objects.get(pk=ruth.pk).check_password(PASSWORD)


def test_ten_hours_after_signing_in_one_signs_in_anew_whatever_one_did(signed_in):
    goes_by(signed_in, 601, sessions.BEGAN)
    assert signed_in.get("/your-sign-in/")["Location"] == "/sign-in/"
    assert signed_in.get("/your-sign-in/")["Location"].startswith("/sign-in/?next=")


def test_what_is_dangerous_asks_again_after_five_minutes_and_goes_on_there(signed_in):
    goes_by(signed_in, 6, sessions.SHOWN)
    assert signed_in.get("/your-sign-in/")["Location"] == "/sign-in/again/"
    wrong = signed_in.post("/sign-in/again/", {"password": "wrong"})
    assert "The password is not right" in main_words(wrong.content.decode())
    right = signed_in.post("/sign-in/again/", {"password": PASSWORD})
    assert right["Location"] == "/your-sign-in/"
    assert signed_in.get("/your-sign-in/").status_code == 200


def test_what_is_sent_from_such_a_page_may_take_longer_but_not_for_ever(signed_in, ruth):
    new = {"password": "another long password", "again": "another long password"}
    goes_by(signed_in, 21, sessions.SHOWN)
    assert signed_in.post("/your-sign-in/password/", new)["Location"] == "/sign-in/again/"
    assert User.objects.get(pk=ruth.pk).check_password(PASSWORD)
    goes_by(signed_in, 19, sessions.SHOWN)
    assert signed_in.post("/your-sign-in/password/", new)["Location"] == "/your-sign-in/"
    assert User.objects.get(pk=ruth.pk).check_password("another long password")


def test_another_password_signs_out_everywhere_else(signed_in, ruth):
    elsewhere = Client()
    sign_in(elsewhere, ruth.email)
    new = {"password": "another long password", "again": "another long password"}
    signed_in.post("/your-sign-in/password/", new)
    assert signed_in.get("/your-sign-in/").status_code == 200
    assert elsewhere.get("/your-sign-in/").status_code == 302


def test_a_look_is_no_write_when_another_was_a_moment_ago(signed_in):
    with CaptureQueriesContext(connection) as queries:
        signed_in.get("/about")
    assert not written(queries)
    goes_by(signed_in, 2, sessions.SEEN)
    with CaptureQueriesContext(connection) as queries:
        signed_in.get("/about")
    assert [one for one in written(queries) if 'UPDATE "django_session"' in one]


def written(queries):
    """The statements that write; each begins with saying whom it is for."""
    return [one["sql"] for one in queries if re.search(r"\b(UPDATE|INSERT INTO) \"", one["sql"])]
