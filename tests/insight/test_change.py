"""What a figure says of change: against other days, over time, and of rules that changed."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from sightline.insight.catalogue import ALL, BY_ID
from sightline.insight.change import change_of
from sightline.insight.periods import Period
from sightline.insight.presenters import change_shown
from sightline.insight.reading import Asked, NotWholeError, Reading
from sightline.rules.disclosure.showing import HIDDEN
from sightline.rules.rounding import percent

AT = datetime(2026, 11, 20, 23, 40, tzinfo=UTC)
MONTHS = BY_ID["trend.months"]


def reading(figure, rows, first=date(2026, 1, 1), last=date(2026, 3, 31)):
    return Reading(figure, Asked(Period(first, last)), AT, rows, 1)


def months(*lately, days=30, contacts=100):
    """Rows of the figure by month with so many repeats within twelve months."""
    return [
        [f"Month {n}", Decimal(days), contacts, 50, 80, many, percent(many, contacts), many,
         percent(many, contacts)]
        for n, many in enumerate(lately)
    ]  # fmt: skip


def others(rows):
    """Return a function that reads these rows for whichever days, and the days it was asked for."""
    asked = []

    def read(period):
        asked.append((period.first, period.last))
        return reading(MONTHS, rows, period.first, period.last)

    return read, asked


def test_a_quarter_is_compared_with_the_quarter_before_and_with_its_own_season():
    read, asked = others(months(10, 10, 10))
    change = change_of(reading(MONTHS, months(20, 20, 20)), read)
    assert asked == [
        (date(2025, 10, 1), date(2025, 12, 31)),
        (date(2025, 1, 1), date(2025, 3, 31)),
    ]
    words = {one.measure: one.compared for one in change.comparisons[:3]}
    share = words["Repeats within twelve months, of children’s notifications"]
    assert share.is_real
    assert "Up 10.0 percentage points: 20.0 per cent (60 of 300)" in share.words
    assert words["Children’s notifications"].is_real is False


def test_february_is_compared_with_a_longer_january_day_by_day():
    read, asked = others(months(31))
    feb = reading(MONTHS, months(28), date(2026, 2, 1), date(2026, 2, 28))
    change = change_of(feb, read)
    assert asked[0] == (date(2026, 1, 1), date(2026, 1, 31))
    assert "1.00 times as many for each day" in change.comparisons[1].compared.words


@pytest.mark.parametrize(
    ("first", "last", "before", "year_before"),
    [
        ((2025, 4, 1), (2026, 3, 31), ((2024, 4, 1), (2025, 3, 31)), None),
        ((2024, 2, 1), (2024, 2, 29), ((2024, 1, 1), (2024, 1, 31)), ((2023, 2, 1), (2023, 2, 28))),
        ((2026, 5, 3), (2026, 5, 12), ((2026, 4, 23), (2026, 5, 2)), ((2025, 5, 3), (2025, 5, 12))),
    ],
)
def test_which_days_are_compared(first, last, before, year_before):
    read, asked = others(months(1))
    change_of(reading(MONTHS, months(1), date(*first), date(*last)), read)
    expected = [before, year_before] if year_before else [before]
    assert asked == [(date(*a), date(*b)) for a, b in expected]


def test_days_without_an_end_are_compared_with_nothing():
    read, asked = others(months(1))
    whole = Reading(MONTHS, Asked(Period()), AT, months(1, 2), 3)
    assert change_of(whole, read).comparisons == ()
    assert asked == []


def test_what_is_hidden_is_neither_compared_nor_drawn():
    read, _ = others(months(10))
    rows = months(20, 20)
    rows[1][7] = HIDDEN
    change = change_of(reading(MONTHS, rows), read)
    assert change.comparisons[1].compared is None  # repeats within twelve months
    assert change.comparisons[0].compared is not None  # all of them
    by_measure = {measure.words: chart for measure, chart in change.series}
    assert len(by_measure["Repeats within twelve months"].points) == 1


def test_days_that_a_reader_may_not_ask_for_are_not_compared():
    def refuses(period):
        raise NotWholeError("not these")

    assert change_of(reading(MONTHS, months(20)), refuses).comparisons == ()


def test_a_steady_series_is_called_chance_and_a_rise_is_named():
    read, _ = others(months(1))
    steady = [20, 24, 17, 22, 19, 25, 18, 21, 23, 16, 22, 20]
    change = change_of(reading(MONTHS, months(*steady)), read)
    (_, counts), (_, repeats), (_, share) = change.series
    assert counts.is_steady
    assert repeats.is_steady
    assert share.is_steady
    risen = change_of(reading(MONTHS, months(*steady, *(n + 15 for n in steady))), read)
    assert "in a row lie above the middle line" in risen.series[1][1].words[-1]


def test_shares_without_counts_beside_them_are_compared_by_what_they_were_worked_out_of():
    scales = BY_ID["s0.table4"]
    rows = [["2026", percent(40, 100), percent(30, 100), percent(20, 100), percent(10, 100)]]

    def read(period):
        before = [["2025", percent(4, 10), percent(4, 10), percent(1, 10), percent(1, 10)]]
        return reading(scales, before)

    scale3 = change_of(reading(scales, rows), read).comparisons[0]
    assert "20.0 per cent (20 of 100) against 10.0 (1 of 10)" in scale3.compared.words


def test_the_total_is_taken_where_a_row_is_hidden_and_the_measure_is_of_all():
    plans = BY_ID["s4.plans"]
    rows = [["Neglect", 9, HIDDEN, HIDDEN, 2, 3], ["total", 40, 20, percent(20, 40), 12, 8]]
    change = change_of(reading(plans, rows), lambda period: reading(plans, rows))
    assert "50.0 per cent (20 of 40)" in change.comparisons[0].compared.words


def test_rules_that_changed_within_what_is_compared_are_named():
    read, _ = others(months(1))
    change = change_of(reading(MONTHS, months(1), date(2013, 4, 1), date(2014, 3, 31)), read)
    assert [one.id for one in change.changed] == ["definition-2013"]
    scales = reading(BY_ID["s0.table4"], [], date(2013, 1, 1), date(2013, 12, 31))
    changed = change_of(scales, lambda period: scales).changed
    assert "screening-outcomes 2026.1" in [one.id for one in changed]


@pytest.mark.parametrize("figure", ALL, ids=lambda figure: figure.id)
def test_measures_name_columns_that_are_there(figure):
    names = {column.name for column in figure.columns}
    for measure in figure.measures:
        assert {measure.part, measure.whole or measure.part} <= names


BEGAN = date(2022, 3, 10)


def quarters(*shares, contacts=200):
    """Rows of repeats by quarter from the first of 2022 on, each so many per cent."""
    names = ["January {0} - March {0}", "April {0} - June {0}", "July {0} - September {0}",
             "October {0} - December {0}"]  # fmt: skip
    return [
        [names[n % 4].format(2022 + n // 4), Decimal(91), contacts, share * contacts // 100,
         percent(share * contacts // 100, contacts)]
        for n, share in enumerate(shares)
    ]  # fmt: skip


def in_quarters(*shares, first=None, last=None):
    return reading(BY_ID["trend.repeats"], quarters(*shares), first, last)


def test_the_last_year_of_a_series_is_compared_with_the_year_before_it():
    read, asked = others([])
    change = change_of(in_quarters(*[10] * 4, *[10] * 4, *[20] * 4), read)
    share, _, contacts = change.comparisons
    assert share.against == "January 2024 to December 2024 against January 2023 to December 2023"
    assert share.compared.short == "Up 10.0 percentage points, a real rise"
    assert contacts.compared.is_real is False
    assert asked == []


def test_where_the_record_begins_nothing_is_compared_that_looks_further_back():
    read, _ = others([])
    young = in_quarters(0, 5, 10, 15, 20, 20, 20, 20)
    change = change_of(young, read, BEGAN)
    [share, repeats, contacts] = [[point.label for point in chart.points]
                                  for _, chart in change.series]  # fmt: skip
    assert share == repeats == ["April 2023 - June 2023", "July 2023 - September 2023",
                                "October 2023 - December 2023"]  # fmt: skip
    assert contacts[0] == "April 2022 - June 2022"
    assert [one.measure for one in change.comparisons] == ["Children’s notifications"]
    assert "the record begins on 10 Mar 2022" in change.young[0]
    assert change_shown(change).answer == (
        "Repeats within twelve months, of children’s notifications: too early to tell"
    )
    fooled = change_of(young, read)  # a rise of the record's age, not of repeats
    assert fooled.comparisons[0].compared.is_real


def test_days_before_the_record_are_compared_with_nothing_and_young_ones_say_so():
    asked, rows = {}, quarters(20, 20)

    def read(period):
        asked[period] = True
        return reading(BY_ID["trend.repeats"], rows, period.first, period.last)

    now = reading(BY_ID["trend.repeats"], rows, date(2022, 10, 1), date(2023, 3, 31))
    [first, *_] = change_of(now, read, BEGAN).comparisons
    assert list(asked) == [Period(date(2022, 4, 1), date(2022, 9, 30))]
    assert first.compared is None
    assert "too young" in first.why


def test_two_quarters_are_compared_with_the_two_before():
    read, asked = others(months(1))
    change_of(reading(MONTHS, months(1), date(2026, 4, 1), date(2026, 9, 30)), read)
    assert asked[0] == (date(2025, 10, 1), date(2026, 3, 31))


def test_a_year_whose_rows_are_partly_hidden_is_compared_with_the_same_year_before():
    rows = quarters(*[10] * 4, *[20] * 4, *[20] * 4)
    rows[6][3] = rows[9][3] = HIDDEN
    read, _ = others([])
    [share, *_] = change_of(reading(BY_ID["trend.repeats"], rows, None, None), read).comparisons
    assert share.against == (
        "January 2024 to December 2024 against January 2023 to December 2023,"
        " without rows that are hidden"
    )
    assert "20.0 per cent (120 of 600) against 20.0 (120 of 600)" in share.compared.words
    assert share.compared.short == "No difference"
