"""sightline agency: what is done at the console, and what it says."""

import argparse
import io

import pytest
from django.conf import settings as given

from sightline.access.models import Agency, User
from sightline.accounts.entry import find_entry_code
from sightline.accounts.models import Issuer
from sightline.cli import agency_command
from sightline.cli.boot import Problem
from sightline.cli.doctor_command import _second_step
from sightline.common.clock import now

pytestmark = pytest.mark.django_db


@pytest.fixture
def sightline(monkeypatch, capsys):
    """Run the command as from the console, without starting a database; return what it said."""
    monkeypatch.setattr(agency_command, "boot", lambda data: None)

    def run(*arguments: str, typed: str = "") -> str:
        parser = argparse.ArgumentParser()
        parser.add_argument("--data")
        agency_command.add_to(parser)
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        agency_command.run(parser.parse_args(arguments))
        return capsys.readouterr().out

    return run


def test_an_agency_its_administrator_and_its_own_sign_in(sightline):
    for _ in range(2):
        sightline("add", "Castlebrook Council", "--kind", "council")
    council = Agency.objects.get(name="Castlebrook Council")
    said = sightline(
        "administrator", council.name, "--email", "kofi@council.test", "--name", "Kofi Mensah"
    )
    code = said.split(": ")[1].strip()
    assert find_entry_code("kofi@council.test", code, now()).user.name == "Kofi Mensah"
    set_issuer = ("issuer", council.name, "--url", "https://id.council.test", "--client-id", "sl")
    for _ in range(2):
        sightline(*set_issuer, typed="a secret\n")
    assert Issuer.objects.get().agency == council
    assert "a secret" not in sightline("list")
    assert "Castlebrook Council (council): Kofi Mensah; signs in at https://id.council.test" in (
        sightline("list")
    )


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("add", "X", "--kind", "bakery"), "--kind is one of"),
        (("administrator", "Nobody", "--email", "a@x.test"), "no such agency"),
        (("administrator", "Y", "--email", "a@x.test"), "give a name"),
        (("issuer", "Y", "--url", "https://x.test", "--client-id", "c"), "on standard input"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_done(sightline, arguments, problem):
    Agency.objects.create(name="Y", kind="council")
    with pytest.raises(Problem, match=problem):
        sightline(*arguments)
    assert not User.objects.exists()
    assert not Issuer.objects.exists()


def test_doctor_says_when_a_password_alone_is_enough(settings):
    assert given.SECOND_FACTOR
    assert _second_step().well
    settings.SECOND_FACTOR = False
    assert not _second_step().well
    settings.DEMO = True
    assert _second_step().well
