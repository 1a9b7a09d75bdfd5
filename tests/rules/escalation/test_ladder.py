"""Who hears when: one line a day, to be checked against a diary."""

from datetime import date

import pytest

from sightline.rules.calendar import england_and_wales
from sightline.rules.datafile import DataFileError
from sightline.rules.escalation.ladder import About, ladders_on, load_ladders, reached

BANK = england_and_wales()
LAST = date(2026, 11, 20)  # a Friday


def tier(about: About, last: date, today: date) -> str:
    found = reached(ladders_on(today).of(about), last, today, BANK)
    return found.tier.id if found else ""


@pytest.mark.parametrize(
    ("today", "who"),
    [
        (date(2026, 11, 17), ""),  # Tuesday
        (date(2026, 11, 18), "reminder"),  # two working days before
        (date(2026, 11, 20), "reminder"),  # the last day: not late
        (date(2026, 11, 21), ""),  # Saturday: late, and nobody is at work
        (date(2026, 11, 22), ""),
        (date(2026, 11, 23), "worker"),  # Monday: one working day late
        (date(2026, 11, 24), "worker"),
        (date(2026, 11, 25), "manager"),  # three
        (date(2026, 12, 3), "manager"),
        (date(2026, 12, 4), "agency"),  # ten
        (date(2026, 12, 17), "agency"),
        (date(2026, 12, 18), "partnership"),  # twenty
        (date(2027, 6, 1), "partnership"),
    ],
)
def test_a_late_action_climbs(today, who):
    assert tier(About.ACTION, LAST, today) == who


@pytest.mark.parametrize(
    ("last", "today", "who"),
    [
        (date(2026, 12, 24), date(2026, 12, 28), ""),  # Christmas and Boxing Day are made up
        (date(2026, 12, 24), date(2026, 12, 29), "worker"),
        (date(2026, 12, 29), date(2026, 12, 22), ""),
        (date(2026, 12, 29), date(2026, 12, 23), "reminder"),  # only the 24th lies between
        (date(2024, 2, 28), date(2024, 2, 29), "worker"),  # a leap day is a day
        (date(2026, 4, 2), date(2026, 4, 6), ""),  # Easter
        (date(2026, 4, 2), date(2026, 4, 7), "worker"),
    ],
)
def test_holidays_are_nobodys_working_days(last, today, who):
    assert tier(About.ACTION, last, today) == who


@pytest.mark.parametrize(
    ("about", "today", "who"),
    [
        (About.RESEARCH, date(2026, 11, 20), ""),
        (About.RESEARCH, date(2026, 11, 21), "worker"),
        (About.RESEARCH, date(2026, 11, 23), "agency"),
        (About.RESEARCH, date(2026, 11, 25), "partnership"),
        (About.CLOCK, date(2026, 11, 16), ""),
        (About.CLOCK, date(2026, 11, 17), "reminder"),
        (About.CLOCK, date(2026, 11, 21), "agency"),
        (About.CLOCK, date(2026, 11, 27), "partnership"),
    ],
)
def test_a_question_and_a_clock_climb_ladders_of_their_own(about, today, who):
    assert tier(about, LAST, today) == who


def test_what_was_due_at_an_hour_is_late_from_that_hour_on():
    ladder = ladders_on(LAST).of(About.RESEARCH)
    assert reached(ladder, LAST, LAST, BANK) is None
    found = reached(ladder, LAST, LAST, BANK, over=True)
    assert (found.tier.id, found.because[:10]) == ("worker", "It was due")


def test_the_reason_names_the_day_and_nobody():
    found = reached(ladders_on(LAST).of(About.ACTION), LAST, date(2026, 11, 25), BANK)
    assert found.because == "It was due by Friday 20 November 2026 and is not done."
    assert found.tier.words == "Late: with the worker's manager"


def test_it_never_climbs_down():
    ladder = ladders_on(LAST).of(About.ACTION)
    days = [date.fromordinal(LAST.toordinal() + n) for n in range(1, 60)]
    ranks = [ladder.rank(tier(About.ACTION, LAST, day)) for day in days]
    assert ranks == sorted(ranks)


BROKEN = """
id = "x"
version = "1"
title = "t"
source = "s"
commencement = 2020-01-01
[[ladders]]
about = "action"
name = "n"
tiers = [
    { id = "b", after = 3, unit = "working_days", to = "worker", words = "w" },
    { id = "a", after = 1, unit = "working_days", to = "worker", words = "w" },
]
"""


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("", ""), "tiers must stand in the order"),
        (('id = "a"', 'id = "b"'), "duplicate id b"),
        (('to = "worker"', 'to = "nobody"'), "to must be one of worker, manager"),
        (("after = 3", 'after = "3"'), "after must be a whole number"),
        (('unit = "working_days"', 'unit = "months"'), "unit must be working_days or"),
        (("after = 3", "after = 0"), "no ladder about clock, emergency, research"),
        (('about = "action"', 'about = "tea"'), "about must be one of action"),
    ],
)
def test_a_ladder_that_cannot_be_right_is_refused_with_its_place(tmp_path, change, says):
    path = tmp_path / "tiers_x.toml"
    path.write_text(BROKEN.replace(*change))
    with pytest.raises(DataFileError, match=says):
        load_ladders(path)
