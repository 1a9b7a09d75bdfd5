"""By when: tables that a practitioner can check with a diary and the list of bank holidays."""

from datetime import date, datetime

import pytest

from sightline.rules.calendar import england_and_wales
from sightline.rules.clocks.clock import clock_on
from sightline.rules.clocks.reckoning import add_months, due_day, due_moment
from sightline.rules.due import LONDON

BANK = england_and_wales()


def day(text: str) -> date:
    return datetime.strptime(text, "%a %d %b %Y").replace(tzinfo=LONDON).date()


@pytest.mark.parametrize(
    ("clock", "started", "by"),
    [
        # the referral is decided on within one working day
        ("referral_decision", "Mon 02 Nov 2026", "Tue 03 Nov 2026"),
        ("referral_decision", "Fri 20 Nov 2026", "Mon 23 Nov 2026"),  # Friday evening: Monday
        ("referral_decision", "Sat 21 Nov 2026", "Mon 23 Nov 2026"),
        ("referral_decision", "Thu 24 Dec 2026", "Tue 29 Dec 2026"),  # Boxing Day is made up Monday
        ("referral_decision", "Thu 02 Apr 2026", "Tue 07 Apr 2026"),  # over Easter
        ("referral_decision", "Wed 28 Feb 2024", "Thu 29 Feb 2024"),  # a leap day counts
        (
            "referral_decision",
            "Fri 27 Mar 2026",
            "Mon 30 Mar 2026",
        ),  # over the change of the clocks
        # a child and family assessment ends within 45
        ("assessment", "Mon 02 Nov 2026", "Thu 07 Jan 2027"),  # Christmas, its Monday, New Year
        ("assessment", "Mon 05 Jan 2026", "Mon 09 Mar 2026"),
        ("assessment", "Mon 08 Jan 2024", "Mon 11 Mar 2024"),  # with 29 February in it
        ("assessment", "Mon 30 Mar 2026", "Fri 05 Jun 2026"),  # Easter and both May holidays
        # an initial conference meets within 15 of the strategy discussion
        ("initial_conference", "Mon 02 Nov 2026", "Mon 23 Nov 2026"),
        ("initial_conference", "Fri 18 Dec 2026", "Wed 13 Jan 2027"),
        # a core group within 10, reviews after three and then six months
        ("core_group", "Mon 23 Nov 2026", "Mon 07 Dec 2026"),
        ("first_review", "Mon 23 Nov 2026", "Tue 23 Feb 2027"),
        ("first_review", "Mon 30 Nov 2026", "Sun 28 Feb 2027"),
        ("first_review", "Thu 30 Nov 2023", "Thu 29 Feb 2024"),
        ("later_review", "Tue 31 Mar 2026", "Wed 30 Sep 2026"),
        ("emergency_protection", "Mon 02 Nov 2026", "Tue 10 Nov 2026"),
        # as it was before one assessment took the place of two
        ("initial_assessment", "Mon 04 Mar 2013", "Mon 18 Mar 2013"),
    ],
)
def test_a_clock_is_over_at_the_end_of_this_day(clock, started, by):
    start = day(started)
    assert due_day(clock_on(clock, start), start, BANK).by == day(by)


@pytest.mark.parametrize(
    ("decided", "by"),
    [
        ("2026-11-20T17:30", "2026-11-21T17:30"),  # Friday evening: hours know no weekend
        ("2026-10-24T22:00", "2026-10-25T21:00"),  # the night with one hour more
        ("2026-03-28T22:00", "2026-03-29T23:00"),  # the night with one hour less
        ("2024-02-28T10:00", "2024-02-29T10:00"),
        ("2026-12-24T16:00", "2026-12-25T16:00"),
    ],
)
def test_a_strategy_discussion_is_held_within_24_hours(decided, by):
    start = datetime.fromisoformat(decided).replace(tzinfo=LONDON)
    due = due_moment(clock_on("strategy_discussion", start.date()), start)
    assert due.at == datetime.fromisoformat(by).replace(tzinfo=LONDON)


def test_the_reason_can_be_read_aloud():
    due = due_day(clock_on("assessment", date(2026, 11, 2)), date(2026, 11, 2), BANK)
    assert due.because == (
        "45 working days after the referral on Monday 2 November 2026: by Thursday 7 January 2027."
    )
    at = datetime(2026, 11, 20, 17, 30, tzinfo=LONDON)
    assert due_moment(clock_on("strategy_discussion", at.date()), at).because == (
        "24 hours after the decision to hold one on Friday 20 November 2026 at 17:30: "
        "by 17:30 on Saturday 21 November 2026."
    )


def test_before_2013_there_was_no_such_assessment_and_after_it_no_initial_one():
    with pytest.raises(LookupError, match="No clock 'assessment' was in force on 2013-04-14"):
        clock_on("assessment", date(2013, 4, 14))
    with pytest.raises(LookupError):
        clock_on("initial_assessment", date(2013, 4, 15))


def test_a_month_ends_where_it_ends():
    assert add_months(date(2026, 12, 31), 2) == date(2027, 2, 28)
    assert add_months(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert add_months(date(2026, 11, 30), 3) == date(2027, 2, 28)


def test_hours_are_not_counted_from_a_day_nor_days_from_an_hour():
    with pytest.raises(ValueError, match="from a moment"):
        due_day(clock_on("police_protection", date(2026, 1, 1)), date(2026, 1, 1), BANK)
    with pytest.raises(ValueError, match="not in hours"):
        due_moment(clock_on("assessment", date(2026, 1, 1)), datetime(2026, 1, 1, tzinfo=LONDON))
