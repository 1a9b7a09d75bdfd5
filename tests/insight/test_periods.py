"""The rows into which the calendar is divided, and how a part of one is named."""

from datetime import date

import pytest

from sightline.demo.dudley.published import CONTACTS, SHARES
from sightline.insight.periods import Period, financial_year, reporting_span


@pytest.mark.parametrize("row", SHARES, ids=lambda row: row.period)
def test_the_published_rows_are_named_and_bounded_as_published(row):
    for day in (row.starts, row.ends):
        span = reporting_span(day)
        assert (span.first, span.last, span.name) == (row.starts, row.ends, row.period)


@pytest.mark.parametrize("row", CONTACTS[1:4], ids=lambda row: row.period)
def test_financial_years_are_named_and_bounded_as_published(row):
    span = financial_year(row.starts.year)
    assert (span.first, span.last, span.name) == (row.starts, row.ends, row.period)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2009, 9, 30), "July 2009 - September 2009"),
        (date(2013, 1, 1), "January 2013 - March 2013"),
        (date(2026, 11, 20), "October 2026 - December 2026"),
        (date(2026, 12, 31), "October 2026 - December 2026"),
    ],
)
def test_other_days_are_in_their_calendar_quarter(day, name):
    assert reporting_span(day).name == name


def test_the_turn_of_a_century_has_a_short_name():
    assert financial_year(1999).name == "1999-00"


def test_a_row_of_which_the_period_holds_a_part_says_which():
    year = financial_year(2010)
    assert year.label(Period()) == "2010-11"
    assert year.label(Period(date(2010, 4, 1), date(2011, 3, 31))) == "2010-11"
    cut = Period(date(2010, 4, 2), None)
    assert year.label(cut) == "2010-11 (only 2 April 2010 to 31 March 2011)"


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (Period(), "the whole record"),
        (Period(date(2010, 4, 1)), "1 April 2010 onwards"),
        (Period(None, date(2011, 3, 31)), "everything up to 31 March 2011"),
        (Period(date(2010, 4, 1), date(2011, 3, 31)), "1 April 2010 to 31 March 2011"),
    ],
)
def test_a_period_is_said_in_words(period, words):
    assert period.words == words


def test_a_period_is_over_at_midnight_in_london_after_its_last_day():
    first, after = Period(date(2012, 7, 1), date(2012, 12, 31)).moments()
    assert [first.isoformat(), after.isoformat()] == [
        "2012-07-01T00:00:00+01:00", "2013-01-01T00:00:00+00:00",
    ]  # fmt: skip
