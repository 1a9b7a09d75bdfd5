"""The handbook is printed from the rules of screening, and says what they do."""

from sightline.rules.screening.describe import chapters
from tests.rules.screening.cast import MATRIX

BY_KEY = {one.key: one for one in chapters()}


def rules(key):
    return " ".join(BY_KEY[key].sections[0].sentences)


def test_every_version_has_its_chapter():
    assert {"child-matrix 2026.1", "dash 2026.1", "wording 2026.1"} <= set(BY_KEY)


def test_every_question_is_listed_with_its_floor():
    tables = [table for section in BY_KEY[MATRIX.key].sections for table in section.tables]
    rows = {row[0]: row for table in tables for row in table.rows}
    assert set(rows) == set(MATRIX.items_by_id) | set(MATRIX.factors_by_id)
    assert rows["V5"][2:4] == ("4, severe", "A person")
    assert rows["P6"][3] == "The record, or a person"
    assert rows["P1"][2] == "Raises nothing"


def test_what_it_takes_to_set_another_scale_is_said():
    said = rules(MATRIX.key)
    assert "a higher scale than the suggested one needs a reason." in said
    assert "a lower one needs a reason and the agreement of a second agency." in said
    assert "Unborn, or under 12 months (U1): scale 3 at least." in said


def test_the_bands_of_a_counting_tool_are_said():
    assert "Standard from 0, Medium from 10, High from 14" in rules("dash 2026.1")
