"""What sources say becomes ties; what they do not agree on is said."""

from datetime import date

import pytest

from sightline.rules.families.ties import Statement, ties_of

MARIA, DANIEL, LEILA, SAM, IVY = 1, 2, 3, 4, 5
MAY, JUNE, JULY = (date(2026, month, 10) for month in (5, 6, 7))


def said(a, kind, b, on=MAY, source="N1", responsibility=None):
    return Statement(a, b, kind, on, source, responsibility)


def only(*statements):
    (tie,) = ties_of(statements)
    return tie


def test_a_tie_has_both_directions_dates_and_sources():
    tie = only(said(MARIA, "mother", LEILA), said(MARIA, "mother", LEILA, JULY, "N2"))
    assert tie.says(MARIA) == "mother of"
    assert tie.says(LEILA) == "child of"
    assert (tie.since, tie.last, tie.sources) == (MAY, JULY, ("N1", "N2"))
    assert not tie.derived
    assert tie.doubts == ()


@pytest.mark.parametrize(("kind", "back"), [("child", "parent"), ("daughter", "mother")])
def test_the_same_said_from_either_side_is_one_tie(kind, back):
    tie = only(said(LEILA, kind, MARIA), said(MARIA, back, LEILA, JUNE, "N2"))
    assert (tie.a, tie.b, tie.bond) == (MARIA, LEILA, "parent")
    assert tie.sources == ("N1", "N2")


def test_mother_says_more_than_parent_whichever_came_last():
    tie = only(said(MARIA, "mother", LEILA), said(MARIA, "parent", LEILA, JULY, "N2"))
    assert tie.words == "mother of"


def test_of_a_couple_the_newest_word_counts_and_the_first_day_stays():
    tie = only(said(DANIEL, "partner", MARIA), said(MARIA, "ex partner", DANIEL, JULY, "N2"))
    assert tie.says(DANIEL) == tie.says(MARIA) == "ex-partner of"
    assert tie.ended
    assert tie.since == MAY


def test_two_sources_of_one_day_that_differ_about_a_couple_are_both_shown():
    tie = only(said(MARIA, "partner", DANIEL), said(MARIA, "ex partner", DANIEL, MAY, "N2"))
    assert tie.doubts == (
        ("sources of one day differ: partner of (N1); ex-partner of (N2)",),
    )  # fmt: skip


def test_a_father_for_one_source_and_a_step_father_for_another_is_a_doubt_of_both():
    ties = ties_of([said(DANIEL, "father", LEILA), said(DANIEL, "step father", LEILA, JUNE, "N2")])
    assert [tie.words for tie in ties] == ["father of", "step-father of"]
    assert ties[0].doubts == (("also said: ", DANIEL, " is step-father of ", LEILA, " (N2)"),)
    assert ties[1].doubts == (("also said: ", DANIEL, " is father of ", LEILA, " (N1)"),)


def test_who_is_the_parent_of_whom_may_be_said_both_ways_round():
    ties = ties_of([said(MARIA, "parent", LEILA), said(LEILA, "parent", MARIA, JUNE, "N2")])
    assert all(tie.doubts for tie in ties)


def test_two_fathers_are_shown_to_each_other_and_two_mothers_too():
    ties = ties_of([said(DANIEL, "father", LEILA), said(SAM, "father", LEILA, JUNE, "N2")])
    assert ties[0].doubts == (("also named as father of ", LEILA, ": ", SAM),)


def test_a_third_parent_is_a_doubt_and_a_second_is_none():
    two = [said(DANIEL, "parent", LEILA), said(MARIA, "parent", LEILA)]
    assert not any(tie.doubts for tie in ties_of(two))
    assert all(tie.doubts for tie in ties_of([*two, said(IVY, "parent", LEILA)]))


def test_partners_may_be_related_by_marriage_without_a_doubt():
    ties = ties_of([said(DANIEL, "partner", MARIA), said(DANIEL, "co parent", MARIA)])
    assert not any(tie.doubts for tie in ties)


@pytest.mark.parametrize(
    ("one", "other", "known"),
    [(True, None, True), (False, None, False), (None, None, None), (True, False, None)],
)
def test_parental_responsibility_is_known_not_known_or_in_doubt(one, other, known):
    tie = only(
        said(MARIA, "mother", LEILA, responsibility=one),
        said(LEILA, "child", MARIA, JUNE, "N2", responsibility=other),
    )
    assert tie.responsibility is known
    assert bool(tie.doubts) == ({one, other} == {True, False})


def test_an_unknown_kind_is_a_tie_in_its_own_words():
    tie = only(said(IVY, "lodger", MARIA))
    assert tie.says(IVY) == "lodger of"
    assert tie.says(MARIA) == "has as lodger"


def test_nobody_is_related_to_themself():
    assert ties_of([said(MARIA, "mother", MARIA)]) == []


def test_the_order_in_which_sources_came_does_not_matter():
    statements = [
        said(MARIA, "mother", LEILA), said(DANIEL, "ex", MARIA, JULY, "N3"),
        said(MARIA, "partner", DANIEL, JUNE, "N2"), said(LEILA, "sister", SAM),
    ]  # fmt: skip
    assert ties_of(statements) == ties_of(statements[::-1])
