"""What a series shows: chance, a point out of it, or a process that moved."""

from calendar import monthrange

import pytest

from sightline.rules.statistics.charts import (
    Kind,
    Point,
    fewest_by_chance,
    longest_by_chance,
    run_chart,
)


def months(counts):
    """Months of counts, from January 2024 on."""
    starts = [divmod(place, 12) for place in range(len(counts))]
    return [
        Point(f"{2024 + year}-{month + 1:02}", count, monthrange(2024 + year, month + 1)[1])
        for (year, month), count in zip(starts, counts, strict=True)
    ]


STEADY = [31, 27, 33, 25, 30, 36, 24, 29, 34, 26, 32, 28]


@pytest.mark.parametrize(
    ("points", "longest", "fewest"),
    # As in table 1 of Anhøj and Olesen 2014 and the documentation of qicharts2.
    [(10, 6, 2), (15, 7, 4), (20, 7, 6), (24, 8, 8), (30, 8, 10)],
)
def test_what_chance_explains_grows_with_the_series(points, longest, fewest):
    assert longest_by_chance(points) == longest
    assert fewest_by_chance(points) == fewest


def test_a_series_of_chance_is_called_chance():
    chart = run_chart(Kind.COUNT, months(STEADY))
    assert chart.is_steady
    assert "means nothing" in chart.words[0]


def test_limits_of_a_count_follow_the_length_of_the_month():
    chart = run_chart(Kind.COUNT, months([31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]))
    january, february = chart.points[:2]  # one event a day in every month: exactly as expected
    assert january.middle == pytest.approx(31)
    assert february.middle == pytest.approx(29)
    assert january.high == pytest.approx(31 + 3 * 31**0.5)
    assert chart.is_steady


def test_a_month_out_of_the_limits_is_named():
    chart = run_chart(Kind.COUNT, months([*STEADY, 75]))
    assert chart.is_steady is False
    assert chart.words == ("2025-01 lies above the limits: ask what happened then.",)
    assert [point.outside for point in chart.points] == [0] * 12 + [1]


def test_a_step_upwards_is_a_run_and_says_from_when():
    chart = run_chart(Kind.COUNT, months(STEADY + [n + 14 for n in STEADY]))
    assert any("in a row lie above the middle" in words for words in chart.words)
    assert next(point.label for point in chart.points if point.in_run) == "2025-01"


def test_families_scatter_more_so_the_limits_are_wider():
    """Every notification three times over, as for three siblings: no more is known, nothing new."""
    single = run_chart(Kind.COUNT, months(STEADY)).points[0]
    triple = run_chart(Kind.COUNT, months([3 * n for n in STEADY])).points[0]
    assert triple.high - triple.middle > 3 * 0.9 * (single.middle**0.5) * 3**0.5
    assert (triple.high - triple.middle) / triple.middle < (single.high / single.middle - 1) + 0.01


def test_shares_stay_between_none_and_all():
    series = [Point(str(n), n % 2, 2 + n % 3) for n in range(12)]
    chart = run_chart(Kind.SHARE, series)
    assert all(0 <= point.low <= point.middle <= point.high <= 100 for point in chart.points)


def test_a_share_that_is_always_all_has_limits_and_no_signal():
    chart = run_chart(Kind.SHARE, [Point(str(n), 4, 4) for n in range(12)])
    assert chart.is_steady
    assert {(point.low, point.high) for point in chart.points} == {(100.0, 100.0)}


def test_limits_of_a_measure_are_made_of_its_steps():
    """Wheeler's moving range: values 10 and 12 in turn step by 2, so one deviation is 2 / 1.128."""
    chart = run_chart(Kind.MEASURE, [Point(str(n), 10 + 2 * (n % 2)) for n in range(12)])
    assert chart.points[0].middle == 11
    assert chart.points[0].high == pytest.approx(11 + 3 * 2 / 1.128)


def test_a_slow_rise_crosses_the_middle_too_seldom():
    slow = run_chart(Kind.MEASURE, [Point(str(n), n) for n in range(14)])
    assert slow.is_steady is False


def test_too_few_points_prove_nothing_and_say_so():
    chart = run_chart(Kind.COUNT, months(STEADY[:9]))
    assert chart.is_steady is None
    assert "here 9," in chart.words[0]
    assert {point.high for point in chart.points} == {None}


def test_nothing_is_nothing():
    assert run_chart(Kind.SHARE, [Point("2024-01", 0, 0)]).points == ()
