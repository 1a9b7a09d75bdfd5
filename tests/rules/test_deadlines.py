"""The clocks, as a rota would put them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from sightline.rules.calendar import SchoolCalendar, england_and_wales
from sightline.rules.deadlines import (
    LONDON,
    Due,
    assessment_due,
    conference_due,
    in_working_days,
    is_late,
    referral_decision_due,
    school_told_by,
)

BANK = england_and_wales()
ALL_YEAR = SchoolCalendar(terms=((date(2023, 9, 1), date(2028, 7, 20)),))
TWO_TERMS = SchoolCalendar(
    terms=((date(2026, 9, 3), date(2026, 12, 18)), (date(2027, 1, 4), date(2027, 3, 25)))
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-03-06T23:10", "2026-03-09T09:00"),  # Friday night: Monday
        ("2026-03-07T14:00", "2026-03-09T09:00"),  # Saturday
        ("2026-03-08T23:59", "2026-03-09T09:00"),  # Sunday night
        ("2026-03-09T00:30", "2026-03-09T09:00"),  # after midnight: that morning
        ("2026-03-09T08:59", "2026-03-09T09:00"),  # the child is about to walk in
        ("2026-03-09T09:00", "2026-03-10T09:00"),  # the bell has gone
        ("2026-03-09T15:30", "2026-03-10T09:00"),
        ("2026-03-27T22:00", "2026-03-30T09:00"),  # over the change to summer time
        ("2026-10-23T22:00", "2026-10-26T09:00"),  # and back
        ("2024-02-28T22:00", "2024-02-29T09:00"),  # a leap day
        ("2026-04-02T22:00", "2026-04-07T09:00"),  # over Easter
        ("2026-05-01T22:00", "2026-05-05T09:00"),  # the May bank holiday
    ],
)
def test_the_school_is_told_before_the_next_bell(received, due):
    assert school_told_by(at(received), ALL_YEAR, BANK).at == at(due)


def test_a_holiday_is_waited_out_where_the_terms_are_known():
    due = school_told_by(at("2026-12-18T20:00"), TWO_TERMS, BANK)
    assert due.at == at("2027-01-04T09:00")
    assert due.because == (
        "Received Friday 18 December 2026 at 20:00; "
        "the next school day, Monday 4 January 2027, starts at 09:00."
    )


def test_where_no_terms_are_known_the_reason_says_so():
    due = school_told_by(at("2026-08-14T20:00"), SchoolCalendar(), BANK)
    assert due.at == at("2026-08-17T09:00")
    assert "Term dates are not known" in due.because


def test_nine_oclock_is_nine_oclock_in_london_whatever_zone_it_came_in():
    summer = school_told_by(datetime(2026, 6, 9, 7, 59, tzinfo=UTC), ALL_YEAR, BANK)
    after = school_told_by(datetime(2026, 6, 9, 8, 0, tzinfo=UTC), ALL_YEAR, BANK)
    assert summer.at.astimezone(UTC) == datetime(2026, 6, 9, 8, tzinfo=UTC)
    assert after.at.astimezone(UTC) == datetime(2026, 6, 10, 8, tzinfo=UTC)


def test_the_night_the_clocks_change_lasts_as_long_as_it_lasts():
    received = at("2026-03-28T22:00")
    due = school_told_by(received, ALL_YEAR, BANK)
    assert due.at.astimezone(UTC) - received.astimezone(UTC) == timedelta(hours=34)


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="without a zone"):
        school_told_by(datetime(2026, 3, 6, 23, 10), ALL_YEAR, BANK)  # noqa: DTZ001


DUE = Due(at("2026-03-09T09:00"), "a test")


@pytest.mark.parametrize(
    ("told", "now", "late"),
    [
        ("2026-03-09T08:59", "2026-03-09T12:00", False),
        ("2026-03-09T09:00", "2026-03-09T12:00", True),  # the limit is "before"
        (None, "2026-03-09T08:59", False),
        (None, "2026-03-09T09:00", True),
    ],
)
def test_late_is_told_late_or_still_not_told(told, now, late):
    assert is_late(DUE, told and at(told), at(now)) is late


def test_a_day_clock_runs_to_the_end_of_its_day():
    due = referral_decision_due(date(2026, 3, 6), BANK)
    assert due.by == date(2026, 3, 9)
    assert not is_late(due, at("2026-03-09T23:59"), at("2026-03-20T12:00"))
    assert is_late(due, None, at("2026-03-10T00:00"))


def test_an_assessment_takes_45_working_days_at_most():
    due = assessment_due(date(2026, 3, 9), BANK)
    assert due.by == date(2026, 5, 14)  # nine weeks, Easter's two days and the May holiday
    assert due.because == (
        "45 working days after the referral on Monday 9 March 2026: by Thursday 14 May 2026."
    )


def test_a_conference_meets_within_15_working_days_of_the_strategy_discussion():
    assert conference_due(date(2026, 12, 14), BANK).by == date(2027, 1, 7)


def test_no_working_day_clock_ends_on_a_weekend_or_a_bank_holiday():
    starts = [date(2026, 1, 1) + timedelta(days=n) for n in range(400)]
    ends = {rule(day, BANK).by for day in starts for rule in (assessment_due, conference_due)}
    assert not any(day.weekday() >= 5 or day in BANK.days for day in ends)


def test_an_agreed_number_of_working_days_says_what_it_counts_from():
    due = in_working_days(date(2026, 3, 6), 5, BANK, "the action was agreed")
    assert due.because.startswith("5 working days after the action was agreed on Friday 6 March")
