"""`sightline figures` at the terminal."""

import pytest

from sightline import cli
from sightline.cli import figures_command
from sightline.insight.catalogue import ALL
from tests.world import DANIEL, LEILA, MARIA, notification


@pytest.fixture
def at_terminal(monkeypatch, capsys):
    """Run the command with the tests' database, and return what it printed and its exit code."""
    monkeypatch.setattr(figures_command, "boot", lambda data: None)
    monkeypatch.setattr(cli, "COMMANDS", ("figures",))

    def run(*words):
        try:
            code = cli.main(["figures", *words])
        except SystemExit as end:
            code = end.code
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


def test_it_lists_every_figure_by_id_and_name(at_terminal):
    code, out, _ = at_terminal()
    assert code == 0
    listed = [line.split(maxsplit=1) for line in out.splitlines()]
    assert listed == [[figure.id, figure.name] for figure in ALL]
    assert listed[0] == ["s0.table1", "Children by number of notifications"]


def test_an_unknown_figure_is_answered_with_those_there_are(at_terminal):
    code, out, err = at_terminal("s0.table9")
    assert (code, out) == (2, "")
    assert "there is no figure 's0.table9'" in err
    assert [line.split()[0] for line in err.splitlines()[1:]] == [figure.id for figure in ALL]


def test_a_figure_as_csv_is_the_table_and_nothing_else(world, at_terminal):
    world.earlier(40, "NM-0", MARIA, DANIEL, LEILA)
    world.notify(notification())
    code, out, err = at_terminal("s0.table1", "--format", "csv")
    assert (code, err) == (0, "")
    assert out.splitlines() == ["notifications,children,total_notifications", "1,2,2", "2,1,2",
                                "total,3,4"]  # fmt: skip


def test_a_period_narrows_it(world, at_terminal):
    world.earlier(40, "NM-0", MARIA, DANIEL, LEILA)
    world.notify(notification())
    _, out, _ = at_terminal("s0.table1", "--from", "2026-10-01", "--to", "2026-10-31")
    assert "for 1 October 2026 to 31 October 2026, counted from 1 mention of a child" in out
    assert "        total         1                    1" in out


def test_as_at_a_day_it_counts_what_was_known_when_that_day_was_over(world, at_terminal):
    world.earlier(40, "NM-0", MARIA, DANIEL, LEILA)
    world.notify(notification())
    known = [at_terminal("s0.table1", "--as-at", f"2026-11-{day}")[1] for day in (19, 20)]
    for out, many in zip(known, ("1 mention", "4 mentions"), strict=True):
        assert f"for the whole record, counted from {many} of" in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--from", "2010-13-01"), "'2010-13-01' is not a day written as 2011-03-31"),
        (("--to", "March"), "'March' is not a day written as 2011-03-31"),
        (("--from", "2011-01-02", "--to", "2011-01-01"), "--to must not be before --from"),
        (("--format", "xlsx"), "invalid choice"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_words(at_terminal, words, said):
    code, out, err = at_terminal("s0.table1", *words)
    assert (code, out) == (2, "")
    assert said in err
