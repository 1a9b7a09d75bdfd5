"""A figure says which rules and definitions changed within its days."""

from datetime import date

import pytest

from sightline.rules.datafile import DataFileError
from sightline.rules.handbook.chapters import chapters
from sightline.rules.statistics.changes import changed_within, kind_of, load_changes

TODAY = date(2026, 11, 22)
OUTCOMES = [one for one in chapters() if kind_of(one) == "screening-outcomes"]


def changed(first, last, *, about=("notifications",), rules=()):
    return [
        (change.id, change.on)
        for change in changed_within(first, last, about=about, rules=rules, today=TODAY)
    ]


def test_the_definition_changed_in_2013():
    found = changed(date(2012, 4, 1), date(2014, 3, 31))
    assert found == [("definition-2013", date(2013, 3, 31))]


def test_what_changed_on_the_first_day_changed_nothing_within():
    assert changed(date(2013, 3, 31), date(2014, 3, 31)) == []


def test_a_figure_of_schools_is_not_told_of_assessments():
    assert changed(date(2013, 1, 1), date(2014, 1, 1), about=("schools",)) == []


def test_a_newer_version_of_rules_is_a_change_and_the_first_is_none():
    found = changed(date(2009, 1, 1), date(2014, 1, 1), about=(), rules=OUTCOMES)
    assert found == [("screening-outcomes 2026.1", date(2013, 4, 15))]


def test_a_wrong_file_is_refused_by_name(tmp_path):
    path = tmp_path / "field_x.toml"
    path.write_text('id = "x"\nversion = "1"\ntitle = "t"\nsource = "s"\ncommencement = 2020-01-01')
    with pytest.raises(DataFileError, match=r"field_x.toml: changes must be a list"):
        load_changes(path)
