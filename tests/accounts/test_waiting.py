"""Attempts are slowed down, by account and by address, and nobody is shut out for good."""

from datetime import timedelta

import pytest
from django.test import Client

from sightline.accounts import limits
from sightline.accounts.confirming import keep_access_right
from sightline.accounts.models import Attempts
from sightline.common.clock import now
from tests.accounts.conftest import give_app, sign_in
from tests.words import main_words

pytestmark = pytest.mark.django_db
WAIT = "There have been too many attempts. Wait 10 seconds and try again"


@pytest.fixture(autouse=True)
def one_step(settings) -> None:
    settings.SECOND_FACTOR = False


def fail(client: Client, email: str, times: int) -> str:
    for _ in range(times):
        page = sign_in(client, email, "wrong")
    return main_words(page.content.decode())


def age(by: timedelta) -> None:
    """Let time go by since the last failure."""
    for row in Attempts.objects.all():
        row.last_at -= by
        row.save()


def test_after_five_failures_even_the_right_password_has_to_wait(client, ruth):
    assert WAIT not in fail(client, ruth.email, 5)
    assert WAIT in main_words(sign_in(client, ruth.email).content.decode())
    age(timedelta(seconds=11))
    assert sign_in(client, ruth.email).status_code == 302


def test_what_is_said_while_one_waits_is_the_same_whether_or_not_the_account_is(client, ruth):
    assert fail(client, ruth.email, 6) == fail(client, "nobody@castlebrook.example", 6)


def test_an_attempt_while_one_waits_makes_it_no_longer(client, ruth):
    fail(client, ruth.email, 9)
    age(timedelta(seconds=11))
    assert sign_in(client, ruth.email).status_code == 302


def test_a_stranger_cannot_shut_somebody_out_of_their_own_browser(client, ruth):
    assert sign_in(client, ruth.email).status_code == 302
    client.post("/sign-out/")
    stranger = Client(REMOTE_ADDR="203.0.113.7")
    fail(stranger, ruth.email, 6)
    assert WAIT in main_words(sign_in(Client(), ruth.email).content.decode())
    assert sign_in(client, ruth.email).status_code == 302
    fail(client, ruth.email, 5)
    assert WAIT in main_words(sign_in(client, ruth.email).content.decode()), "it is limited too"


def test_the_browser_of_one_account_is_no_help_with_another(client, ruth):
    sign_in(client, ruth.email)
    client.post("/sign-out/")
    assert WAIT in fail(client, "nobody@castlebrook.example", 6)


def test_success_begins_the_count_anew(client, ruth):
    fail(client, ruth.email, 4)
    sign_in(client, ruth.email)
    assert WAIT not in fail(client, ruth.email, 5)


def test_one_address_trying_many_accounts_waits_too(rf, ruth):
    request = rf.post("/", REMOTE_ADDR="203.0.113.7")
    at = now()
    waits = [
        limits.attempt(limits.keys_of(request, f"a{n}@x.test", "sign-in"), at) for n in range(51)
    ]
    assert not any(waits[:50])
    assert waits[50] == timedelta(seconds=10)
    elsewhere = limits.keys_of(rf.post("/", REMOTE_ADDR="203.0.113.8"), "b@x.test", "sign-in")
    assert not limits.attempt(elsewhere, at)


def test_a_browser_that_is_known_does_not_wait_for_what_others_try_at_its_address(client, ruth, rf):
    sign_in(client, ruth.email)
    client.post("/sign-out/")
    address = limits.keys_of(rf.post("/"), "", "sign-in").address
    Attempts.objects.filter(key=address).update(failures=90, last_at=now())
    assert "Wait 5 minutes" in main_words(sign_in(Client(), ruth.email).content.decode())
    assert sign_in(client, ruth.email).status_code == 302


def test_behind_a_proxy_the_address_is_what_the_proxy_saw_and_no_other_word_is_taken(rf, settings):
    def key(forwarded: str) -> str:
        request = rf.post("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=forwarded)
        return limits.keys_of(request, "a@x.test", "sign-in").address

    assert key("198.51.100.1") == key("198.51.100.2"), "no proxy is known: a header is only claimed"
    settings.PROXIES = 1
    assert key("198.51.100.1") != key("198.51.100.2")
    assert key("1.1.1.1, 198.51.100.1") == key("2.2.2.2, 198.51.100.1")


def test_codes_of_the_second_step_are_slowed_down(client, ruth, settings):
    settings.SECOND_FACTOR = True
    give_app(ruth)
    sign_in(client, ruth.email)
    for _ in range(6):
        page = client.post("/sign-in/second/", {"code": "000000"})
    assert WAIT in main_words(page.content.decode())


def test_what_was_typed_is_not_kept_and_failures_are_forgotten(client, ruth):
    fail(client, "hunter2", 2)
    assert "hunter2" not in str(list(Attempts.objects.values()))
    keep_access_right(now() + timedelta(days=2))
    assert not Attempts.objects.exists()
