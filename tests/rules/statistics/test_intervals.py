"""Intervals agree with the examples in the papers that they come from."""

from math import inf

import pytest

from sightline.rules.statistics.intervals import (
    MANY,
    of_count,
    of_difference,
    of_ratio,
    of_share,
)


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [  # Newcombe 1998, Statistics in Medicine 17: 857-872, table I, method 3
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_interval_of_a_share_is_the_published_one(part, whole, low, high):
    found = of_share(part, whole)
    assert (found.low, found.high) == pytest.approx((low, high), abs=0.00005)


@pytest.mark.parametrize(
    ("after", "before", "low", "high"),
    [  # Newcombe 1998, Statistics in Medicine 17: 873-890, table II, method 10
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0),
    ],
)
def test_the_interval_of_a_difference_is_the_published_one(after, before, low, high):
    found = of_difference(after, before)
    assert (found.low, found.high) == pytest.approx((low, high), abs=0.00005)


def test_a_share_of_nothing_has_no_interval_and_is_not_compared():
    assert of_share(0, 0) is None
    assert of_difference((0, 0), (3, 10)) is None
    assert of_ratio(0, 0) is None


@pytest.mark.parametrize("count", [0, 1, 4, 9, 10, 37, 250])
def test_the_interval_of_a_count_is_the_exact_one_to_a_hundredth(count):
    chi2 = pytest.importorskip("scipy.stats").chi2
    low = chi2.ppf(0.025, 2 * count) / 2 if count else 0.0
    found = of_count(count)
    assert found.low == pytest.approx(low, rel=0.01)
    assert found.high == pytest.approx(chi2.ppf(0.975, 2 * count + 2) / 2, rel=0.01)


def test_the_limits_of_a_ratio_are_where_a_score_test_would_reject():
    """Cancers of nurses, 41 in 28,010 years and 15 in 19,017 (Rothman, Modern Epidemiology)."""
    found = of_ratio(41, 15, (28_010, 19_017))
    for limit in (found.low, found.high):
        share = limit * 28_010 / (limit * 28_010 + 19_017)
        score = (41 - 56 * share) ** 2 / (56 * share * (1 - share))
        assert score == pytest.approx(1.959964**2, rel=1e-6)
    assert found.holds(41 / 28_010 / (15 / 19_017))


def test_against_none_a_ratio_has_no_upper_limit():
    assert of_ratio(4, 0).high == inf
    assert of_ratio(0, 4).low == 0


def test_looking_at_many_areas_asks_for_more():
    usual, many = of_ratio(35, 17), of_ratio(35, 17, z=MANY)
    assert usual.low > 1 > many.low
