"""Signing in and out, what is said to those who fail, and what is written down."""

import re

import pytest
from django.test import Client

from sightline.access.models import User
from sightline.audit.models import Event
from tests.accounts.conftest import PASSWORD, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def one_step(settings) -> None:
    settings.SECOND_FACTOR = False


def shown(response) -> str:
    """Return the words of the main part of a page."""
    main = response.content.decode().split("<main", 1)[1].split("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def test_somebody_signs_in_and_it_is_written_down(client, ruth):
    response = sign_in(client, ruth.email, PASSWORD)
    assert response.status_code == 302
    assert response["Location"] == "/"
    event = Event.objects.get(what="user.signed_in")
    assert (event.by, event.subject_id) == (str(ruth.pk), str(ruth.pk))


def test_the_address_is_taken_in_any_case_and_with_spaces(client, ruth):
    assert sign_in(client, " Ruth@Castlebrook.EXAMPLE ", PASSWORD).status_code == 302


def test_a_failure_reads_the_same_whether_or_not_the_account_exists(client, ruth):
    gone = User.objects.create_user(
        "gone@castlebrook.example", PASSWORD, name="Gone", agency=ruth.agency, is_active=False
    )
    pages = [
        sign_in(client, ruth.email, "not the password"),
        sign_in(client, "nobody@castlebrook.example", PASSWORD),
        sign_in(client, gone.email, PASSWORD),
    ]
    assert {page.status_code for page in pages} == {200}
    assert len({shown(page) for page in pages}) == 1
    assert "The e-mail address or the password is not right" in shown(pages[0])


def test_a_failure_is_written_down_without_what_was_typed(client, ruth):
    sign_in(client, ruth.email, "hunter2 hunter2")
    sign_in(client, "hunter2@nowhere.example", "hunter2 hunter2")
    events = Event.objects.filter(what="user.sign_in_failed").order_by("pk")
    assert [event.subject_id for event in events] == [str(ruth.pk), "0"]
    assert [event.by for event in events] == ["system", "system"]
    assert all("hunter2" not in str(event.__dict__) for event in events)


def test_empty_boxes_are_asked_for_and_are_no_failed_attempt(client):
    page = sign_in(client, "", "")
    assert "Enter your e-mail address" in shown(page)
    assert "Enter your password" in shown(page)
    assert not Event.objects.exists()


def test_the_password_is_never_sent_back(client, ruth):
    assert b"hunter2" not in sign_in(client, ruth.email, "hunter2").content


def test_one_goes_on_to_the_page_that_was_asked_for_but_never_to_another_site(client, ruth):
    assert sign_in(client, ruth.email, PASSWORD, next="/about")["Location"] == "/about"
    elsewhere = sign_in(client, ruth.email, PASSWORD, next="https://elsewhere.example/")
    assert elsewhere["Location"] == "/"


def test_signing_out_is_by_post_and_is_written_down(client, ruth):
    client.force_login(ruth)
    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/")["Location"] == "/sign-in/"
    assert Event.objects.get(what="user.signed_out").by == str(ruth.pk)
    assert client.get("/")["Location"].startswith("/sign-in/")


def test_a_stranger_is_asked_to_sign_in(client):
    assert client.get("/")["Location"] == "/sign-in/?next=/"


def test_somebody_without_a_role_is_told_whom_to_ask(client, ruth):
    ruth.roles = []
    ruth.save()
    client.force_login(ruth)
    page = client.get("/")
    assert page.status_code == 200
    assert "You have no role yet" in shown(page)


def test_the_frame_says_who_is_signed_in_with_which_role(client, ruth):
    client.force_login(ruth)
    page = client.get("/about").content.decode()
    assert "Ruth Adeyemi" in page
    assert "Screening chair" in page
    assert "Leave quickly" in page
    assert 'href="https://www.bbc.co.uk/weather"' in page


def test_the_demo_lists_its_logins_and_nothing_else_does(client, ruth, settings):
    assert ruth.email not in client.get("/sign-in/").content.decode()
    settings.DEMO = True
    User.objects.create_user("real@council.gov.test", PASSWORD, name="R", agency=ruth.agency)
    page = client.get("/sign-in/").content.decode()
    assert ruth.email in page
    assert "real@council.gov.test" not in page


def test_a_form_from_an_earlier_sign_in_is_refused_in_words(ruth):
    client = Client(enforce_csrf_checks=True)
    page = sign_in(client, ruth.email, PASSWORD)
    assert page.status_code == 403
    assert "Nothing was saved" in shown(page)
    assert not Event.objects.exists()
