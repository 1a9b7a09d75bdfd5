"""The key that signs sessions is one for all processes of a data folder, over every restart."""

import os

import pytest

from sightline.cli import boot


def test_it_is_made_once_and_readable_by_its_owner_only(tmp_path):
    made = boot._secret(tmp_path)
    assert len(made) > 40
    assert boot._secret(tmp_path) == made
    assert [(file.name, file.stat().st_mode & 0o777) for file in tmp_path.iterdir()] == [
        ("secret", 0o600)
    ]


def test_killed_while_it_is_made_there_is_none(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "link", _killed)
    with pytest.raises(KeyboardInterrupt):
        boot._secret(tmp_path)
    assert not (tmp_path / "secret").exists()


def test_of_two_processes_that_make_it_at_once_both_have_the_same(tmp_path, monkeypatch):
    def slower(new, place):
        place.write_text("made by the other")
        raise FileExistsError

    monkeypatch.setattr(os, "link", slower)
    assert boot._secret(tmp_path) == "made by the other"


def _killed(*_):
    raise KeyboardInterrupt
