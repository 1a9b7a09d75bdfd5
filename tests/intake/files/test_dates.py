"""Days and times as senders write them: the day before the month, nothing guessed."""

from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.common.errors import NotUnderstood
from sightline.intake.files.dates import read_day, read_moment, read_time

BST = timezone(timedelta(hours=1))
MARCH = date(2012, 3, 4)


@pytest.mark.parametrize(
    "written",
    ["2012-03-04", "2012/3/4", "20120304", "04/03/2012", "4.3.2012", "4-3-2012", "4 March 2012",
     "4th Mar 2012", "04-Mar-2012", "40972", "2012-03-04T00:00:00", "04/03/2012 00:00",
     " 04/03/2012 "],
)  # fmt: skip
def test_a_day_is_read_in_every_usual_form(written):
    assert read_day(written) == MARCH


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("2012-03-04T21:05:00+01:00", datetime(2012, 3, 4, 21, 5, tzinfo=BST)),
        ("2012-03-04T21:05:33.123456Z", datetime(2012, 3, 4, 21, 5, 33, tzinfo=UTC)),
        ("2012-03-04 21:05 BST", datetime(2012, 3, 4, 21, 5, tzinfo=BST)),
        ("04/03/2012 21:05", datetime(2012, 3, 4, 21, 5)),  # noqa: DTZ001
        ("04/03/2012 at 9.05pm", datetime(2012, 3, 4, 21, 5)),  # noqa: DTZ001
        ("04/03/2012, 12:05 am", datetime(2012, 3, 4, 0, 5)),  # noqa: DTZ001
        ("40972.878472", datetime(2012, 3, 4, 21, 5)),  # noqa: DTZ001
        ("04/03/2012", datetime(2012, 3, 4)),  # noqa: DTZ001
    ],
)
def test_a_moment_is_read_with_its_offset_or_without_one(written, at):
    assert read_moment(written) == at
    assert read_moment(written).utcoffset() == at.utcoffset()


@pytest.mark.parametrize(
    ("written", "at"),
    [("21:05", time(21, 5)), ("9.05 pm", time(21, 5)), ("21:05:33", time(21, 5, 33)),
     ("0.878472", time(21, 5)), ("1899-12-31 21:05:00", time(21, 5))],
)  # fmt: skip
def test_a_time_in_a_column_of_its_own_is_read(written, at):
    assert read_time(written) == at


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("03/25/2012", "the day comes before the month"),
        ("12/31/1999", "the day comes before the month"),
        ("25/03/12", "four digits"),
        ("31/02/2012", "no day of the calendar"),
        ("29/02/2011", "no day of the calendar"),
        ("1990", "no day of the calendar"),
        ("March 4, 2012", "no day of the calendar"),
        ("4 Ma 2012", "no day of the calendar"),
        ("04/03/0012", "no day of the calendar"),
        ("2012-03-04 25:00", "no day of the calendar"),
        ("2012-03-04 13:00pm", "no day of the calendar"),
        ("2012-03-04 21:05 tomorrow", "no day of the calendar"),
        ("99999", "no day of the calendar"),
        ("unknown", "no day of the calendar"),
    ],
)
def test_what_could_only_be_guessed_is_refused_with_the_form_to_write(written, says):
    with pytest.raises(NotUnderstood, match=says) as refused:
        read_day(written)
    assert "25/03/2012" in str(refused.value)


FIRST, LAST = datetime(1900, 3, 1), datetime(2100, 12, 31)  # noqa: DTZ001


@given(st.datetimes(FIRST, LAST, timezones=st.none() | st.just(UTC)))
def test_every_moment_in_iso_form_is_itself_again(at):
    at = at.replace(microsecond=0)
    assert read_moment(at.isoformat()) == at
    assert read_day(f"{at:%d/%m/%Y}") == at.date()


@given(st.text(max_size=40))
def test_any_other_text_is_read_or_refused_in_words(written):
    for read in (read_day, read_moment, read_time):
        with suppress(NotUnderstood):
            assert read(written)
