"""sightline restrict: what the lead's page does, from the console."""

import argparse

import pytest

from sightline.audit.models import Event
from sightline.cli import restrict_command
from sightline.cli.boot import Problem
from sightline.people.models import Person
from tests.world import notification

pytestmark = pytest.mark.django_db
LEAD = ("--by", "ig@castlebrook.example")
HER = ("--number", "999 000 0026", *LEAD)
BECAUSE = ("--because", "a social worker of the team is her aunt")


@pytest.fixture
def sightline(world, monkeypatch, capsys):
    """Run the command as from the console, without starting a database; return what it said."""
    world.notify(notification())
    monkeypatch.setattr(restrict_command, "boot", lambda data: None)

    def run(*arguments: str) -> str:
        parser = argparse.ArgumentParser()
        parser.add_argument("--data")
        restrict_command.add_to(parser)
        restrict_command.run(parser.parse_args(arguments))
        return capsys.readouterr().out

    return run


def test_a_record_is_restricted_by_number_listed_without_a_name_and_lifted(sightline, world):
    leila, health = world.person("Leila"), world.user("health")
    for _ in range(2):
        sightline(
            "set", *HER, *BECAUSE, "--named", health.email, "--keep-agency", "Castlebrook Homes"
        )
    leila.refresh_from_db()
    assert leila.restricted_by == world.user("ig")
    assert leila.kept_from.get().agency.name == "Castlebrook Homes"
    assert sightline("list").startswith(f"{leila.pk}  since ")
    assert "Moreno" not in sightline("list")
    by_name = ("--name", "Leila Moreno", "--born", "2017-05-09", *LEAD)
    assert sightline("lift", *by_name, "--because", "the aunt has left") == f"{leila.pk}  lifted\n"
    assert sightline("list") == ""
    whats = Event.objects.filter(what__startswith="restriction").values_list("what", flat=True)
    assert {"restriction.set", "restriction.named", "restriction.kept_from"} <= set(whats)


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("set", "--number", "999 999 9999", *LEAD, *BECAUSE), "Nobody fits"),
        (("set", *HER), "in a sentence"),
        (("set", *HER[:2], *BECAUSE, "--by", "chair@castlebrook.example"), "no role"),
        (("set", *HER, *BECAUSE, "--named", "nobody@castlebrook.example"), "nobody signs in"),
        (("set", *HER, *BECAUSE, "--keep-agency", "No such"), "no agency"),
    ],
)
def test_what_cannot_be_is_said_in_words(sightline, arguments, why):
    with pytest.raises(Problem, match=why):
        sightline(*arguments)
    assert not Person.objects.filter(restricted_at__isnull=False).exists()
