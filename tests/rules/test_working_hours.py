"""By when an agency has answered: a rota that a practitioner can check, line by line.

Hours count from 09:00 to 17:00 on working days; what is asked at 16:00 or later begins on the next.
"""

from datetime import UTC, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sightline.rules.calendar import england_and_wales, is_working_day
from sightline.rules.due import LONDON, in_london
from sightline.rules.working_hours import WorkingDay, clock_starts, due_in_working_hours

DAY = WorkingDay(time(9), time(17), time(16))
BANK = england_and_wales()

# asked (London)       hours  due (London)          why this line is here
ROTA = """
2026-11-16 09:00       4      2026-11-16 13:00      a Monday morning
2026-11-16 08:10       4      2026-11-16 13:00      before the day begins counts from nine
2026-11-16 12:30       4      2026-11-16 16:30      within the day
2026-11-16 13:00       4      2026-11-16 17:00      exactly to the end of the day
2026-11-16 14:00       4      2026-11-17 10:00      over the night
2026-11-16 15:59       4      2026-11-17 11:59      just before the cut-off
2026-11-16 16:00       4      2026-11-17 13:00      at the cut-off: the next working day
2026-11-16 21:30       8      2026-11-17 17:00      in the evening, a whole day
2026-11-20 15:30       4      2026-11-23 11:30      Friday afternoon, over the weekend
2026-11-20 23:40       4      2026-11-23 13:00      Friday night
2026-11-21 11:00       8      2026-11-23 17:00      a Saturday
2026-11-20 10:00       24     2026-11-25 10:00      three working days over a weekend
2026-12-24 14:00       4      2026-12-29 10:00      Christmas: Boxing Day moves to Monday
2026-12-31 15:00       8      2027-01-04 15:00      New Year's Day, then the weekend
2027-03-25 14:00       8      2027-03-30 14:00      Easter; the clocks go forward in it
2026-03-27 16:30       4      2026-03-30 13:00      Friday before the clocks go forward
2026-10-23 15:00       4      2026-10-26 11:00      Friday before the clocks go back
2026-05-01 12:00       8      2026-05-05 12:00      the early May bank holiday
2026-08-28 16:00       4      2026-09-01 13:00      the August bank holiday
2028-02-28 14:00       8      2028-02-29 14:00      29 February is a working day in 2028
2028-02-29 16:10       4      2028-03-01 13:00      and the first of March follows it
""".strip().splitlines()  # fmt: skip


def lines():
    for line in ROTA:
        asked, hours, due, why = line[:16], line[23:30], line[30:46], line[52:]
        yield pytest.param(moment(asked), int(hours), moment(due), id=why.strip())


def moment(written):
    return datetime.strptime(written, "%Y-%m-%d %H:%M").replace(tzinfo=LONDON)


@pytest.mark.parametrize(("asked", "hours", "due"), list(lines()))
def test_the_rota(asked, hours, due):
    assert due_in_working_hours(asked.astimezone(UTC), hours, DAY, BANK).at == due


def test_the_reason_says_when_the_clock_began():
    because = due_in_working_hours(moment("2026-11-20 23:40"), 4, DAY, BANK).because
    assert because == (
        "4 working hours after 23:40 on Friday 20 November 2026. The clock runs from 09:00 on "
        "Monday 23 November 2026. By 13:00 on Monday 23 November 2026."
    )


SECONDS = st.integers(
    int(datetime(2026, 1, 1, tzinfo=UTC).timestamp()),
    int(datetime(2027, 6, 1, tzinfo=UTC).timestamp()),
)


@settings(max_examples=50, deadline=None)
@given(at=SECONDS, hours=st.integers(1, 60), later=st.integers(0, 10_000))
def test_a_clock_ends_in_working_hours_and_asking_later_never_ends_it_sooner(at, hours, later):
    asked = datetime.fromtimestamp(at, UTC)
    due = in_london(due_in_working_hours(asked, hours, DAY, BANK).at)
    assert is_working_day(due.date(), BANK)
    assert DAY.starts < due.time() <= DAY.ends
    again = datetime.fromtimestamp(at + 60 * later, UTC)
    assert due_in_working_hours(again, hours, DAY, BANK).at >= due
    assert clock_starts(asked, DAY, BANK) >= asked


@pytest.mark.parametrize("hours", [0, -4])
def test_no_clock_runs_for_no_time(hours):
    with pytest.raises(ValueError, match="an hour at least"):
        due_in_working_hours(moment("2026-11-16 09:00"), hours, DAY, BANK)


def test_a_time_without_a_zone_has_no_deadline():
    with pytest.raises(ValueError, match="zone"):
        due_in_working_hours(datetime(2026, 11, 16, 9), 4, DAY, BANK)  # noqa: DTZ001


def test_a_working_day_that_ends_before_it_starts_is_none():
    with pytest.raises(ValueError, match="cut-off"):
        WorkingDay(time(9), time(17), time(17, 30))
