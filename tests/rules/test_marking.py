"""What differs between two ways of writing something."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.rules.marking import Likeness, mark, mark_addresses, mark_dates, nearest

SAME, NEAR, DIFFERS, ONLY = Likeness.SAME, Likeness.NEAR, Likeness.DIFFERS, Likeness.ONLY_ONE


def off(parts):
    return [text for text, differs in parts if differs]


@pytest.mark.parametrize(
    ("a", "b", "likeness", "words", "mine", "theirs"),
    [
        ("Leila", "LEILA", SAME, "Same", [], []),
        ("Mary-Jane", "Mary Jane", SAME, "Same", [], []),
        ("07700 900123", "07700900123", SAME, "Same", [], []),
        ("Lela", "Leila", NEAR, "1 letter differs", [], ["i"]),
        ("Samir", "Samar", NEAR, "1 letter differs", ["i"], ["a"]),
        ("Katherine", "Catharine", NEAR, "2 letters differ", ["K", "e"], ["C", "a"]),
        ("Mary Jane", "Jane Mary", NEAR, "Other way round", ["Mary Jane"], ["Jane Mary"]),
        ("Leila", "Sam", DIFFERS, "Different", ["Leila"], ["Sam"]),
        ("Leila", "", ONLY, "Only in the new one", [], []),
        ("", "Leila", ONLY, "Only in the known one", [], []),
        ("", "", ONLY, "", [], []),
    ],
)
def test_texts(a, b, likeness, words, mine, theirs):
    found = mark(a, b)
    assert (found.likeness, found.words) == (likeness, words)
    assert (off(found.a), off(found.b)) == (mine, theirs)


def test_what_agrees_or_does_not_has_no_letters_marked():
    assert mark("Female", "Male", of="").words == "Different"


@pytest.mark.parametrize(
    ("a", "b", "likeness", "words", "mine", "theirs"),
    [
        (date(2017, 5, 9), date(2017, 5, 9), SAME, "Same", [], []),
        (date(2017, 5, 9), date(2017, 9, 5), NEAR, "Day and month swapped", ["9", "5"], ["5", "9"]),
        (date(2017, 5, 9), date(2018, 5, 9), NEAR, "1 digit differs", ["7"], ["8"]),
        (date(2017, 1, 1), date(2017, 5, 9), NEAR,
         "Same year; 1 January often means only the year", ["1", "1"], ["9", "5"]),
        (date(2017, 5, 9), date(2017, 6, 24), DIFFERS, "Different: 46 days apart",
         ["09", "5"], ["24", "6"]),
        (date(1988, 7, 2), date(2017, 5, 9), DIFFERS, "Different: 29 years apart",
         ["2", "7", "1988"], ["9", "5", "2017"]),
        (None, date(2017, 5, 9), ONLY, "Only in the known one", [], []),
    ],
)  # fmt: skip
def test_dates(a, b, likeness, words, mine, theirs):
    found = mark_dates(a, b)
    assert (found.likeness, found.words) == (likeness, words)
    assert (off(found.a), off(found.b)) == (mine, theirs)


@pytest.mark.parametrize(
    ("a", "b", "one_home", "likeness", "words"),
    [
        ("35 Heronleigh Avenue, Castlebrook ZZ9 6XR", "12 Amberleigh Street, Castlebrook ZZ9 5AD",
         False, DIFFERS, "Another address"),
        ("12 Brook Lane ZZ9 4QT", "12 Brook Ln, Castlebrook ZZ9 4QT", True, NEAR,
         "One home, written otherwise"),
        ("12 Brook Lane ZZ9 4QT", "14 Brook Lane ZZ9 4QT", False, NEAR, "A number differs"),
        ("12 Brok Lane ZZ9 4QT", "12 Brook Lane ZZ9 4QT", False, NEAR, "1 letter differs"),
        ("12 Brook Lane", "12 brook lane", True, SAME, "Same"),
        ("12 Brook Lane", "", False, ONLY, "Only in the new one"),
    ],
)  # fmt: skip
def test_addresses_are_not_near_for_sharing_a_town(a, b, one_home, likeness, words):
    found = mark_addresses(a, b, one_home=one_home)
    assert (found.likeness, found.words) == (likeness, words)


@given(st.text(max_size=12), st.text(max_size=12))
def test_no_letter_is_lost_or_added(a, b):
    found = mark(a, b)
    assert "".join(text for text, _ in found.a) == a
    assert "".join(text for text, _ in found.b) == b


def test_the_most_alike_is_found():
    assert nearest("Lela", ["Sam", "Leila", "Leo"]) == "Leila"
    assert nearest("Lela", []) == ""
