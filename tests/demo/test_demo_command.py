"""What `sightline demo` builds: a year of work, or a history, and never both."""

import argparse

import pytest

from sightline.cli import demo_command
from sightline.cli.boot import Problem
from sightline.demo import back_history, world


@pytest.fixture
def demo(monkeypatch, tmp_path, db):
    """Run `sightline demo --prepare-only` in a folder; return what it built instead of building."""
    built = []
    monkeypatch.setattr(demo_command, "boot", lambda folder: None)
    monkeypatch.setattr(demo_command, "_demo_settings", lambda folder, port: None)
    monkeypatch.setattr(world, "build", lambda **given: built.append(("a year", given["seed"])))
    monkeypatch.setattr(
        back_history, "load", lambda bar, *, now, seed: built.append(("history", seed))
    )

    def run(*words):
        built.clear()
        assert demo_command.run(options("--prepare-only", "--data", str(tmp_path), *words)) == 0
        return built

    return run


def options(*words):
    parser = argparse.ArgumentParser()
    parser.add_argument("--data")
    demo_command.add_to(parser)
    return parser.parse_args(words)


def test_the_demo_has_a_year_of_work_behind_it(demo):
    assert demo("--seed", "3") == [("a year", 3)]


def test_the_demo_with_a_history_has_the_history_alone(demo):
    assert demo("--history", "dudley") == [("history", 1)]


def test_a_folder_begun_with_a_history_goes_on_with_it_unasked(demo, monkeypatch):
    monkeypatch.setattr(back_history, "has_begun", lambda: True)
    assert demo() == [("history", 1)]


def test_files_imported_into_the_year_do_not_make_them_a_history(demo, monkeypatch):
    demo()
    monkeypatch.setattr(back_history, "has_begun", lambda: True)
    assert demo() == [("a year", 1)]


def test_a_folder_with_other_notifications_is_refused_with_what_to_do(demo, monkeypatch):
    def refuse(bar, *, now, seed):
        raise back_history.NotEmptyError

    monkeypatch.setattr(back_history, "load", refuse)
    with pytest.raises(Problem, match="a folder of its own with --data DIR"):
        demo("--history", "dudley")


@pytest.mark.parametrize(
    ("words", "said"), [((), "the family in Brook Lane"), (("--history", "dudley"), "five tables")]
)
def test_what_to_try_is_there_to_be_tried(world, tmp_path, words, said):
    assert said in demo_command.banner(options(*words), tmp_path)
