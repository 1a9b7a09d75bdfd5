"""The second step: an app's code, a recovery code; and what happens without one."""

import re
from datetime import timedelta

import pytest

from sightline.accounts.factors import take
from sightline.accounts.models import Authenticator, RecoveryCode
from sightline.accounts.recovery import new_recovery_codes
from sightline.accounts.totp import STEP, add_authenticator
from sightline.audit.models import Event
from sightline.common.clock import now
from sightline.common.errors import NotUnderstood
from tests.accounts.conftest import AT, SECRET, code_at, give_app, sign_in
from tests.words import main_words

pytestmark = pytest.mark.django_db


def is_in(client) -> bool:
    return client.get("/your-sign-in/").status_code == 200


def test_a_password_alone_does_not_let_anybody_in(client, ruth):
    give_app(ruth)
    assert sign_in(client, ruth.email)["Location"] == "/sign-in/second/"
    assert not is_in(client)
    assert not Event.objects.filter(what="user.signed_in").exists()


def test_the_code_of_the_app_lets_in_to_the_page_that_was_asked_for(client, ruth):
    give_app(ruth)
    sign_in(client, ruth.email, next="/about")
    response = client.post("/sign-in/second/", {"code": code_at(now())})
    assert response["Location"] == "/about"
    assert is_in(client)
    assert Event.objects.get(what="user.signed_in").by == str(ruth.pk)


def test_a_wrong_code_is_refused_and_written_down(client, ruth):
    give_app(ruth)
    sign_in(client, ruth.email)
    page = client.post("/sign-in/second/", {"code": "000000"})
    assert "That code is not right" in main_words(page.content.decode())
    assert Event.objects.get(what="user.second_factor_failed").subject_id == str(ruth.pk)
    assert not is_in(client)


def test_whoever_has_no_second_factor_must_add_one_before_anything_else(client, ruth):
    assert sign_in(client, ruth.email)["Location"] == "/sign-in/second/new/"
    page = client.get("/sign-in/second/new/").content.decode()
    secret = re.search(r'<code class="app-code">([A-Z2-7 ]+)<', page)[1].replace(" ", "")
    picture = client.get("/sign-in/second/picture/")
    assert picture.content.startswith(b"\x89PNG")
    assert not is_in(client)
    added = client.post("/sign-in/second/new/", {"code": code_at(now(), secret)})
    assert added["Location"] == "/sign-in/codes/"
    assert not is_in(client)
    codes = re.findall(
        r"[A-Z2-7]{4}(?:-[A-Z2-7]{4}){3}", client.get("/sign-in/codes/").content.decode()
    )
    assert len(codes) == RecoveryCode.objects.filter(user=ruth).count() == 10
    assert client.post("/sign-in/codes/")["Location"] == "/"
    assert is_in(client)
    assert client.post("/sign-in/codes/")["Location"] == "/your-sign-in/"  # a second click
    assert take(ruth, codes[0].lower().replace("-", " "), now())


def test_whoever_has_one_cannot_add_another_with_the_password_alone(client, ruth):
    give_app(ruth)
    sign_in(client, ruth.email)
    assert client.get("/sign-in/second/new/")["Location"] == "/sign-in/second/"
    assert client.post("/sign-in/codes/")["Location"] == "/sign-in/"
    assert Authenticator.objects.count() == 1


def test_the_way_in_is_open_for_ten_minutes(client, ruth, monkeypatch):
    give_app(ruth)
    sign_in(client, ruth.email)
    later = now() + timedelta(minutes=11)
    monkeypatch.setattr("sightline.accounts.views.second.now", lambda: later)
    page = client.post("/sign-in/second/", {"code": code_at(later)})
    assert page["Location"] == "/sign-in/"


def test_a_code_is_taken_once_and_only_when_it_is_new(ruth):
    give_app(ruth, AT)
    later = AT + timedelta(seconds=2 * STEP)
    assert not take(ruth, code_at(AT), AT), "it was used up when the app was added"
    assert take(ruth, code_at(later), later)
    assert not take(ruth, code_at(later), later)
    assert not take(ruth, code_at(later), later + timedelta(seconds=5 * STEP))
    half_a_minute_slow = later + timedelta(seconds=4 * STEP)
    assert take(ruth, code_at(half_a_minute_slow - timedelta(seconds=STEP)), half_a_minute_slow)


def test_a_recovery_code_is_taken_once_and_new_ones_end_the_earlier(ruth):
    earlier = new_recovery_codes(user=ruth, now=AT)
    codes = new_recovery_codes(user=ruth, now=AT)
    assert not take(ruth, earlier[0], AT)
    assert take(ruth, codes[3], AT)
    assert not take(ruth, codes[3], AT)


def test_another_app_replaces_the_first_and_sending_it_twice_changes_nothing(ruth):
    give_app(ruth)
    first = Authenticator.objects.get()
    give_app(ruth)
    assert Authenticator.objects.get() == first
    other = "KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU"
    add_authenticator(user=ruth, secret=other, code=code_at(AT, other), now=AT)
    later = AT + timedelta(minutes=2)
    assert not take(ruth, code_at(later), later)
    assert take(ruth, code_at(later, other), later)
    with pytest.raises(NotUnderstood, match="not the code that the app shows"):
        add_authenticator(user=ruth, secret=SECRET, code="000000", now=AT)


def test_what_opens_doors_is_not_in_the_database_as_it_is(ruth):
    give_app(ruth)
    codes = new_recovery_codes(user=ruth, now=AT)
    kept = str(list(Authenticator.objects.values())) + str(list(RecoveryCode.objects.values()))
    assert SECRET not in kept
    assert codes[0] not in kept


def test_a_seal_is_opened_with_an_earlier_key_too_and_with_no_other(ruth, settings):
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "one", []
    give_app(ruth)
    later = AT + timedelta(minutes=2)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "two", []
    assert not take(ruth, code_at(later), later)
    settings.SECRET_KEY_FALLBACKS = ["one"]
    assert take(ruth, code_at(later), later)
