from datetime import UTC, date, datetime, timedelta

import pytest

from sightline.common import words

SUMMER = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)  # half past midnight on 1 July in London


def test_a_day_is_written_with_its_weekday():
    assert words.day(date(2026, 11, 24)) == "Tuesday 24 November 2026"


def test_a_moment_near_midnight_in_summer_falls_on_the_london_day():
    assert words.day(SUMMER) == "Wednesday 1 July 2026"
    assert words.short_day(SUMMER) == "1 Jul 2026"
    assert words.moment(SUMMER) == "1 July 2026, 00:30"


@pytest.mark.parametrize(
    ("count", "nouns", "said"),
    [
        (0, ("child", "children"), "0 children"),
        (1, ("child", "children"), "1 child"),
        (3, ("family", "families"), "3 families"),
        (1204, ("notification",), "1,204 notifications"),
    ],
)
def test_a_count_carries_its_noun(count, nouns, said):
    assert words.plural(count, *nouns) == said


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (timedelta(seconds=59), "0 minutes"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(minutes=59, seconds=59), "59 minutes"),
        (timedelta(hours=1), "1 hour"),
        (timedelta(hours=47), "47 hours"),
        (timedelta(days=2), "2 days"),
        (timedelta(days=-18), "18 days"),
    ],
)
def test_a_duration_is_said_in_its_largest_whole_unit(length, said):
    assert words.lasting(length) == said
