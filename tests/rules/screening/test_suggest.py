"""From answers to a scale, as a practitioner would lay the cases on a table."""

import pytest

from sightline.rules.screening.answers import Answer
from sightline.rules.screening.suggest import suggest
from tests.rules.screening.cast import MATRIX, TEN, said, suggestion


@pytest.mark.parametrize(
    ("what_is_known", "yes", "scale", "name"),
    [
        ("brief, low-level violence", "V1", 1, "Moderate"),
        ("brief violence, and the child heard it", "V1 K2", 2, "Moderate to serious"),
        ("two incidents in a year", "P2", 2, "Moderate to serious"),
        ("the child saw it", "V1 K3", 3, "Serious"),
        ("a separation", "X1", 3, "Serious"),
        ("strangulation, once, nothing else", "V5", 4, "Severe"),
        ("threats to kill, and little violence", "V1 C8", 4, "Severe"),
        ("the child was hurt", "V2 K2 K5", 4, "Severe"),
    ],
)
def test_the_highest_floor_among_the_yes_answers_is_suggested(what_is_known, yes, scale, name):
    assert suggestion(yes).scale == scale, what_is_known
    assert suggestion(yes).name == name


@pytest.mark.parametrize(
    ("suspected", "scale"),
    [("V1", 1), ("V2", 1), ("V3", 2), ("V5", 3), ("V5 K2", 3)],
)
def test_a_suspected_item_counts_one_scale_lower_and_never_below_1(suspected, scale):
    assert suggestion(suspected=suspected).scale == scale


def test_a_suspected_item_is_listed_and_says_that_it_counted_lower():
    (reason,) = suggestion(suspected="V5").reasons
    assert reason.item == "V5"
    assert reason.words == (
        "Strangulation, suffocation or an attempt to drown (suspected, counted one scale lower)"
    )


def test_a_suspected_item_at_the_lowest_scale_was_not_counted_lower():
    (reason,) = suggestion(suspected="V1").reasons
    assert reason.words.endswith("(suspected)")


@pytest.mark.parametrize(
    ("together", "yes", "suspected", "scale"),
    [
        ("two at scale 2", "C2 M4", "", 2),
        ("three at scale 2, all in one area", "C2 C3 C4", "", 2),
        ("three at scale 2, over two areas", "C2 C3 M4", "", 3),
        ("two at scale 2 and one suspected at 3", "C2 M4", "K3", 3),
        ("two at scale 2 and one suspected at 2", "C2 M4", "K2", 2),
        ("three at scale 3", "K3 C5 M1", "", 3),
        ("four at scale 3", "K3 C5 M1 X1", "", 4),
        ("four at scale 3, all in one area", "C5 C6 C7 C9", "", 4),
        ("three at scale 3 and one suspected at 4", "K3 C5 M1", "V5", 4),
        ("three at scale 3 and one suspected at 3", "K3 C5 M1", "X1", 3),
        ("three at scale 3 and three at scale 2", "K3 C5 M1 C2 M4 K2", "", 3),
    ],
)
def test_concerns_accumulate(together, yes, suspected, scale):
    assert suggestion(yes, suspected).scale == scale, together


def test_an_accumulation_says_which_items_it_counted():
    first = suggestion("C2 C3 M4").reasons[0]
    assert (first.item, first.scale) == ("T3", 3)
    assert first.words == (
        "Three or more concerns at scale 2, in two or more areas: "
        "Repeated humiliation or emotional abuse (C2); "
        "Victim kept from friends, family or services by the perpetrator (C3); "
        "Victim injured or worn down by the abuse (M4)"
    )


def test_reasons_come_highest_scale_first():
    assert [(r.item, r.scale) for r in suggestion("V1 K2 V5 K3").reasons] == [
        ("V5", 4), ("K3", 3), ("K2", 2), ("V1", 1),
    ]  # fmt: skip


@pytest.mark.parametrize("absence", ["P1", "K1"])
def test_an_item_that_only_records_an_absence_is_weighed_and_no_reason(absence):
    result = suggestion(absence)
    assert result.to_weigh == (MATRIX.items_by_id[absence].label,)
    assert [reason.item for reason in result.reasons] == [None]


@pytest.mark.parametrize(
    ("yes", "route"),
    [("A11", "LADO"), ("P3", "potential escalation"), ("P8", "as a repeat")],
)
def test_some_items_say_whom_else_to_tell(yes, route):
    (words,) = suggestion(yes).routes
    assert route in words
    assert suggestion(suspected=yes).routes == (words,)


def test_protective_factors_are_listed_and_lower_nothing():
    result = suggest(MATRIX, said("V5"), TEN, said("PF1 PF3", suspected="PF7", no="PF2"))
    assert result.scale == 4
    assert result.to_weigh == (
        "Perpetrator out and barred by an order that is checked",
        "Warm, steady care by the parent who is not abusive",
        "Perpetrator admits the abuse and attends a suitable programme (not confirmed)",
    )


def test_a_suggestion_names_the_version_that_asked():
    assert suggestion("V1").instrument == "child-matrix 2026.1"


@pytest.mark.parametrize(
    ("answers", "protective", "words"),
    [
        ({"V13": Answer.YES}, {}, "no item V13"),
        ({"Z1": Answer.YES, "PF1": Answer.YES, "V1": Answer.NO}, {}, "no item PF1, Z1"),
        ({}, {"PF11": Answer.YES}, "no protective factor PF11"),
        ({}, {"V1": Answer.YES}, "no protective factor V1"),
    ],
)
def test_an_id_that_the_instrument_does_not_have_is_refused(answers, protective, words):
    with pytest.raises(ValueError, match=words):
        suggest(MATRIX, answers, TEN, protective)


def test_a_value_that_is_no_answer_is_refused():
    with pytest.raises(ValueError, match="perhaps"):
        suggest(MATRIX, {"V1": "perhaps"}, TEN, {})


def test_a_stored_value_reads_as_its_answer():
    assert suggest(MATRIX, {"V5": "yes"}, TEN, {}).scale == 4
