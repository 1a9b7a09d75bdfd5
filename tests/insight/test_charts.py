"""Charts stand in a page under its security policy, say what they show, and need no colour."""

import re

import pytest

from sightline.insight.charts.drawing import NotDrawnError, safe
from sightline.insight.charts.kinds import Bars, of_bars, of_series, short
from sightline.rules.statistics.charts import Kind, Point, run_chart

STEADY = [Point(f"Month {n}", 50 + n % 3, 100) for n in range(12)]


@pytest.fixture(scope="module")
def series():
    chart = run_chart(Kind.SHARE, [*STEADY, Point("Month 12 & <b>", 99, 100)])
    return of_series(chart, "Are repeats going up?", "Per cent")


def test_a_chart_has_no_style_no_script_and_nothing_from_elsewhere(series):
    assert not re.search(r"style|<script|href|url\(|onload", series)


def test_a_chart_is_described_for_who_cannot_see_it(series):
    assert ">Are repeats going up?</title>" in series
    assert "13 points from Month 0 (50 per cent)" in series
    assert "lies above the limits" in series


def test_what_is_written_in_a_chart_is_only_text(series):
    assert "<b>" not in series
    assert "&lt;b&gt;" in series


def test_a_hidden_number_has_no_bar_and_says_so():
    drawn = of_bars(Bars([("Ward A", "Children", 12), ("Ward B", "Children", None)], ""), "Q", "D")
    assert [text for text in (">hidden<", ">12<") if text not in drawn] == []


@pytest.mark.parametrize(
    "bad", ["<script/>", '<rect style="fill:red"/>', '<a href="x"/>', '<rect fill="url(#x)"/>']
)
def test_whatever_is_not_a_shape_or_a_text_is_refused(bad):
    with pytest.raises(NotDrawnError):
        safe(f'<svg xmlns="http://www.w3.org/2000/svg">{bad}</svg>', "t", "d", "c")


def test_long_labels_are_short_under_a_line():
    assert short("October 2024 - December 2024") == "Oct to Dec 2024"
    assert short("May 2026") == "May 2026"
