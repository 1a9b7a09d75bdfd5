"""The eight bands of time since the last notification, at their edges."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.rules.repeats import BANDS, add_months, band


def test_the_bands_are_the_eight_published_ones_in_order():
    assert [b.words for b in BANDS] == [
        "Less than 1 week",
        "1 to 2 weeks",
        "2 weeks to 1 month",
        "1 month to 3 months",
        "3 months to 6 months",
        "6 months to 1 year",
        "1 year to 2 years",
        "Over 2 years",
    ]


@pytest.mark.parametrize(
    ("previous", "this", "words"),
    [
        (date(2012, 3, 1), date(2012, 3, 1), "Less than 1 week"),  # twice on one day
        (date(2012, 3, 1), date(2012, 3, 7), "Less than 1 week"),
        (date(2012, 3, 1), date(2012, 3, 8), "1 to 2 weeks"),
        (date(2012, 3, 1), date(2012, 3, 15), "2 weeks to 1 month"),
        (date(2012, 3, 1), date(2012, 3, 31), "2 weeks to 1 month"),
        (date(2012, 3, 1), date(2012, 4, 1), "1 month to 3 months"),
        (date(2012, 3, 1), date(2012, 6, 1), "3 months to 6 months"),
        (date(2012, 3, 1), date(2012, 9, 1), "6 months to 1 year"),
        (date(2012, 3, 1), date(2013, 2, 28), "6 months to 1 year"),
        (date(2012, 3, 1), date(2013, 3, 1), "1 year to 2 years"),
        (date(2012, 3, 1), date(2014, 2, 28), "1 year to 2 years"),
        (date(2012, 3, 1), date(2014, 3, 1), "Over 2 years"),
        (date(2011, 1, 31), date(2011, 2, 27), "2 weeks to 1 month"),
        (date(2011, 1, 31), date(2011, 2, 28), "1 month to 3 months"),
        (date(2012, 2, 29), date(2013, 2, 28), "1 year to 2 years"),
    ],
)
def test_a_boundary_belongs_to_the_later_band(previous, this, words):
    assert band(previous, this).words == words


def test_a_month_after_the_31st_is_the_last_day_of_the_next():
    assert add_months(date(2012, 1, 31), 1) == date(2012, 2, 29)
    assert add_months(date(2012, 12, 31), 2) == date(2013, 2, 28)


def test_time_does_not_run_backwards():
    with pytest.raises(ValueError, match="later than this one"):
        band(date(2012, 3, 2), date(2012, 3, 1))


@given(st.dates(date(2000, 1, 1), date(2030, 1, 1)), st.integers(0, 1500), st.integers(0, 60))
def test_a_longer_time_never_falls_into_a_shorter_band(previous, days, more):
    sooner = band(previous, previous + timedelta(days=days))
    later = band(previous, previous + timedelta(days=days + more))
    assert BANDS.index(sooner) <= BANDS.index(later)
