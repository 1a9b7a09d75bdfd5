"""`sightline import`: the same door, from the terminal."""

import argparse
import json

import pytest

from sightline.access.models import Agency
from sightline.cli import import_command
from sightline.cli.boot import Problem
from sightline.intake.files import running
from sightline.intake.models import ImportFile, ImportKind, Notification
from tests.intake.files.sending import LEILA, MARIA, csv_of, rows_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def command(monkeypatch, tmp_path, capsys):
    """Write a file and import it; the database is the tests'. Returns exit code and output."""
    monkeypatch.setattr(import_command, "boot", lambda data: None)

    def command(content: bytes, *arguments: str, name: str = "march.csv"):
        (tmp_path / name).write_bytes(content)
        parser = argparse.ArgumentParser()
        parser.add_argument("--data")
        import_command.add_to(parser)
        code = import_command.run(parser.parse_args([str(tmp_path / name), *arguments]))
        return code, capsys.readouterr().out

    return command


def test_a_good_file_goes_in_and_the_command_succeeds(command, world):
    code, said = command(csv_of(rows_of("NM-1")), "--history")
    assert code == 0
    assert "3 rows taken in, 0 known already, 0 refused, of 3." in said
    assert Notification.objects.get().history
    assert ImportFile.objects.get().uploaded_by is None


def test_refused_rows_are_written_to_a_file_and_the_command_says_so(command, world, tmp_path):
    out = tmp_path / "refused.csv"
    content = csv_of(rows_of("NM-1") + rows_of("NM-2", MARIA, LEILA | {"sex": "girlish"}))
    code, said = command(content, "--refused", str(out))
    assert code == 1
    assert "2 refused" in said
    assert f"are in {out}" in said
    assert out.stat().st_mode & 0o077 == 0
    corrected = out.read_text("utf-8-sig").replace("girlish", "girl")
    code, said = command(corrected.encode(), name="again.csv")
    assert (code, Notification.objects.count()) == (0, 2)


def test_the_same_file_again_takes_nothing_in(command, world):
    command(csv_of(rows_of("NM-1")))
    code, said = command(csv_of(rows_of("NM-1")))
    assert code == 0
    assert "imported before" in said


def test_a_killed_import_goes_on_when_the_command_is_run_again(command, world, monkeypatch):
    monkeypatch.setitem(running.CHUNK, ImportKind.NOTIFICATIONS, 1)
    content = csv_of([row for n in range(3) for row in rows_of(f"NM-{n}")])
    with monkeypatch.context() as once:
        take = running._take
        taken = []

        def take_two(chunk, work):
            if len(taken) == 2:
                raise KeyboardInterrupt
            taken.append(chunk)
            take(chunk, work)

        once.setattr(running, "_take", take_two)
        with pytest.raises(KeyboardInterrupt):
            command(content)
    code, said = command(content)
    assert "Going on after row 6." in said
    assert (code, Notification.objects.count()) == (0, 3)


def test_columns_may_be_given(command, world, tmp_path):
    mapping = tmp_path / "columns.json"
    mapping.write_text(json.dumps({"A": "reference", "B": "role"}))
    code, _ = command(b"A,B\nNM-1,victim\n", "--columns", str(mapping))
    assert (code, Notification.objects.get().reference) == (0, "NM-1")


@pytest.mark.parametrize(
    ("content", "arguments", "says"),
    [
        (b"", [], "The file is empty"),
        (b"A,B\nNM-1,victim\n", [], "Choose the column for “Reference”"),
        (csv_of(rows_of("NM-1")), ["--sender", "Nobody's Police"], "known: “North Mercia Police”"),
        (csv_of(rows_of("NM-1")), ["--columns", "/nowhere.json"], "cannot be read"),
    ],
)
def test_what_can_be_mended_is_said_without_a_traceback(command, world, content, arguments, says):
    with pytest.raises(Problem, match=says):
        command(content, *arguments)
    assert not Notification.objects.exists()


@pytest.mark.parametrize("mapping", ["nonsense", "[1]", '{"A": 1}'])
def test_a_mapping_that_is_none_is_refused(command, world, tmp_path, mapping):
    path = tmp_path / "columns.json"
    path.write_text(mapping)
    with pytest.raises(Problem, match=r"JSON|must be an object"):
        command(b"A,B\nNM-1,victim\n", "--columns", str(path))


def test_a_police_force_is_added_only_when_asked_to(command):
    with pytest.raises(Problem, match="none yet"):
        command(csv_of(rows_of("NM-1")), "--sender", "East Mercia Police")
    code, _ = command(csv_of(rows_of("NM-1")), "--sender", "East Mercia Police", "--new-sender")
    assert (code, Agency.objects.get().name) == (0, "East Mercia Police")
