"""What the record answers, and what it leaves to a person."""

from datetime import date, timedelta

import pytest

from sightline.rules.screening.answers import Answer
from sightline.rules.screening.history import (
    Concern,
    Evidence,
    RecordFacts,
    answers_from_record,
)
from tests.rules.screening.cast import MATRIX, TODAY, happening

YES, NO, NOT_KNOWN = Answer.YES, Answer.NO, Answer.NOT_KNOWN
NOTHING_LOOKED_UP = RecordFacts()
COMPLETE = RecordFacts(complete_since=date(2000, 1, 1))


def people(*names: str) -> frozenset[str]:
    return frozenset(names)


def ask(item: str, *earlier, this=None, facts=NOTHING_LOOKED_UP):
    return answers_from_record(this or happening(), earlier, facts)[item]


def on_days(*days: str):
    return [happening(date.fromisoformat(day)) for day in days]


def elsewhere(on: date = date(2025, 3, 1), **changes):
    other = {"household": "there", "victims": people("another"), "children": people("girl")}
    return happening(on, **{**other, **changes})


# -- which items are answered ----------------------------------------------------------------


def test_without_facts_only_what_incidents_can_show_is_answered():
    answers = answers_from_record(happening(), [], NOTHING_LOOKED_UP)
    assert set(answers) == {"P1", "P2", "P3", "P4", "P5", "P6", "P7", "P9", "A9"}


def test_with_every_fact_each_item_from_history_is_answered():
    looked = RecordFacts(
        early_help_unfinished=(), protection=(), concerns=(), overdue_actions=(), marac_hearings=()
    )
    answers = answers_from_record(happening(), [], looked)
    assert set(answers) == {item.id for item in MATRIX.items if item.from_history}


@pytest.mark.parametrize(
    ("earlier", "words"),
    [(happening(), "holds? this one itself"), (happening(date(2026, 11, 21)), "after 2026-11-20")],
)
def test_an_earlier_happening_is_another_one_and_not_later(earlier, words):
    with pytest.raises(ValueError, match=words):
        answers_from_record(happening(), [earlier], NOTHING_LOOKED_UP)


# -- P1: the first known ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("agencies_found_nothing", "answer"), [(True, YES), (False, NO), (None, NOT_KNOWN)]
)
def test_the_first_known_needs_every_agency_to_have_checked(agencies_found_nothing, answer):
    facts = RecordFacts(nothing_found_by_agencies=agencies_found_nothing)
    assert ask("P1", facts=facts).answer is answer


@pytest.mark.parametrize("earlier", [happening(date(2019, 1, 1)), elsewhere()])
def test_earlier_abuse_here_or_elsewhere_is_not_the_first_known(earlier):
    facts = RecordFacts(nothing_found_by_agencies=True)
    assert ask("P1", earlier, facts=facts).answer is NO


def test_an_earlier_plan_is_not_the_first_known():
    plan = Evidence(date(2020, 5, 1), "Child protection plan")
    found = ask("P1", facts=RecordFacts(nothing_found_by_agencies=True, protection=(plan,)))
    assert (found.answer, found.evidence) == (NO, (plan,))


def test_strangers_to_this_family_are_no_earlier_abuse():
    strangers = elsewhere(perpetrators=people("somebody"))
    facts = RecordFacts(nothing_found_by_agencies=True)
    assert ask("P1", strangers, facts=facts).answer is YES


# -- P2, P3: how many in 12 months, this one of 20 November 2026 counted ------------------------


@pytest.mark.parametrize(
    ("earlier", "two", "three"),
    [
        ([], NO, NOT_KNOWN),
        (["2026-10-01"], YES, NOT_KNOWN),
        (["2025-11-20"], YES, NOT_KNOWN),  # 12 calendar months ago, to the day
        (["2025-11-19"], NO, NOT_KNOWN),
        (["2026-10-01", "2026-01-01"], YES, YES),
        (["2026-10-01", "2025-11-20"], YES, YES),
        (["2026-10-01", "2025-11-19"], YES, NOT_KNOWN),
        (["2026-10-01", "2026-02-01", "2026-01-01"], YES, YES),
    ],
)
def test_incidents_in_12_calendar_months_are_counted(earlier, two, three):
    happenings = on_days(*earlier)
    assert ask("P2", *happenings, facts=COMPLETE).answer is two
    assert ask("P3", *happenings, facts=COMPLETE).answer is three


def test_two_calls_of_one_night_are_two():
    second = happening(source_label="The second call of that night")
    assert ask("P2", second).answer is YES


def test_the_answer_says_how_many_and_shows_each_latest_first():
    found = ask("P3", *on_days("2026-01-01", "2026-10-01"))
    assert found.because == "The record holds 3 incidents in 12 months, this one counted."
    assert [one.on for one in found.evidence] == [TODAY, date(2026, 10, 1), date(2026, 1, 1)]


@pytest.mark.parametrize(
    ("complete_since", "answer"),
    [(date(2025, 11, 20), NO), (date(2025, 11, 21), NOT_KNOWN), (None, NOT_KNOWN)],
)
def test_only_a_complete_record_shows_that_there_were_not_two(complete_since, answer):
    found = ask("P2", facts=RecordFacts(complete_since=complete_since))
    assert found.answer is answer


@pytest.mark.parametrize(
    ("who", "changes", "counts"),
    [
        ("the same family in a new home", {"household": "new home"}, True),
        ("her earlier partner", {"perpetrators": people("earlier partner")}, True),
        ("her son, in his father's home",
         {"household": "x", "victims": people("x"), "perpetrators": people("x")}, True),
        ("she was reported as the perpetrator",
         {"victims": people("him"), "perpetrators": people("her"), "children": people()}, True),
        ("a grandmother in the same home",
         {"victims": people("gran"), "children": people()}, True),
        ("people who lived there before",
         {"victims": people("x"), "perpetrators": people("y"), "children": people("z")}, False),
        ("another family of his",
         {"household": "x", "victims": people("y"), "children": people("z")}, False),
    ],
)  # fmt: skip
def test_a_repeat_is_one_in_this_family(who, changes, counts):
    earlier = happening(date(2026, 6, 1), **changes)
    assert (ask("P2", earlier).answer is YES) == counts, who


# -- P4: more frequent ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("what", "earlier", "answer"),
    [
        ("the first", [], NOT_KNOWN),
        ("two in six months, nothing to compare with", ["2026-09-01"], NOT_KNOWN),
        ("two, after one in the half year before", ["2026-09-01", "2026-02-01"], YES),
        ("two, after one years ago", ["2026-09-01", "2022-02-01"], YES),
        ("two, after two", ["2026-09-01", "2026-02-01", "2026-01-01"], NOT_KNOWN),
        (
            "two, after two, the first 12 months ago to the day",
            ["2026-09-01", "2026-02-01", "2025-11-20"],
            NOT_KNOWN,
        ),
        ("one, after one", ["2026-02-01"], NOT_KNOWN),
        ("the last, six months ago to the day", ["2026-05-20", "2026-02-01"], YES),
        ("the last, a day more than six months ago", ["2026-05-19", "2026-02-01"], NOT_KNOWN),
    ],
)
def test_more_in_this_half_year_than_in_the_last_is_more_frequent(what, earlier, answer):
    assert ask("P4", *on_days(*earlier), facts=COMPLETE).answer is answer, what


def test_another_perpetrators_incidents_do_not_make_this_one_more_frequent():
    other = [
        happening(date.fromisoformat(day), perpetrators=people("somebody"))
        for day in ("2026-09-01", "2026-02-01")
    ]
    assert ask("P4", *other).answer is NOT_KNOWN


# -- P5: more severe --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "now", "answer"),
    [
        ("standard", "medium", YES),
        ("Medium ", "HIGH", YES),
        ("medium", "medium", NOT_KNOWN),
        ("high", "high", NOT_KNOWN),
        ("high", "standard", NOT_KNOWN),
        (None, "high", NOT_KNOWN),
        ("standard", None, NOT_KNOWN),
        ("amber", "high", NOT_KNOWN),
    ],
)
def test_a_higher_grade_than_the_time_before_is_more_severe(before, now, answer):
    earlier = happening(date(2026, 3, 1), officer_grade=before)
    assert ask("P5", earlier, this=happening(officer_grade=now)).answer is answer


def test_an_ungraded_incident_between_does_not_hide_the_rise():
    graded = happening(date(2026, 3, 1), officer_grade="standard")
    ungraded = happening(date(2026, 6, 1))
    found = ask("P5", ungraded, graded, this=happening(officer_grade="medium"))
    assert found.because == "Graded medium by the officer, standard the time before."
    assert [one.words for one in found.evidence] == [
        "Police notification of 2026-11-20, graded medium",
        "Police notification of 2026-03-01, graded standard",
    ]


# -- P6: within 28 days -----------------------------------------------------------------------


@pytest.mark.parametrize(("days", "answer"), [(0, YES), (1, YES), (28, YES), (29, NO), (400, NO)])
def test_28_days_include_the_28th(days, answer):
    last = happening(TODAY - timedelta(days=days), source_label="The one before")
    assert ask("P6", last, facts=COMPLETE).answer is answer


def test_the_interval_is_to_the_last_and_is_said():
    found = ask("P6", *on_days("2026-01-01", "2026-11-19", "2026-05-05"))
    assert found.because == "The incident before this one was 1 day earlier."


@pytest.mark.parametrize("earlier", [[], ["2026-01-01"]])
def test_a_record_with_gaps_cannot_say_that_there_was_none_in_28_days(earlier):
    recent = RecordFacts(complete_since=TODAY - timedelta(days=27))
    enough = RecordFacts(complete_since=TODAY - timedelta(days=28))
    assert ask("P6", *on_days(*earlier), facts=recent).answer is NOT_KNOWN
    assert ask("P6", *on_days(*earlier), facts=enough).answer is NO


# -- P7: two years ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("earlier", "answer"),
    [
        ([], NOT_KNOWN),
        (["2024-11-20"], YES),
        (["2024-11-21"], NOT_KNOWN),
        (["2015-01-01", "2026-10-01"], YES),
    ],
)
def test_a_pattern_is_long_from_two_years_and_the_record_never_says_it_is_short(earlier, answer):
    assert ask("P7", *on_days(*earlier), facts=COMPLETE).answer is answer


def test_another_perpetrator_years_ago_is_not_this_ones_pattern():
    earlier = happening(date(2015, 1, 1), perpetrators=people("earlier partner"))
    assert ask("P7", earlier).answer is NOT_KNOWN


# -- P9, A9: the same person towards others -----------------------------------------------------


@pytest.mark.parametrize(
    ("who", "earlier", "to_others", "other_children"),
    [
        ("nobody else", happening(date(2025, 3, 1)), False, False),
        ("another family with a child", elsewhere(), True, True),
        ("another partner without children", elsewhere(children=people()), True, False),
        ("another partner in the same home",
         elsewhere(household="home", children=people()), True, False),
        ("the other mother of the same son", elsewhere(children=people("son")), True, False),
        ("the same family, moved, victim not named",
         elsewhere(victims=people(), children=people("son")), False, False),
        ("the same family, with her mother hurt too",
         elsewhere(household="home", victims=people("gran"), children=people("son")), False, False),
        ("another perpetrator", elsewhere(perpetrators=people("somebody")), False, False),
    ],
)  # fmt: skip
def test_the_perpetrator_is_followed_to_other_people(who, earlier, to_others, other_children):
    assert (ask("P9", earlier).answer is YES) == to_others, who
    assert (ask("A9", earlier).answer is YES) == other_children, who


def test_it_says_how_often_others_were_abused():
    words = "The same person is on record as perpetrator towards others"
    assert ask("P9", elsewhere()).because == f"{words}, once."
    assert ask("P9", elsewhere(), elsewhere(date(2024, 1, 1))).because == f"{words}, 2 times."


def test_what_the_record_does_not_show_of_others_is_not_a_no():
    assert ask("P9", facts=COMPLETE).answer is NOT_KNOWN
    assert ask("A9", facts=COMPLETE).answer is NOT_KNOWN


def test_an_unnamed_perpetrator_is_linked_to_nobody():
    this = happening(perpetrators=people())
    unnamed = elsewhere(perpetrators=people())
    assert ask("P9", unnamed, this=this).answer is NOT_KNOWN
    assert ask("P4", *on_days("2026-09-01", "2026-02-01"), this=this).answer is NOT_KNOWN


def test_no_answer_names_another_familys_people_or_home():
    earlier = elsewhere(household="12 Safe Street", victims=people("Amal"), children=people("Noor"))
    for found in answers_from_record(happening(), [earlier], COMPLETE).values():
        shown = " ".join([found.because, *(one.words for one in found.evidence)])
        assert not [secret for secret in ("Safe Street", "Amal", "Noor") if secret in shown]


# -- P8, R1 to R4: what has been looked up ------------------------------------------------------


@pytest.mark.parametrize(
    ("hearing", "answer"),
    [
        (date(2025, 11, 19), NO),
        (date(2025, 11, 20), YES),
        (date(2026, 11, 20), YES),
        (date(2026, 11, 21), NO),
    ],
)
def test_abuse_is_a_repeat_for_12_calendar_months_after_marac(hearing, answer):
    facts = RecordFacts(marac_hearings=(Evidence(hearing, "MARAC hearing"),))
    assert ask("P8", facts=facts).answer is answer


@pytest.mark.parametrize(
    ("item", "fact"),
    [("R1", "early_help_unfinished"), ("R2", "protection"), ("R4", "overdue_actions")],
)
def test_what_is_on_record_is_a_yes_with_its_evidence_and_none_found_is_a_no(item, fact):
    old, new = Evidence(date(2020, 1, 1), "Old"), Evidence(date(2024, 1, 1), "New")
    found = ask(item, facts=RecordFacts(**{fact: (old, new)}))
    assert (found.answer, found.evidence) == (YES, (new, old))
    assert ask(item, facts=RecordFacts(**{fact: ()})).answer is NO


@pytest.mark.parametrize(
    ("agencies", "answer"),
    [
        ([], NO),
        (["School"], NO),
        (["School", "School"], NO),
        (["School", "Health visitor"], YES),
    ],
)
def test_two_agencies_are_two_different_ones(agencies, answer):
    concerns = tuple(Concern(date(2026, 1, n), name) for n, name in enumerate(agencies, start=1))
    assert ask("R3", facts=RecordFacts(concerns=concerns)).answer is answer
