"""The handbook is printed from the rules, and says what they do."""

from sightline.rules.screening.describe import described
from tests.rules.screening.cast import MATRIX

BY_KEY = {one.key: one for one in described()}


def test_every_version_is_described_once_with_its_source():
    assert len(BY_KEY) == len(described())
    assert {"child-matrix 2026.1", "dash 2026.1", "wording 2026.1"} <= set(BY_KEY)
    assert all(one.source and one.rules and one.lists for one in described())


def test_every_question_is_listed_with_its_floor():
    rows = {row[0]: row for listed in BY_KEY[MATRIX.key].lists for row in listed.rows}
    assert set(rows) == set(MATRIX.items_by_id) | set(MATRIX.factors_by_id)
    assert rows["V5"][2:4] == ("4, severe", "A person")
    assert rows["P6"][3] == "The record, or a person"
    assert rows["P1"][2] == "Raises nothing"


def test_the_rules_are_sentences():
    for one in described():
        assert all(rule.endswith(".") and not rule[0].islower() for rule in one.rules), one.key
        assert all(len(row) == len(table.columns) for table in one.lists for row in table.rows)


def test_what_it_takes_to_set_another_scale_is_said():
    rules = " ".join(BY_KEY[MATRIX.key].rules)
    assert "a higher scale than the suggested one needs a reason." in rules
    assert "a lower one needs a reason and the agreement of a second agency." in rules
    assert "Unborn, or under 12 months (U1): scale 3 at least." in rules


def test_the_bands_of_a_counting_tool_are_said():
    rules = " ".join(BY_KEY["dash 2026.1"].rules)
    assert "Standard from 0, Medium from 10, High from 14" in rules
