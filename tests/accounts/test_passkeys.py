"""Passkeys: added, used, refused; with a security key in software that really signs."""

import json
import re
from html import unescape

import pytest

from sightline.accounts import passkeys
from sightline.accounts.factors import remove_passkey
from sightline.accounts.models import Passkey
from sightline.audit.models import Event
from sightline.common.errors import NotUnderstood, WrongMoment
from tests.accounts.conftest import AT, give_app, sign_in
from tests.accounts.key import SecurityKey
from tests.words import main_words

pytestmark = pytest.mark.django_db


@pytest.fixture
def key() -> SecurityKey:
    return SecurityKey()


def give_key(user, key: SecurityKey) -> Passkey:
    options, state = passkeys.options_to_add(user)
    answer = key.create(options)
    return passkeys.add_passkey(user=user, label="laptop", answer=answer, state=state, now=AT)


def options_on(page) -> str:
    return unescape(re.search(r'data-options="([^"]+)"', page.content.decode())[1])


def test_a_passkey_is_added_on_the_way_in_and_lets_in_the_next_time(client, ruth, key):
    sign_in(client, ruth.email)
    answer = key.create(options_on(client.get("/sign-in/second/new/")))
    added = client.post("/sign-in/second/new/", {"label": "laptop", "answer": answer})
    assert added["Location"] == "/sign-in/codes/"
    client.post("/sign-in/codes/")
    client.post("/sign-out/")
    sign_in(client, ruth.email)
    answer = key.get(options_on(client.get("/sign-in/second/")))
    assert client.post("/sign-in/second/", {"answer": answer})["Location"] == "/"
    assert "laptop" in main_words(client.get("/your-sign-in/").content.decode())


def test_an_answer_opens_once(client, ruth, key):
    give_key(ruth, key)
    sign_in(client, ruth.email)
    answer = key.get(options_on(client.get("/sign-in/second/")))
    client.post("/sign-in/second/", {"answer": answer})
    client.post("/sign-out/")
    sign_in(client, ruth.email)
    client.get("/sign-in/second/")
    page = client.post("/sign-in/second/", {"answer": answer})
    assert passkeys.REFUSED in main_words(page.content.decode())


@pytest.mark.parametrize(
    "wrong",
    [
        {"origin": "https://sightline.elsewhere.example"},
        {"origin": "http://localhost:9000"},
        {"site": "elsewhere.example"},
    ],
)
def test_an_answer_given_to_another_site_is_refused(ruth, key, wrong):
    give_key(ruth, key)
    for name, value in wrong.items():
        setattr(key, name, value)
    options, state = passkeys.options_to_use(ruth)
    assert not passkeys.take_passkey(ruth, key.get(options), state, AT)


def test_another_key_or_another_challenge_or_rubbish_is_refused(ruth, key):
    give_key(ruth, key)
    options, state = passkeys.options_to_use(ruth)
    impostor = SecurityKey(credential_id=key.credential_id)
    assert not passkeys.take_passkey(ruth, impostor.get(options), state, AT)
    other_options, _ = passkeys.options_to_use(ruth)
    assert not passkeys.take_passkey(ruth, key.get(other_options), state, AT)
    for rubbish in ("", "[]", "{}", "null", json.dumps({"id": 1}), "{"):
        assert not passkeys.take_passkey(ruth, rubbish, state, AT)
    assert not passkeys.take_passkey(ruth, key.get(options), None, AT)
    assert passkeys.take_passkey(ruth, key.get(options), state, AT)


def test_a_key_whose_counter_goes_back_was_copied_and_is_refused(ruth, key):
    give_key(ruth, key)
    options, state = passkeys.options_to_use(ruth)
    key.counter = 7
    assert passkeys.take_passkey(ruth, key.get(options), state, AT)
    key.counter = 3
    assert not passkeys.take_passkey(ruth, key.get(options), state, AT)
    assert Event.objects.filter(what="passkey.copied").count() == 1


def test_adding_twice_is_adding_once_and_another_user_cannot_have_the_same(ruth, key, care):
    options, state = passkeys.options_to_add(ruth)
    answer = key.create(options)
    more = {"label": "laptop", "answer": answer, "state": state, "now": AT}
    assert passkeys.add_passkey(user=ruth, **more) == passkeys.add_passkey(user=ruth, **more)
    other = type(ruth).objects.create_user("tom@castlebrook.example", "x", name="Tom", agency=care)
    with pytest.raises(NotUnderstood):
        passkeys.add_passkey(user=other, **more)
    assert Passkey.objects.count() == 1


def test_the_last_second_factor_cannot_be_removed(ruth, key):
    passkey = give_key(ruth, key)
    with pytest.raises(WrongMoment, match="only second factor"):
        remove_passkey(user=ruth, pk=passkey.pk, now=AT)
    give_app(ruth)
    remove_passkey(user=ruth, pk=passkey.pk, now=AT)
    remove_passkey(user=ruth, pk=passkey.pk, now=AT)
    options, state = passkeys.options_to_use(ruth)
    assert not passkeys.take_passkey(ruth, key.get(options), state, AT)
    assert Event.objects.filter(what="passkey.ended").count() == 1
