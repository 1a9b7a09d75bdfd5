"""How long one waits after failures, who keeps access, and what a file of these rules must say."""

from datetime import date, timedelta

import pytest

from sightline.rules.access.confirming import State, standing
from sightline.rules.access.describe import describe
from sightline.rules.access.rules_file import DATA, load_rules, rules_on, shipped_rules
from sightline.rules.access.waits import still_to_wait, wait_after
from sightline.rules.datafile import DataFileError

RULES = rules_on(date(2026, 11, 22))
FILE = (DATA / "access_2026.toml").read_text()


@pytest.mark.parametrize(
    ("failures", "account", "address"),
    [
        (0, 0, 0), (4, 0, 0), (5, 10, 0), (6, 20, 0), (8, 80, 0), (11, 640, 0),
        (12, 900, 0), (49, 900, 0), (50, 900, 10), (60, 900, 300), (100_000, 900, 300),
    ],
)  # fmt: skip
def test_the_wait_grows_and_has_a_limit(failures, account, address):
    assert wait_after(failures, RULES.account) == timedelta(seconds=account)
    assert wait_after(failures, RULES.address) == timedelta(seconds=address)


def test_what_is_left_of_a_wait_counts_from_the_last_failure_and_ends():
    assert still_to_wait(6, timedelta(seconds=5), RULES.account) == timedelta(seconds=15)
    assert still_to_wait(6, timedelta(seconds=21), RULES.account) == timedelta(0)


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2026, 9, 1), State.CONFIRMED), (date(2026, 11, 10), State.CONFIRMED),
        (date(2026, 11, 11), State.DUE), (date(2026, 12, 2), State.DUE),
        (date(2026, 12, 3), State.OVER),
    ],
)  # fmt: skip
def test_a_confirmation_holds_for_a_quarter_and_is_asked_for_three_weeks_before(today, state):
    found = standing(date(2026, 9, 1), today, RULES.confirming)
    assert found.state is state
    assert found.last_day == date(2026, 12, 2)


@pytest.mark.parametrize(
    ("was", "becomes", "fault"),
    [
        ("idle_minutes = 30", "idle_minutes = 0", "idle_minutes"),
        ("longest_seconds = 900", "longest_seconds = 5", "longest_seconds must not be below"),
        ("remind_days = 21", "remind_days = 92", "remind_days must be below"),
        ("[confirming]", "[confirmed]", "unknown key confirmed"),
    ],
)
def test_a_file_that_is_wrong_is_refused_with_its_place(tmp_path, was, becomes, fault):
    assert was in FILE
    path = tmp_path / "access_x.toml"
    path.write_text(FILE.replace(was, becomes))
    with pytest.raises(DataFileError, match=fault):
        load_rules(path)


def test_every_version_that_is_shipped_can_be_read_out():
    for rules in shipped_rules():
        chapter = describe(rules)
        assert "30 minutes" in chapter.sections[0].sentences[0]
        assert ("12", "900 seconds", "none") in chapter.sections[1].tables[0].rows
        assert "92 days" in chapter.sections[2].sentences[0]
