"""The shipped matrix: what is in it, and how its questions speak."""

import re
from datetime import date

import pytest

from sightline.rules.screening.instrument import instrument_called, instrument_on
from tests.rules.screening.cast import MATRIX

# The items by the lowest scale that a Yes points to.
SCALE_1 = "V1 P1 C1 K1"
SCALE_2 = "V2 V11 P2 C2 C3 C4 A1 K2 K7 K11 K15 M4 M5 M6 M7 X4 R1 R3 R4"
SCALE_4 = "V4 V5 V6 V9 P8 C8 C10 A5 A6 K5 K6 K9 X5"

# Words that make the victim answerable for what the perpetrator does, or hide who does it.
BLAMING = (
    "fail", "chose", "choice", "lifestyle", "volatile", "refus", "allow", "engage", "disclosed to",
    "domestic incident", "domestics", "argument", "dispute between", "toxic", "alleged", "claims",
    "protect herself", "protect the child", "remain", "return",
)  # fmt: skip


def test_there_are_75_items_of_which_73_raise_8_uplifts_and_10_protective_factors():
    assert len(MATRIX.items) == 75
    assert sum(item.raises for item in MATRIX.items) == 73
    assert [item.id for item in MATRIX.items if not item.raises] == ["P1", "K1"]
    assert [uplift.id for uplift in MATRIX.uplifts] == [f"U{n}" for n in range(1, 9)]
    assert [one.id for one in MATRIX.protective_factors] == [f"PF{n}" for n in range(1, 11)]


@pytest.mark.parametrize(
    ("domain", "name", "items"),
    [
        ("V", "Violence", 12),
        ("P", "Pattern", 9),
        ("C", "Control", 11),
        ("A", "The perpetrator", 11),
        ("K", "The child", 15),
        ("M", "What it has done to the victim parent", 8),
        ("X", "Separation and contact", 5),
        ("R", "Response so far", 4),
    ],
)
def test_each_domain_has_its_items_numbered_from_one(domain, name, items):
    assert {one.id: one.name for one in MATRIX.domains}[domain] == name
    assert [one.id for one in MATRIX.items_of(domain)] == [
        f"{domain}{n}" for n in range(1, items + 1)
    ]


def test_the_domains_come_in_the_order_of_a_screening():
    assert [domain.id for domain in MATRIX.domains] == list("VPCAKMXR")


@pytest.mark.parametrize(("ids", "floor"), [(SCALE_1, 1), (SCALE_2, 2), (SCALE_4, 4)])
def test_each_item_points_to_its_scale(ids, floor):
    assert {item.id for item in MATRIX.items if item.floor == floor} == set(ids.split())


def test_every_other_item_points_to_scale_3():
    others = {item.id for item in MATRIX.items} - set(f"{SCALE_1} {SCALE_2} {SCALE_4}".split())
    assert len(others) == 39
    assert all(MATRIX.items_by_id[id_].floor == 3 for id_ in others)


def test_the_record_answers_pattern_other_households_and_earlier_responses():
    from_history = [item.id for item in MATRIX.items if item.from_history]
    assert " ".join(from_history) == "P1 P2 P3 P4 P5 P6 P7 P8 P9 A9 R1 R2 R3 R4"


def _asked() -> list[str]:
    return [one.question for one in (*MATRIX.items, *MATRIX.protective_factors)]


def _words() -> list[str]:
    labels = [
        one.label
        for one in (
            *MATRIX.items,
            *MATRIX.protective_factors,
            *MATRIX.uplifts,
            *MATRIX.accumulations,
        )
    ]
    routes = [one.route for one in (*MATRIX.items, *MATRIX.uplifts)]
    return [*_asked(), *labels, *routes]


def test_no_question_label_or_route_makes_the_victim_responsible():
    for words in _words():
        assert not [word for word in BLAMING if word in words.lower()], words


def test_nobody_is_a_he_or_a_she():
    for words in _words():
        assert not re.search(r"\b(he|she|him|her|his|hers|mother|father)\b", words.lower()), words


@pytest.mark.parametrize("domain", list("VCAM"))
def test_a_question_about_abuse_names_the_perpetrator_as_the_one_who_acts(domain):
    for item in MATRIX.items_of(domain):
        assert "perpetrator" in item.question


def test_each_question_is_asked_once_in_one_sentence():
    assert len(set(_asked())) == len(_asked())
    for question in _asked():
        assert question.count("?") == 1
        assert question[0].isupper()


def test_labels_differ_and_are_short_enough_for_a_list():
    labels = [item.label for item in MATRIX.items]
    assert len(set(labels)) == 75
    assert max(len(label) for label in labels) <= 70


def test_the_source_says_that_the_words_are_our_own():
    assert "Own indicators and wording" in MATRIX.source


def test_the_version_in_force_is_found_by_day_and_by_key():
    assert instrument_on(MATRIX.commencement) is MATRIX
    assert instrument_called(MATRIX.key) is MATRIX


def test_before_the_first_version_no_question_was_asked():
    with pytest.raises(LookupError, match="in force on 2022-01-30"):
        instrument_on(date(2022, 1, 30))


def test_a_key_that_was_never_a_version_is_refused():
    with pytest.raises(LookupError, match="child-matrix 1999"):
        instrument_called("child-matrix 1999")
