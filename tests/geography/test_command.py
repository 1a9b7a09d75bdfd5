"""`sightline geography` at the terminal."""

import pytest

from sightline import cli
from sightline.cli import geography_command
from sightline.geography.models import Edition
from tests.geography.files import COUNCIL
from tests.geography.test_importing import POSTCODES

pytestmark = pytest.mark.django_db
SAID = ("--edition", "November 2026", "--source", "Invented", "--from", "2026-01-01")


@pytest.fixture
def at_terminal(monkeypatch, capsys, settings):
    """Run the command with the tests' database, and return its exit code and what it printed."""
    monkeypatch.setattr(geography_command, "boot", lambda data: None)
    monkeypatch.setattr(cli, "COMMANDS", ("geography",))
    settings.COUNCILS = (COUNCIL,)

    def run(*words):
        try:
            code = cli.main(["geography", *words])
        except SystemExit as end:
            code = end.code
        printed = capsys.readouterr()
        return code, printed.out + printed.err

    return run


def test_a_file_is_taken_in_with_its_progress_and_once(at_terminal, tmp_path):
    path = tmp_path / "postcodes.csv"
    path.write_text(f"{POSTCODES}wrong,,,{COUNCIL},,{COUNCIL}\n")
    code, said = at_terminal("import", str(path), *SAID)
    assert code == 1  # a line was refused
    assert f"{path.stat().st_size:,} of {path.stat().st_size:,} bytes" in said
    assert "2 rows taken in, 1 of other areas left out, 0 refused" not in said
    assert "Postcode directory, November 2026: 2 rows taken in" in said
    assert "nothing is taken in again" in at_terminal("import", str(path), *SAID)[1]
    assert Edition.objects.get().content is None
    assert "November 2026" in at_terminal("list")[1]


@pytest.mark.parametrize(
    ("content", "options", "said"),
    [
        ("a,b\n", (), "the file is not taken in:"),
        (POSTCODES, ("--council", "E08999077"), "None of its rows lies in E08999077"),
        (POSTCODES, ("--from", "yesterday"), "is not a day written as"),
    ],
)
def test_what_cannot_be_done_is_said(at_terminal, tmp_path, content, options, said):
    path = tmp_path / "file.csv"
    path.write_text(content)
    code, printed = at_terminal("import", str(path), *SAID, *options)
    assert code == 2
    assert said in printed


def test_a_missing_file_is_said(at_terminal, tmp_path):
    code, said = at_terminal("import", str(tmp_path / "none.csv"), *SAID)
    assert (code, "cannot be read: No such file" in said) == (2, True)
