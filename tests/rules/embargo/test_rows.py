"""Whoever is new is left out of files that leave, for so many days."""

from datetime import UTC, date, datetime, timedelta

import pytest

from sightline.rules.datafile import DataFileError
from sightline.rules.embargo.rows import DATA, load_rules, rules_on

KNOWN = datetime(2026, 10, 21, 23, 30, tzinfo=UTC)  # the clocks change within the week


@pytest.mark.parametrize(
    ("after", "held_back"),
    [
        (timedelta(0), True),
        (timedelta(days=7) - timedelta(seconds=1), True),
        (timedelta(days=7), False),
        (timedelta(days=400), False),
    ],
)
def test_seven_days_are_seven_times_a_day_and_a_night(after, held_back):
    assert rules_on(date(2026, 11, 22)).holds_back(KNOWN, KNOWN + after) is held_back


def test_before_the_rule_began_there_is_none_to_go_by():
    with pytest.raises(LookupError):
        rules_on(date(2019, 12, 31))


@pytest.mark.parametrize("days", ["0", "-7", "367", '"7"', "7\ndayz = 7"])
def test_a_file_that_holds_nobody_back_or_is_misspelt_is_refused(tmp_path, days):
    text = (DATA / "embargo_2026.toml").read_text("utf-8")
    path = tmp_path / "embargo.toml"
    path.write_text(text.replace("days = 7", f"days = {days}"), "utf-8")
    with pytest.raises(DataFileError):
        load_rules(path)
