"""An agency's own sign-in, against an OpenID Connect provider that runs within the test."""

import re
import warnings
from collections.abc import Iterator
from datetime import timedelta

import pytest
import requests
from django.test import Client

from sightline.access.models import Agency, User
from sightline.accounts.entry import new_entry_code
from sightline.accounts.models import Identity, Issuer
from sightline.accounts.providers import set_issuer
from sightline.accounts.views import provider as provider_views
from sightline.audit.models import Event
from sightline.common.clock import now
from sightline.common.errors import NotUnderstood
from tests.accounts.conftest import AT, PASSWORD, sign_in
from tests.words import main_words

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.enable_socket,
    pytest.mark.filterwarnings("ignore"),  # of the provider's package
]


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """Return the issuer."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from oidc_provider_mock import User as Claims
        from oidc_provider_mock import run_server_in_thread

        people = [
            Claims(sub="ruth-1", claims={"email": "ruth@castlebrook.example"}),
            Claims(sub="mallory", claims={"email": "ruth@castlebrook.example"}),
        ]
        with run_server_in_thread(user_claims=people) as server:
            yield f"http://localhost:{server.server_port}"


@pytest.fixture
def issuer(provider, care) -> Issuer:
    return set_issuer(
        agency=care, url=provider, client_id="sightline", secret="a secret of ours",
        asks_second_factor=True, by=None, now=AT,
    )  # fmt: skip


def goes_through(client: Client, issuer: Issuer, subject: str, start: str = "") -> str:
    """Go to the agency's sign-in, be somebody there, come back; return where one then is."""
    there = client.get(start or f"/sign-in/agency/{issuer.pk}/")["Location"]
    answer = requests.post(there, data={"sub": subject}, allow_redirects=False, timeout=10)
    return client.get(answer.headers["Location"].removeprefix("http://localhost:8000"))["Location"]


def is_in(client: Client) -> bool:
    return client.get("/your-sign-in/").status_code == 200


def bind(client: Client, issuer: Issuer, user: User, subject: str) -> str:
    """Sign in for the first time, with a code of an administrator."""
    code = new_entry_code(user=user, by=None, now=now())
    client.post("/sign-in/first/", {"email": user.email, "code": code})
    page = client.get("/sign-in/first/password/").content.decode()
    start = re.search(r'href="(/sign-in/agency/\d+/)"', page)[1]
    return goes_through(client, issuer, subject, start)


def test_whoever_was_let_in_with_a_code_comes_in_by_their_agency_from_then_on(client, issuer, ruth):
    assert bind(client, issuer, ruth, "ruth-1") == "/"
    identity = Identity.objects.get(user=ruth)
    assert (identity.issuer, identity.subject) == (issuer.url, "ruth-1")
    client.post("/sign-out/")
    assert goes_through(client, issuer, "ruth-1") == "/"
    assert is_in(client)
    client.post("/sign-out/")
    assert sign_in(client, ruth.email, PASSWORD).status_code == 200, "the password is over"


def test_the_same_e_mail_address_lets_nobody_in(client, issuer, ruth):
    bind(client, issuer, ruth, "ruth-1")
    stranger = Client()
    assert goes_through(stranger, issuer, "mallory") == "/sign-in/"
    assert not is_in(stranger)
    assert "did not work here" in main_words(stranger.get("/sign-in/").content.decode())
    assert Event.objects.filter(what="user.sign_in_failed", subject_id="0").count() == 1


def test_a_leaver_is_not_let_in_whatever_their_agency_says(client, issuer, ruth):
    bind(client, issuer, ruth, "ruth-1")
    User.objects.filter(pk=ruth.pk).update(is_active=False)
    assert not is_in(client)
    assert goes_through(Client(), issuer, "ruth-1") == "/sign-in/"


def test_a_subject_that_is_somebody_already_cannot_be_somebody_else(client, issuer, ruth, care):
    bind(client, issuer, ruth, "ruth-1")
    tom = User.objects.create_user("tom@castlebrook.example", "x", name="Tom", agency=care)
    assert bind(Client(), issuer, tom, "ruth-1") == "/sign-in/"
    assert Identity.objects.get().user == ruth


def test_one_agency_cannot_vouch_for_people_of_another(client, issuer, ruth, provider):
    bind(client, issuer, ruth, "ruth-1")
    other = Agency.objects.create(name="Castlebrook Homes", kind="housing")
    theirs = set_issuer(
        agency=other, url=provider, client_id="x", secret="y", asks_second_factor=True, by=None,
        now=AT,
    )  # fmt: skip
    assert goes_through(Client(), theirs, "ruth-1") == "/sign-in/"


def test_where_the_agency_asks_for_no_second_step_we_do(client, issuer, ruth):
    bind(client, issuer, ruth, "ruth-1")
    Issuer.objects.update(asks_second_factor=False)
    there = Client()
    assert goes_through(there, issuer, "ruth-1") == "/sign-in/second/new/"
    assert not is_in(there)


def test_to_unlock_the_agency_must_have_asked_again_just_now(client, issuer, ruth, monkeypatch):
    bind(client, issuer, ruth, "ruth-1")
    client.post("/lock/", {"page": "/about"})
    assert "Sign in again with" in main_words(client.get("/locked/").content.decode())
    with monkeypatch.context() as late:
        late.setattr(provider_views, "now", lambda: now() + timedelta(minutes=6))
        assert goes_through(client, issuer, "ruth-1") == "/sign-in/again/", "asked too long ago"
    assert client.get("/your-sign-in/")["Location"] == "/locked/"
    assert goes_through(client, issuer, "mallory") == "/sign-in/again/", "it is somebody else"
    assert goes_through(client, issuer, "ruth-1") == "/about"


def test_a_way_back_that_nobody_set_out_on_leads_nowhere(client, issuer, ruth):
    assert client.get("/sign-in/agency/?code=x&state=y")["Location"] == "/sign-in/"
    client.get(f"/sign-in/agency/{issuer.pk}/")
    assert client.get("/sign-in/agency/?code=x&state=y")["Location"] == "/sign-in/"
    assert not is_in(client)


def test_a_sign_in_that_is_down_is_said_to_be_and_one_can_try_again(client, care):
    down = set_issuer(
        agency=care, url="http://127.0.0.1:9", client_id="x", secret="y", asks_second_factor=True,
        by=None, now=AT,
    )  # fmt: skip
    assert client.get(f"/sign-in/agency/{down.pk}/")["Location"] == "/sign-in/"
    assert "did not work here" in main_words(client.get("/sign-in/").content.decode())


def test_an_issuer_is_safe_and_its_secret_is_sealed(issuer, care):
    assert "a secret of ours" not in str(Issuer.objects.values().get())
    for url in ("http://sign-in.example", "ftp://x", "sign-in.example", ""):
        with pytest.raises(NotUnderstood):
            set_issuer(
                agency=care, url=url, client_id="x", secret="y", asks_second_factor=False, by=None,
                now=AT,
            )  # fmt: skip
