"""What people write into the boxes of a day and of a moment, and what they are told."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django import forms
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from sightline.common.fields import DayField, MomentField, Written

BORN = DayField(called="date of birth")
CALLED = MomentField(called="call")


def day_of(day: str, month: str, year: str) -> date | None:
    return BORN.clean(Written(day, month, year))


def refusal(field: DayField, *boxes: str) -> tuple[str, str | None]:
    with pytest.raises(ValidationError) as refused:
        field.clean(Written(*boxes))
    return refused.value.messages[0], refused.value.error_list[0].code


@pytest.mark.parametrize(
    "boxes",
    [("9", "5", "2017"), ("09", "05", "2017"), ("9", "May", "2017"), ("9", "may", "2017")],
)
def test_a_day_is_understood_however_it_is_commonly_written(boxes):
    assert day_of(*boxes) == date(2017, 5, 9)


@pytest.mark.parametrize("month", ["sep", "Sept", "SEPTEMBER", "9", "09"])
def test_a_month_may_be_a_number_or_a_name(month):
    assert day_of("30", month, "2020") == date(2020, 9, 30)


@pytest.mark.parametrize(
    ("boxes", "says", "marks"),
    [
        (("", "5", "2017"), "must have a day", "day"),
        (("9", "", "2017"), "must have a month", "month"),
        (("9", "5", ""), "must have a year", "year"),
        (("9", "5", "17"), "four digits", "year"),
        (("9", "5", "0017"), "four digits", "year"),
        (("9", "5", "20170"), "four digits", "year"),
        (("31", "2", "2017"), "exists in the calendar", "day"),
        (("29", "2", "2025"), "exists in the calendar", "day"),
        (("0", "5", "2017"), "exists in the calendar", "day"),
        (("9th", "5", "2017"), "must be a number", "day"),
        (("٩", "5", "2017"), "must be a number", "day"),
        (("9", "13", "2017"), "from 1 to 12", "month"),
        (("9", "ma", "2017"), "from 1 to 12", "month"),
        (("9", "marzipan", "2017"), "from 1 to 12", "month"),
    ],
)
def test_a_day_that_cannot_be_read_says_which_box_and_what_to_write(boxes, says, marks):
    message, code = refusal(BORN, *boxes)
    assert says in message
    assert "date of birth" in message
    assert code == marks


def test_29_february_of_a_leap_year_is_taken():
    assert day_of("29", "2", "2024") == date(2024, 2, 29)


def test_empty_boxes_are_refused_when_needed_and_none_when_not():
    assert refusal(BORN, "", "", "")[0] == "Enter the date of birth"
    assert DayField(required=False).clean(Written()) is None


def test_a_day_outside_its_bounds_is_refused_and_a_bound_itself_taken():
    bounded = DayField(
        called="date", earliest=lambda: date(2026, 1, 2), latest=lambda: date(2026, 1, 4)
    )
    assert bounded.clean(Written("2", "1", "2026")) == date(2026, 1, 2)
    assert bounded.clean(Written("4", "1", "2026")) == date(2026, 1, 4)
    assert "before 02 January 2026" in refusal(bounded, "1", "1", "2026")[0]
    assert "after 04 January 2026" in refusal(bounded, "5", "1", "2026")[0]


@pytest.mark.parametrize(
    ("written", "clock"),
    [
        ("23:10", (23, 10)), ("23.10", (23, 10)), ("2310", (23, 10)), ("910", (9, 10)),
        ("9:05", (9, 5)), ("00:00", (0, 0)), ("11.10pm", (23, 10)), ("12am", (0, 0)),
        ("12 p.m.", (12, 0)), ("9 AM", (9, 0)), ("12:30am", (0, 30)),
    ],
)  # fmt: skip
def test_a_time_is_understood_however_it_is_commonly_written(written, clock):
    at = CALLED.clean(Written("20", "11", "2026", written))
    assert (at.hour, at.minute) == clock  # London keeps UTC in November


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("", "must have a time"), ("late", "look like 23:10"), ("24:00", "from 00:00 to 23:59"),
        ("23:60", "from 00:00 to 23:59"), ("13pm", "both 13 hours and am or pm"),
        ("0am", "both 0 hours and am or pm"), ("1", "look like 23:10"),
        ("٢٣:١٠", "look like 23:10"),
    ],
)  # fmt: skip
def test_a_time_that_cannot_be_read_says_so_at_its_box(written, says):
    message, code = refusal(CALLED, "20", "11", "2026", written)
    assert says in message
    assert code == "time"


def test_a_time_in_summer_is_london_time():
    at = CALLED.clean(Written("1", "7", "2026", "00:30"))
    assert at == datetime(2026, 6, 30, 23, 30, tzinfo=UTC)


def test_a_time_that_the_clocks_skipped_is_refused():
    message, code = refusal(CALLED, "29", "3", "2026", "01:30")
    assert "clocks went forward" in message
    assert code == "time"


def test_a_time_that_came_twice_is_taken_as_the_first():
    at = CALLED.clean(Written("25", "10", "2026", "01:30"))
    assert at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


junk = st.text(max_size=12) | st.sampled_from(["1", "31", "2", "02", "dec", "2026", "23:10"])


def outcome(field: DayField, *boxes: str) -> object:
    """Return what the field makes of the boxes, or the part that it refuses."""
    try:
        return field.clean(Written(*boxes))
    except ValidationError as refused:
        return refused.error_list[0].code


@given(junk, junk, junk)
def test_any_junk_is_a_day_or_a_refusal(day, month, year):
    found = outcome(BORN, day, month, year)
    assert isinstance(found, date) or found in ("day", "month", "year", "required")


@given(junk)
def test_any_junk_for_a_time_is_a_moment_or_a_refusal(clock):
    found = outcome(CALLED, "20", "11", "2026", clock)
    assert isinstance(found, datetime) or found == "time"


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_a_stored_day_comes_back_as_itself(day):
    assert BORN.clean(BORN.widget.written(day)) == day


@given(st.integers(0, 4_000_000_000))
def test_a_stored_moment_comes_back_to_the_minute(seconds):
    at = datetime.fromtimestamp(seconds, UTC).replace(second=0)
    back = CALLED.clean(CALLED.widget.written(at))
    # The hour that comes twice in October is read as the first of the two.
    assert back in (at, at - timedelta(hours=1))
    assert back == at or at.month == 10


class Sample(forms.Form):
    born = DayField(called="date of birth", required=False)
    call = MomentField(required=False)


def test_a_form_reads_the_boxes_by_their_names():
    form = Sample(
        {
            "born-day": " 9 ", "born-month": "5", "born-year": "2017",
            "call-day": "20", "call-month": "11", "call-year": "2026", "call-time": "22:10",
        }
    )  # fmt: skip
    assert form.is_valid(), form.errors
    assert form.cleaned_data["born"] == date(2017, 5, 9)
    assert form.cleaned_data["call"] == datetime(2026, 11, 20, 22, 10, tzinfo=UTC)


def test_a_form_knows_whether_a_day_was_changed():
    same = {"born-day": "9", "born-month": "5", "born-year": "2017"}
    initial = {"born": date(2017, 5, 9)}
    assert not Sample(same, initial=initial).has_changed()
    assert Sample(same | {"born-day": "10"}, initial=initial).has_changed()
    assert Sample(same | {"born-day": "x"}, initial=initial).has_changed()
