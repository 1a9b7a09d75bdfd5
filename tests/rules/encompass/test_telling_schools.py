"""Whom a school message goes to, who hears of what is not read, and how old a name may be."""

from datetime import date, datetime

import pytest

from sightline.rules.datafile import DataFileError
from sightline.rules.due import LONDON
from sightline.rules.encompass.key_adults import State, standing, to_ask
from sightline.rules.encompass.rules_file import DATA, load_rules, rules_on
from sightline.rules.encompass.rungs import reached
from sightline.rules.encompass.whom import Child, Tell, who_is_told

RULES = rules_on(date(2026, 11, 20))


@pytest.mark.parametrize(
    ("child", "told"),
    [
        (Child(4), Tell.SCHOOL),
        (Child(17, school_named=True), Tell.SCHOOL),
        (Child(18, school_named=True), Tell.NOBODY),
        (Child(18, home_educated=True), Tell.NOBODY),
        (Child(3), Tell.NOBODY),
        (Child(3, school_named=True), Tell.SCHOOL),
        (Child(None), Tell.SCHOOL),
        (Child(9, home_educated=True), Tell.HOME_EDUCATION),
        (Child(9, home_educated=True, school_named=True), Tell.HOME_EDUCATION),
        (Child(None, unborn=True, school_named=True), Tell.NOBODY),
    ],
)
def test_whose_school_is_told(child, told):
    assert who_is_told(child, RULES).tell is told


def london(month: int, day: int, hour: int, minute: int) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("bell", "now", "rungs"),
    [
        (london(11, 23, 9, 0), london(11, 23, 8, 29), []),
        (london(11, 23, 9, 0), london(11, 23, 8, 30), ["deputy"]),
        (london(11, 23, 9, 0), london(11, 23, 8, 45), ["deputy", "officer"]),
        # The Mondays after the clocks change: it is eight, not seven or nine, in the school.
        (london(3, 30, 9, 0), london(3, 30, 8, 30), ["deputy"]),
        (london(10, 26, 9, 0), london(10, 26, 8, 29), []),
        (london(11, 23, 9, 0), london(11, 24, 1, 0), ["deputy", "officer"]),
    ],
)
def test_unread_at_half_past_eight_is_with_the_deputy_then_with_the_officer(bell, now, rungs):
    assert [rung.id for rung in reached(bell, now, RULES)] == rungs


@pytest.mark.parametrize(
    ("confirmed", "state"),
    [
        (date(2026, 8, 20), State.CONFIRMED),
        (date(2026, 8, 19), State.OLD),
        (date(2026, 7, 23), State.OLD),
        (date(2026, 7, 22), State.OFFICER),
        (None, State.OFFICER),
    ],
)
def test_a_name_that_nobody_confirmed_grows_old(confirmed, state):
    assert standing(confirmed, date(2026, 11, 20), RULES).state is state


def test_a_school_is_asked_every_week():
    today = date(2026, 11, 20)
    asked = [to_ask(on, today, RULES) for on in (None, date(2026, 11, 14), date(2026, 11, 13))]
    assert asked == [True, False, True]


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("before_minutes = 30", "before_minutes = 10", "order in which they are reached"),
        ('id = "officer"', 'id = "head"', "last rung must be officer"),
        ("to = 17", "to = 3", "to must not be below from"),
        ("officer_after_days = 120", "officer_after_days = 92", "must be above old_after_days"),
        ("ask_again_days = 7", "ask_agian_days = 7", "ask_again_days must be a whole number"),
    ],
)
def test_a_file_that_is_wrong_is_refused_with_its_place(tmp_path, before, after, fault):
    text = (DATA / "encompass_2026.toml").read_text("utf-8")
    assert before in text
    wrong = tmp_path / "encompass_9.toml"
    wrong.write_text(text.replace(before, after), "utf-8")
    with pytest.raises(DataFileError, match=fault):
        load_rules(wrong)
