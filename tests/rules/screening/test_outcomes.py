"""Outcomes belong to a time, stand at a scale, and none is ever chosen for anyone."""

from dataclasses import fields
from datetime import date
from itertools import pairwise

import pytest

from sightline.rules.datafile import DataFileError
from sightline.rules.screening.outcomes import (
    Outcome,
    OutcomeSet,
    load_outcomes,
    outcome_set,
    outcomes_on,
    shipped_outcomes,
)

SMALL = """
id = "screening-outcomes"
version = "test"
title = "Ours"
source = "A partnership"
commencement = 2020-01-01
{}
[[outcomes]]
code = "ONE"
name = "One"
description = "The first."
expected_at = 1
{}
"""


def written(tmp_path, top: str = "", outcome: str = ""):
    path = tmp_path / "outcomes_test.toml"
    path.write_text(SMALL.format(top, outcome), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("version", "codes"),
    [
        ("2009.1", ["NFA", "CAF", "IA", "S47"]),
        ("2026.1", ["ADVICE", "EARLY_HELP", "CFA", "STRATEGY"]),
    ],
)
def test_each_set_has_an_outcome_expected_at_each_scale(version, codes):
    outcomes = [one for one in outcome_set(version).outcomes if not one.goes_back]
    assert [one.code for one in outcomes] == codes
    assert [one.expected_at for one in outcomes] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("day", "offered"), [(date(2026, 10, 31), 4), (date(2026, 11, 1), 6), (date(2030, 1, 1), 6)]
)
def test_an_outcome_that_goes_back_to_the_referrer_is_offered_from_its_own_day(day, offered):
    assert len(outcomes_on(day).offered_on(day)) == offered


@pytest.mark.parametrize(
    ("day", "version"),
    [
        (date(2009, 10, 1), "2009.1"),
        (date(2012, 12, 31), "2009.1"),
        (date(2013, 4, 14), "2009.1"),
        (date(2013, 4, 15), "2026.1"),
        (date(2026, 11, 22), "2026.1"),
    ],
)
def test_the_terms_of_the_day_are_used(day, version):
    assert outcomes_on(day).version == version


def test_before_the_first_set_there_are_no_terms():
    with pytest.raises(LookupError, match="in force on 2009-09-30"):
        outcomes_on(date(2009, 9, 30))


def test_a_partnership_may_choose_its_terms():
    assert outcomes_on(date(2026, 11, 22), "2009.1") is outcome_set("2009.1")
    assert outcomes_on(date(2026, 11, 22), "") is outcome_set("2026.1")


def test_terms_that_nobody_wrote_are_refused_and_the_known_ones_named():
    with pytest.raises(LookupError, match=r"1999.*there are 2009\.1, 2026\.1"):
        outcome_set("1999")


def test_no_set_has_or_may_have_a_default(tmp_path):
    assert not [f.name for f in (*fields(Outcome), *fields(OutcomeSet)) if "default" in f.name]
    with pytest.raises(DataFileError, match="unknown key default"):
        load_outcomes(written(tmp_path, top='default = "ONE"'))
    with pytest.raises(DataFileError, match="outcomes ONE: unknown key default"):
        load_outcomes(written(tmp_path, outcome="default = true"))


def test_an_outcome_that_has_ended_is_offered_no_more_and_still_read(tmp_path):
    ours = load_outcomes(written(tmp_path, outcome="end = 2021-03-31"))
    assert [one.code for one in ours.offered_on(date(2021, 3, 31))] == ["ONE"]
    assert ours.offered_on(date(2021, 4, 1)) == ()
    assert ours.outcome("ONE").name == "One"


def test_an_outcome_without_an_end_is_offered_as_long_as_its_set(tmp_path):
    assert load_outcomes(written(tmp_path)).offered_on(date(2050, 1, 1))


def test_an_unknown_outcome_is_refused():
    with pytest.raises(LookupError, match="no outcome 'XYZ'"):
        outcome_set("2009.1").outcome("XYZ")


@pytest.mark.parametrize(
    ("top", "outcome", "words"),
    [
        ("end = 2019-12-31", "", "end 2019-12-31 is before commencement 2020-01-01"),
        ("", '[[outcomes]]\ncode = "ONE"\nname = "x"\ndescription = "x"\nexpected_at = 2',
         "duplicate id ONE"),
        ("", '[[outcomes]]\ncode = "TWO"\nname = "x"\ndescription = "x"\nexpected_at = 5',
         "outcomes TWO: expected_at must be a whole number from 1 to 4, not 5"),
    ],
)  # fmt: skip
def test_a_faulty_set_is_refused_with_its_place(tmp_path, top, outcome, words):
    with pytest.raises(DataFileError, match=words):
        load_outcomes(written(tmp_path, top, outcome))


def test_a_set_may_be_in_force_for_a_single_day(tmp_path):
    ours = load_outcomes(written(tmp_path, top="end = 2020-01-01"))
    assert ours.end == ours.commencement


def test_codes_and_names_differ_within_a_set_and_sets_do_not_overlap():
    sets = shipped_outcomes()
    for one in sets:
        assert len({o.name for o in one.outcomes}) == len(one.outcomes)
    for older, newer in pairwise(sets):
        assert older.end is not None
        assert older.end < newer.commencement
