"""Working days and school days, by the calendar on the wall."""

from datetime import UTC, date, datetime, timedelta

import pytest

from sightline.rules.calendar import (
    SchoolCalendar,
    add_working_days,
    england_and_wales,
    is_working_day,
    next_school_day,
)
from sightline.rules.repeats import add_months

BANK = england_and_wales()
SPRING_2026 = SchoolCalendar(
    terms=((date(2026, 1, 5), date(2026, 2, 13)), (date(2026, 2, 23), date(2026, 3, 27))),
    closures=frozenset({date(2026, 2, 23)}),
)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 3, 6), True),  # a Friday
        (date(2026, 3, 7), False),  # Saturday
        (date(2026, 3, 8), False),  # Sunday
        (date(2026, 4, 3), False),  # Good Friday
        (date(2026, 4, 6), False),  # Easter Monday
        (date(2026, 12, 28), False),  # for Boxing Day, a Saturday in 2026
        (date(2024, 2, 29), True),  # a leap day is a day
    ],
)
def test_a_working_day_is_a_weekday_that_is_no_bank_holiday(day, works):
    assert is_working_day(day, BANK) is works


def test_scottish_holidays_do_not_count():
    assert is_working_day(date(2026, 1, 2), BANK)
    assert is_working_day(date(2026, 11, 30), BANK)


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        (date(2026, 3, 6), 1, date(2026, 3, 9)),  # Friday to Monday
        (date(2026, 3, 7), 1, date(2026, 3, 9)),  # Saturday to Monday
        (date(2026, 4, 2), 1, date(2026, 4, 7)),  # over Easter
        (date(2026, 12, 24), 2, date(2026, 12, 30)),  # over Christmas
        (date(2024, 2, 28), 1, date(2024, 2, 29)),
        (date(2026, 3, 7), 0, date(2026, 3, 7)),
    ],
)
def test_working_days_are_counted_from_the_day_after(start, n, end):
    assert add_working_days(start, n, BANK) == end


def test_working_days_are_not_counted_backwards():
    with pytest.raises(ValueError, match="forwards"):
        add_working_days(date(2026, 3, 6), -1, BANK)


def test_the_bundled_bank_holidays_last_another_half_year():
    # When this fails, update govuk-bank-holidays: clocks would start to count holidays as work.
    assert add_months(datetime.now(UTC).date(), 6) <= BANK.known_until


def test_bank_holidays_need_no_network(monkeypatch):
    monkeypatch.setattr("requests.get", lambda *a, **k: pytest.fail("went to the network"))
    england_and_wales.cache_clear()
    assert date(2026, 12, 25) in england_and_wales().days


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (date(2026, 3, 6), date(2026, 3, 9)),  # a weekend
        (date(2026, 2, 13), date(2026, 2, 24)),  # half-term, then a training day
        (date(2026, 1, 4), date(2026, 1, 5)),
    ],
)
def test_the_next_school_day_skips_weekends_half_terms_and_closures(after, expected):
    found = next_school_day(after, SPRING_2026, BANK)
    assert (found.day, found.assumed) == (expected, False)


def test_a_bank_holiday_within_term_is_no_school_day():
    term = SchoolCalendar(terms=((date(2026, 4, 13), date(2026, 5, 22)),))
    assert next_school_day(date(2026, 5, 1), term, BANK).day == date(2026, 5, 5)


def test_without_term_dates_every_working_day_counts_and_it_is_said():
    found = next_school_day(date(2026, 8, 7), SchoolCalendar(), BANK)
    assert (found.day, found.assumed) == (date(2026, 8, 10), True)


def test_after_the_last_term_on_record_we_do_not_guess_a_holiday():
    found = next_school_day(date(2026, 3, 27), SPRING_2026, BANK)
    assert (found.day, found.assumed) == (date(2026, 3, 30), True)


def test_a_closed_school_is_closed_even_where_no_terms_are_known():
    snow = SchoolCalendar(closures=frozenset({date(2026, 1, 12)}))
    assert next_school_day(date(2026, 1, 9), snow, BANK).day == date(2026, 1, 13)


def test_a_term_cannot_end_before_it_begins():
    with pytest.raises(ValueError, match="before it begins"):
        SchoolCalendar(terms=((date(2026, 3, 1), date(2026, 3, 1) - timedelta(days=1)),))
