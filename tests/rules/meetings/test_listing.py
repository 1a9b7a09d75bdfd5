"""Who stands on the list of a meeting, where, and why: tables that a chair can check."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sightline.rules.datafile import DataFileError
from sightline.rules.meetings.kinds import kind_called, kinds_on, load_kind, shipped_kinds
from sightline.rules.meetings.listing import Case, draw

STARTS = datetime(2026, 11, 24, 10, tzinfo=UTC)  # a Tuesday
SCREENING, CALL = kind_called("screening-meeting 2026.1"), kind_called("daily-call 2026.1")
MARAC = kind_called("marac 2026.1")


def case(key=1, since=14, due=8, **more):
    """A case notified `since` hours before the meeting and due `due` hours after it begins."""
    return Case(
        key=key, since=STARTS - timedelta(hours=since), due=STARTS + timedelta(hours=due), **more
    )


def drawn(kind, *cases, now=STARTS):
    return draw(kind, cases, starts=STARTS, now=now)


@pytest.mark.parametrize(
    ("what", "first_reason", "reasons"),
    [
        ({"scale": 4}, "Scale 4 is proposed", 2),
        ({"scale": 3, "grade": "high"}, "Police graded it high", 3),
        ({"scale": 3}, "Scale 3 is proposed", 2),
        ({"recent": 5}, "Incident number 5 of the family", 2),
        ({"due": -1}, "The working day in which it was to be decided has passed", 1),
        ({"due": 20}, "It is to be decided within a day", 1),
        ({"due": 30, "grade": "standard"}, "A child waits for a decision", 1),
    ],
)
def test_a_family_stands_where_its_first_reason_stands_and_shows_all(what, first_reason, reasons):
    (placed,) = drawn(SCREENING, case(**what)).listed
    assert placed.because[0].startswith(first_reason)
    assert len(placed.because) == reasons  # of one topic the first that fits is said


def test_urgency_comes_first_then_the_clock_then_who_has_waited_longest():
    order = drawn(
        SCREENING,
        case(1, due=30), case(2, due=5), case(3, due=30, since=40), case(4, due=30, scale=4),
        case(5, due=30, grade="high"), case(6, due=-3), case(7, due=30, scale=3),
    )  # fmt: skip
    assert [placed.key for placed in order.listed] == [4, 5, 6, 7, 2, 3, 1]


@pytest.mark.parametrize(
    ("kind", "minutes", "listed"),
    [(SCREENING, 61, True), (SCREENING, 59, False), (CALL, 31, True), (CALL, 29, False)],
)
def test_what_comes_after_the_list_has_closed_stands_on_the_next(kind, minutes, listed):
    late = case(since=minutes / 60)
    assert bool(drawn(kind, late).listed) is listed


def test_the_call_bridges_a_long_weekend_and_no_more():
    assert drawn(CALL, case(since=119)).listed
    assert not drawn(CALL, case(since=121)).listed


def test_a_list_drawn_early_holds_what_is_known_by_then():
    now = STARTS - timedelta(hours=20)
    assert not drawn(SCREENING, case(since=14), now=now).listed
    assert drawn(SCREENING, case(since=21), now=now).listed


def test_what_does_not_fit_into_the_hour_waits_and_is_said():
    order = drawn(SCREENING, *(case(number) for number in range(20)))
    assert (len(order.listed), len(order.waits)) == (15, 5)
    assert SCREENING.room == 15  # fourteen families in an hour, and one more


def test_a_marac_lists_pairs_by_criterion_and_no_pair_without_one():
    referred = (
        case(1, since=800, criteria=frozenset({"professional_judgement"})),
        case(2, since=700, criteria=frozenset({"visible_high_risk", "repeat"})),
        case(3, since=300, criteria=frozenset({"visible_high_risk"})),
        case(4, since=300),
    )
    listed = drawn(MARAC, *referred).listed
    assert [placed.key for placed in listed] == [2, 3, 1]
    assert len(listed[0].because) == 2


@settings(max_examples=50)
@given(st.permutations([case(n, due=n % 5, scale=n % 5, recent=1 + n % 4) for n in range(12)]))
def test_the_order_in_which_families_came_in_does_not_matter(cases):
    assert drawn(SCREENING, *cases) == drawn(SCREENING, *sorted(cases, key=lambda one: one.key))


def test_of_two_versions_the_one_that_commenced_last_is_in_force():
    assert {kind.id for kind in kinds_on(date(2026, 11, 24))} == {
        "daily-call", "screening-meeting", "marac",
    }  # fmt: skip
    assert kinds_on(date(2020, 1, 1)) == ()


@pytest.mark.parametrize(
    ("before", "after", "wrong"),
    [
        ("minutes = 60", "minutes = 0", "minutes must be a whole number from 5"),
        ('about = "families"', 'about = "people"', "about must be families or pairs"),
        ("scale = 4", "scal = 4", "listed scale-4: unknown key scal"),
        ("{recent} of", "{name} of", "listed third: words may only hold"),
        ('id = "late"', 'id = "high"', "duplicate id high"),
    ],
)
def test_a_kind_that_is_written_wrongly_says_where_and_what(tmp_path, before, after, wrong):
    shipped = next(k for k in shipped_kinds() if k.id == "screening-meeting")
    assert shipped.members
    from sightline.rules.meetings.kinds import DATA

    text = (DATA / "screening_meeting_2026.toml").read_text()
    assert before in text
    (tmp_path / "mine.toml").write_text(text.replace(before, after, 1))
    with pytest.raises(DataFileError, match=wrong):
        load_kind(tmp_path / "mine.toml")
