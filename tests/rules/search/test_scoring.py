"""How well a person fits, and why."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.rules.search.likeness import How, name_alike
from sightline.rules.search.reading import read
from sightline.rules.search.scoring import score
from sightline.rules.search.wishes import wishes
from sightline.rules.search.writing import Writing, terms

TODAY = date(2026, 11, 22)
LEILA = Writing(
    on=date(2026, 11, 20), given="Leila", middle="Ana", surname="Moreno",
    birth_date=date(2017, 5, 9), address="12 Brook Lane, Castlebrook", postcode="ZZ9 4QT",
    phone="07700 900123", numbers=("9990000026",), reference="LOG-1",
)  # fmt: skip
SAM = Writing(on=date(2026, 11, 20), given="Sam", surname="Moreno", age=4)
KHAN = Writing(on=date(2025, 1, 1), given="Mohammed", surname="Khan", birth_date=date(1990, 3, 4))
BROOKE = Writing(on=date(2026, 11, 20), given="Brooke", surname="Lain", birth_date=date(2014, 5, 1))
EVERYBODY = (LEILA, SAM, KHAN, BROOKE)
WORDS = [(t[0], t[2:]) for one in EVERYBODY for t in terms(one) if t[0] in "nw"]


def scored(line, *writings):
    return score([wishes(part, WORDS, TODAY) for part in read(line, TODAY)], writings)


@pytest.mark.parametrize(
    ("typed", "written", "how"),
    [
        ("leila", "leila", How.EXACT),
        ("layla", "leila", How.SPELLING),
        ("md", "mohammed", How.SPELLING),
        ("kate", "katherine", How.SPELLING),
        ("mor", "moreno", How.BEGINS),
        ("moreon", "moreno", How.SLIP),
        ("rahman", "abdulrahman", How.INSIDE),
        ("leila", "moreno", None),
        ("li", "mi", None),
    ],
)
def test_two_names_are_alike_in_one_way(typed, written, how):
    assert name_alike(typed, written) is how


@pytest.mark.parametrize(
    ("closer", "further"),
    [
        ("leila moreno 9.5.2017", "leila moreno 5.9.2017"),
        ("leila moreno 5.9.2017", "leila moreno 19.5.2017"),
        ("leila moreno 19.5.2017", "leila moreno 30.12.2017"),
        ("leila moreno", "leyla moreno"),
        ("leyla moreno", "leila mor"),
        ("leila 2017", "leila"),
        ("moreno ZZ9 4QT", "moreno ZZ9 4AA"),
        ("07700 900123", "900123"),
    ],
)
def test_what_is_closer_scores_more(closer, further):
    assert scored(closer, LEILA).points > scored(further, LEILA).points > 0


@pytest.mark.parametrize("line", ["12 Brook Lane", "brook ln 12"])
def test_who_lives_at_an_address_fits_it_better_than_who_is_called_like_the_street(line):
    assert scored(line, LEILA).points > scored(line, BROOKE).points > 0
    assert scored("brooke lain 12", BROOKE).points > scored("brooke lain 12", LEILA).points


def test_a_rare_name_says_more_than_a_common_one():
    assert scored("moreno", LEILA).points > scored("mohammed", KHAN).points


def test_a_name_that_was_given_up_says_so_and_counts_a_little_less():
    before = Writing(on=date(2020, 1, 1), given="Leila", surname="Moreno")
    now = Writing(on=date(2026, 1, 1), given="Leila", surname="Valverde")
    found = scored("leila moreno", now, before)
    assert found.because == ("first name", "earlier surname")
    assert found.points < scored("leila moreno", before).points


def test_an_age_that_was_written_years_ago_still_finds():
    small = Writing(on=date(2022, 6, 1), given="Sam", age=4)
    assert "year of birth by the age that was written" in scored("sam 2018", small).because


def test_a_middle_name_and_an_alias_are_found_as_what_they_are():
    known = Writing(on=date(2026, 1, 1), given="Leila", middle="Mohammed", aliases=("Sam Khan",))
    assert scored("mohammed", known).because == ("middle name",)
    assert scored("khan", known).because == ("other name",)


def test_the_same_fits_better_in_one_source_than_scattered_over_two():
    scattered = (
        Writing(on=date(2026, 1, 2), given="Sam", surname="Khan"),
        Writing(on=date(2026, 1, 1), given="Sam", surname="Khan", birth_date=date(2017, 5, 9)),
    )
    line = "9.5.2017 12 brook"
    there = (Writing(on=date(2026, 1, 2), address="12 Brook Lane", birth_date=date(2017, 5, 9)),)
    assert scored(line, *there).met > scored(line, *scattered).met


def test_nobody_fits_who_has_nothing_of_it():
    found = scored("khan md", LEILA)
    assert (found.points, found.met, found.because) == (0, 0, ())


@given(st.permutations(["moreno", "leyla", "5.9.2017", "ZZ9 4QT", "brook"]))
def test_the_order_of_the_parts_does_not_change_the_score(words):
    straight = scored("moreno leyla 5.9.2017 ZZ9 4QT brook", LEILA)
    assert scored(" ".join(words), LEILA).points == pytest.approx(straight.points)


@given(st.sampled_from(["leila", "2017", "9.5.17", "brook", "ZZ9", "m", "900123", "aged 9"]),
       st.sampled_from(["moreno", "leyla", "5.9.2017", "xyzzy", "12"]))  # fmt: skip
def test_another_part_never_lowers_the_score(part, more):
    assert scored(f"{part} {more}", LEILA).points >= scored(part, LEILA).points


@given(st.sampled_from(EVERYBODY), st.sampled_from(EVERYBODY))
def test_another_source_never_hides_what_was_found(one, other):
    assert scored("moreno leila 2017", one, other).met >= scored("moreno leila 2017", one).met
