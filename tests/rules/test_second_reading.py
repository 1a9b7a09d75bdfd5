"""How many must answer, and what settles a question."""

import pytest

from sightline.rules.second_reading import disagree, drawn_for_quality, settled

S, N, U = "same", "not_same", "unsure"


@pytest.mark.parametrize(
    ("answers", "plain", "of_two", "doubted"),
    [
        ([], None, None, None),
        ([U], None, None, None),
        ([S], S, None, None),
        ([N], N, None, N),
        ([S, S], S, S, S),
        ([N, N], N, N, N),
        ([S, N], None, None, None),
        ([N, S], None, None, None),
        ([S, U, S], S, S, S),
        ([S, N, N], N, N, N),
        ([N, S, S], S, S, S),
        ([S, N, S], S, S, S),
    ],
)
def test_what_answers_settle(answers, plain, of_two, doubted):
    assert settled(answers, of_two=False, doubted=False) == plain
    assert settled(answers, of_two=True, doubted=False) == of_two
    assert settled(answers, of_two=False, doubted=True) == doubted


def test_two_disagree_when_one_says_each():
    assert disagree([S, N])
    assert not disagree([S, S, U])


def test_one_in_ten_is_drawn_and_the_same_ones_again_whatever_their_last_digit():
    drawn = [n for n in range(20_000) if drawn_for_quality(n, one_in=10)]
    assert drawn == [n for n in range(20_000) if drawn_for_quality(n, one_in=10)]
    assert 1_850 < len(drawn) < 2_150
    assert {n % 10 for n in drawn} == set(range(10))


def test_none_is_drawn_where_none_is_wanted():
    assert not any(drawn_for_quality(n, one_in=0) for n in range(1_000))
