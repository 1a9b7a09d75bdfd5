"""A suggestion says what it could not take into account."""

from dataclasses import replace

import pytest

from sightline.rules.screening.answers import Answer
from sightline.rules.screening.confidence import Counts
from sightline.rules.screening.suggest import suggest
from tests.rules.screening.cast import MATRIX, TEN


def screened(not_known: int = 0, not_asked: int = 0, child=TEN):
    """All items No, but the last so many not known and the ones before those not asked."""
    ids = [item.id for item in MATRIX.items]
    answers = dict.fromkeys(ids, Answer.NO)
    answers.update(dict.fromkeys(ids[75 - not_known :], Answer.NOT_KNOWN))
    for id_ in ids[75 - not_known - not_asked : 75 - not_known]:
        del answers[id_]
    return suggest(MATRIX, answers, child, {})


@pytest.mark.parametrize(
    ("not_known", "not_asked", "words"),
    [
        (0, 0, "All 75 questions are answered."),
        (4, 5, "9 of 75 not known, 4 of these asked and not answered."),
        (0, 9, "9 of 75 not known, none of these asked and not answered."),
        (75, 0, "75 of 75 not known, 75 of these asked and not answered."),
    ],
)
def test_it_says_how_many_questions_are_open_and_why(not_known, not_asked, words):
    result = screened(not_known, not_asked)
    assert result.confidence == words
    assert result.counts == Counts(75 - not_known - not_asked, not_known, not_asked, 75)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"age_in_months": None}, "The child's age is not known."),
        (
            {"disability": None},
            "Whether the child has a disability or additional need is not known.",
        ),
    ],
)
def test_it_says_which_fact_about_the_child_would_move_the_scale(facts, words):
    confidence = screened(child=replace(TEN, **facts)).confidence
    assert confidence == f"All 75 questions are answered. {words}"


def test_an_unborn_child_has_no_unknown_age():
    unborn = replace(TEN, age_in_months=None, unborn=True)
    assert screened(child=unborn).confidence == "All 75 questions are answered."


@pytest.mark.parametrize(
    ("not_asked", "words"),
    [
        (0, "Nothing recorded that raises the scale"),
        (
            56,
            "Nothing recorded that raises the scale; 56 of 75 questions are not known or not asked",
        ),
        (
            57,
            "Nothing recorded that raises the scale, but 57 of 75 questions are not known or not "
            "asked: too little to say that the risk is low",
        ),
    ],
)
def test_nothing_recorded_is_scale_1_and_says_when_hardly_anybody_asked(not_asked, words):
    result = screened(not_asked=not_asked)
    (reason,) = result.reasons
    assert (result.scale, reason.item, reason.scale) == (1, None, 1)
    assert reason.words == words


@pytest.mark.parametrize(
    ("answer", "label"),
    [
        (Answer.YES, "Yes"),
        (Answer.SUSPECTED, "Suspected"),
        (Answer.NO, "No"),
        (Answer.NOT_KNOWN, "Not known"),
        (Answer.NOT_ASKED, "Not asked"),
    ],
)
def test_each_answer_has_its_label(answer, label):
    assert answer.label == label
