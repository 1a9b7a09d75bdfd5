"""`sightline instruments` at the terminal, and where the words it adds are used."""

import pytest
from django.urls import reverse

from sightline import cli
from sightline.cli import instruments_command
from sightline.common.errors import WrongMoment
from sightline.screening.models import OwnWords
from sightline.screening.own_words import add_own_words
from tests.rules.screening.cast import MATRIX
from tests.rules.screening.test_own_words import DASH, written
from tests.world import notification

BY = ("--by", "administrator@castlebrook.example")


@pytest.fixture
def at_terminal(monkeypatch, capsys):
    """Run the command with the tests' database, and return what it printed and its exit code."""
    monkeypatch.setattr(instruments_command, "boot", lambda data: None)
    monkeypatch.setattr(cli, "COMMANDS", ("instruments",))

    def run(*words):
        code = cli.main(["instruments", *map(str, words)])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


@pytest.fixture
def own(tmp_path):
    """Write a file of words, in force from a day in the past unless it is changed."""

    def write(of=DASH, change=("2026-12-01", "2026-11-01"), name="own.toml"):
        path = tmp_path / name
        path.write_text(written(of, change), encoding="utf-8")
        return path

    return write


def test_it_lists_every_version(at_terminal):
    code, out, _ = at_terminal("list")
    assert code == 0
    listed = [line.split("  ")[0].strip() for line in out.splitlines()]
    assert {"child-matrix 2026.1", "dash 2026.1", "dara 2026.1"} <= set(listed)


def test_checking_says_what_is_wrong_or_that_nothing_is(at_terminal, own):
    assert "25 questions for dash 2026.1" in at_terminal("check", own())[1]
    code, _, err = at_terminal("check", own(change=("D3 = ", "D99 = ")))
    assert (code, "unknown ids: D99; missing ids: D3" in err) == (2, True)
    assert at_terminal("check", "/no/such/file.toml")[0] == 2


@pytest.mark.django_db
def test_adding_twice_keeps_one_and_other_words_need_another_version(at_terminal, own, world):
    for _ in range(2):
        assert "is asked in the words of L1" in at_terminal("add", own(), *BY)[1]
    code, _, err = at_terminal("add", own(change=("words on D1", "other words on D1")), *BY)
    assert (code, "added with other words" in err) == (2, True)
    with pytest.raises(WrongMoment, match="added with other words"):
        add_own_words(
            content=own(change=("words on D1", "other words on D1")).read_text(), name="own.toml",
            by=world.user("administrator"), now=world.now,
        )  # fmt: skip
    assert at_terminal("add", own(change=("D3 = ", "D99 = ")), *BY)[0] == 2
    assert at_terminal("add", own(), "--by", "nobody@castlebrook.example")[0] == 2
    assert OwnWords.objects.count() == 1


@pytest.mark.django_db
def test_the_words_in_force_are_printed_as_a_file_to_add_again(at_terminal, own, world):
    ours = at_terminal("print", "dash 2026.1")[1]
    assert 'D1 = "Did the perpetrator injure the victim this time?"' in ours
    at_terminal("add", own(), *BY)
    theirs = at_terminal("print", "dash 2026.1")[1]
    assert 'D1 = "Licensed words on D1"' in theirs
    assert "marac" in theirs
    assert at_terminal("print", "dash 1999")[0] == 2


@pytest.mark.django_db
def test_the_pages_ask_in_these_words_from_their_commencement_on(at_terminal, own, world, client):
    world.notify(notification())
    page = reverse("screening-domain", args=[world.screening("Leila").pk, "V"])
    client.force_login(world.user("health"))
    at_terminal("add", own(MATRIX, ("2026-12-01", "2099-01-01")), *BY)
    assert "Licensed words on V1" not in client.get(page).content.decode()
    at_terminal("add", own(MATRIX, ('L1"\nsource', 'L2"\nsource')), *BY)
    OwnWords.objects.filter(version="L2").update(commencement="2026-11-01")
    shown = client.get(page).content.decode()
    assert "Licensed words on V1" in shown
    assert client.post(page, {"V5": "yes"}).status_code == 302
    assert world.screening("Leila").suggested == 4
