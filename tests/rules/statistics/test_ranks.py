"""Do two things that are measured of the same places go together?"""

import pytest

from sightline.rules.statistics.ranks import ranks, together

UP = list(range(12))


def test_equal_values_share_their_mean_rank():
    assert ranks([30, 10, 20, 20]) == [4, 1, 2.5, 2.5]
    assert ranks([]) == []


@pytest.mark.parametrize(
    ("others", "value"),
    [
        ([x**3 for x in UP], 1.0),  # any rise counts alike, however bent
        ([-x for x in UP], -1.0),
        ([1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10], 1 - 6 * 12 / (12 * 143)),  # 1 - 6 Σd² / n(n²-1)
    ],
)
def test_the_value_is_that_of_the_ranks(others, value):
    assert together(list(zip(UP, others, strict=True))).value == pytest.approx(value)


def test_with_ties_it_is_what_other_programs_say():
    x = [1, 2, 2, 3, 4, 5, 6, 7, 8, 9]
    y = [2, 1, 3, 3, 5, 4, 8, 6, 9, 9]
    found = together(list(zip(x, y, strict=True)))
    assert found.value == pytest.approx(0.9449585, abs=1e-6)  # scipy.stats.spearmanr(x, y)
    assert found.interval.low < found.value < found.interval.high <= 1


def test_the_interval_is_that_of_bonett_and_wright():
    pairs = [(x, (x * 7) % 30) for x in range(30)]
    found = together(pairs)
    assert found.value == pytest.approx(0.119021, abs=1e-6)
    # 0.119584 (its arctanh) less and plus 1.959964 * sqrt(1.007083 / 27)
    assert found.interval.low == pytest.approx(-0.253305, abs=1e-6)
    assert found.interval.high == pytest.approx(0.460635, abs=1e-6)
    assert found.interval.holds(0)
    assert "need not go together" in found.words


def test_what_goes_together_is_said_in_words():
    assert "strongly" in together([(x, x) for x in range(40)]).words
    noisy = [(x, x + (x * 37 % 41) * 1.2) for x in range(100)]
    assert "more than chance" in together(noisy).words


def test_few_places_or_a_flat_side_say_nothing():
    assert together([(1, 2)] * 9) is None
    assert together([(x, 5) for x in range(20)]) is None
