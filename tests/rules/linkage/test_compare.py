"""What speaks for one person and what against, in words and bits."""

from datetime import date

import pytest

from sightline.rules.linkage.compare import reasons
from sightline.rules.linkage.decide import Band
from sightline.rules.linkage.levels import Forename
from sightline.rules.linkage.vetoes import Veto
from sightline.rules.linkage.words import PARTS
from tests.rules.linkage.people import MODEL, bare, jayden, pair, weight, words

MOVED = {"house": "3", "postcode": "LE2 1AA", "phone": ""}


@pytest.mark.parametrize(
    ("born", "said"),
    [
        (date(2015, 5, 17), "same birth date"),
        (date(2015, 5, 16), "birth date one digit off"),
        (date(2014, 5, 17), "birth date one digit off"),
        (date(2051, 5, 17), "birth date one digit off"),  # two digits changed places
        (date(2015, 1, 1), "1 January given for one, same year of birth"),
        (date(2016, 1, 1), "1 January given for one, year of birth close"),
        (date(2015, 11, 2), "other birth date in the same year"),
        (date(2011, 11, 2), "another birth date, some years apart"),
        (date(1985, 11, 2), "another birth date, a generation apart"),
        (date(1985, 1, 1), "another birth date, a generation apart"),
    ],
)
def test_birth_dates_agree_by_degrees(born, said):
    assert said in words(jayden(), jayden(dob=born))


def test_the_first_of_january_in_both_is_what_the_papers_say():
    """Not "age unknown" twice: it speaks for one person more than for one year of birth."""
    january = jayden(dob=date(2015, 1, 1))
    assert "1 January of one year given for both" in words(january, january)
    assert weight(jayden(), january) < weight(january, january) < weight(jayden(), jayden())
    band, compared = pair(january, jayden(dob=date(2015, 1, 1), **MOVED))
    assert (band is Band.JOIN, compared.vetoes) == (False, (Veto.BIRTH_NEARLY,))


@pytest.mark.parametrize("born", [date(2015, 11, 2), date(2011, 11, 2)])
def test_another_birth_date_joins_one_name_in_one_house_and_nowhere_else(born):
    """In one house no two of one name are born less than a generation apart: it was misheard."""
    assert pair(jayden(), jayden(dob=born))[0] is Band.JOIN
    band, compared = pair(jayden(), jayden(dob=born, **MOVED))
    assert (band is Band.JOIN, compared.vetoes) == (False, (Veto.BIRTH_DIFFERS,))
    band, compared = pair(jayden(), jayden(dob=born, surname="Okafor"))
    assert (band is Band.JOIN, compared.vetoes) == (False, (Veto.BIRTH_CONFLICT,))


@pytest.mark.parametrize(
    "born", [date(2015, 5, 16), date(2014, 5, 17), date(2015, 1, 1), date(2016, 1, 1)]
)
def test_a_birth_date_nearly_the_same_joins_nobody_at_another_home(born):
    """Where many have 1 January, or one name, somebody else was born nearly then."""
    assert pair(jayden(), jayden(dob=born))[0] is Band.JOIN
    band, compared = pair(jayden(), jayden(dob=born, **MOVED))
    assert (band is Band.JOIN, compared.vetoes) == (False, (Veto.BIRTH_NEARLY,))
    numbered = {"nhs_number": "9990000018"}
    band, compared = pair(jayden(**numbered), jayden(dob=born, **MOVED, **numbered))
    assert (band, compared.vetoes) == (Band.JOIN, ())


def test_birth_dates_a_generation_apart_never_join():
    band, compared = pair(jayden(), jayden(dob=date(1985, 11, 2)))
    assert (band, compared.vetoes) == (Band.REVIEW, (Veto.BIRTH_CONFLICT,))


@pytest.mark.parametrize("year", [1978, 1987])
def test_two_digits_of_a_year_the_wrong_way_round_are_a_slip(year):
    right, turned = date(year, 3, 9), date(1900 + int(str(year)[:1:-1]), 3, 9)
    band, _ = pair(jayden(dob=right), jayden(dob=turned))
    assert band is Band.JOIN
    assert "birth date one digit off" in words(jayden(dob=right), jayden(dob=turned))


def test_day_and_month_swapped_is_found():
    one, other = jayden(dob=date(2015, 5, 7)), jayden(dob=date(2015, 7, 5))
    assert pair(one, other)[0] is Band.JOIN
    assert "birth date with day and month swapped" in words(one, other)


def test_first_and_last_name_swapped_is_found():
    turned = jayden(given="Pemberton", surname="Jayden")
    assert pair(jayden(), turned)[0] is Band.JOIN
    assert "forename and surname the other way round (a rare one)" in words(jayden(), turned)


@pytest.mark.parametrize("surname", ["Pemberton-Okafor", "Okafor Pemberton", "Pemberton-Okafor "])
def test_a_double_barrelled_name_is_found(surname):
    double = jayden(surname=surname)
    assert pair(jayden(), double)[0] is Band.JOIN
    assert "share a part of a double-barrelled surname" in words(jayden(), double)


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ("William", "Bill", "forename that is also a pet form of the other"),
        ("Mohammed", "Muhammad", "other spelling of the forename (a very common one)"),
        ("Jayden", "Jaydn", "forename one letter off (a rare one)"),
        ("Jayden", "J", "initial agrees with the forename"),
        ("Zaviyar", "Zaviyan", "forename sounds or looks alike"),
        ("Hassan", "Hussain", "forename is a similar but different name"),
        ("Jayden", "Oscar", "different forename"),
        ("Xiao Ming", "Xiaoming", "same forename (a rare one)"),
        ("Mohammed", "Mohammed Ali", "share a first name many people bear"),
        ("John Oscar", "Oscar", "forename is the other's middle name, or a part of it"),
    ],
)
def test_forenames_agree_by_degrees(one, other, said):
    assert said in words(jayden(given=one), jayden(given=other))


def test_a_common_name_says_less_than_a_rare_one():
    smiths, rare = (weight(bare(surname=s), bare(surname=s)) for s in ("Smith", "Pemberton"))
    assert 0 < smiths < rare


def test_a_name_that_sounds_alike_is_worth_no_rarity():
    alike = words(jayden(surname="Pemberton"), jayden(surname="Pemburten"))
    assert "surname sounds or looks alike" in alike


def test_middle_names_count_for_and_against():
    same = weight(jayden(middle="Kofi"), jayden(middle="Kofi"))
    initial = weight(jayden(middle="Kofi"), jayden(middle="K"))
    other = weight(jayden(middle="Kofi"), jayden(middle="Luke"))
    assert same > initial > weight(jayden(), jayden()) > other


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ({}, "same house"),
        ({"house": ""}, "same postcode"),
        ({"house": "14"}, "same postcode, another house"),
        ({"postcode": "DY1 1AA"}, "neighbouring postcode"),
        ({"postcode": "LE2 1AA"}, "another postcode"),
        ({"street": "High St", "postcode": ""}, "same house and street, another postcode or none"),
        ({"street": "High St", "postcode": "DY1 9ZZ"},
         "same house and street, another postcode or none"),
    ],
)  # fmt: skip
def test_addresses_agree_by_degrees(place, said):
    assert said in words(jayden(street="High Street"), jayden(**place))


def test_numbers_of_houses_in_different_postcodes_are_not_compared():
    elsewhere = {"postcode": "LE2 1AA", "street": "Mill Lane"}
    same, other = jayden(**elsewhere), jayden(**elsewhere, house="14")
    assert weight(jayden(), same) == weight(jayden(), other)


def test_a_telephone_says_less_about_people_of_one_address():
    def telephone(other):
        return next(r for r in reasons(jayden(), other, MODEL) if r.part == "phone")

    at_home, elsewhere = telephone(jayden()), telephone(jayden(postcode="LE2 1AA"))
    assert at_home.words == "same telephone, perhaps of one home"
    assert elsewhere.words == "same telephone at two addresses"
    assert 0 < at_home.weight < elsewhere.weight


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ("77/1234A", "77 1234a", "same police number"),
        ("77/1234A", "77/1243A", "police number one character off"),
        ("77/1234A", "77/1324B", "another police number"),
        ("1234", "1235", "another police number"),  # too short for a slip to tell from a neighbour
    ],
)
def test_police_numbers_agree_by_degrees(one, other, said):
    assert said in words(jayden(police_id=one), jayden(police_id=other))


def test_somebody_of_whom_nothing_is_known_weighs_nothing():
    assert (weight(jayden(), bare()), words(jayden(), bare())) == (0, set())


@pytest.mark.parametrize(
    "other",
    [
        {"given": "Kayden", "postcode": "LE2 1AA"},
        {"given": "Pemberton", "surname": "Jayden"},
        {"surname": "Smith-Pemberton"},
    ],
)
def test_the_reasons_add_up_to_the_weight(other):
    a, b = jayden(), jayden(**other)
    assert weight(a, b) == pytest.approx(sum(r.weight for r in reasons(a, b, MODEL)), abs=1e-5)


def test_no_reason_repeats_what_was_written():
    said = " ".join(words(jayden(), jayden(given="Jaydn", house=""))).casefold()
    assert not any(part in said for part in ("jayden", "pemberton", "2015", "dy1", "0163"))


@pytest.mark.parametrize("part", PARTS)
def test_to_agree_speaks_for_one_person_and_to_differ_against(part):
    same, *others = MODEL.weights[part]
    both_names = {Forename.SWAPPED} if part == "forename" else set()  # worth a surname as well
    assert same > max(w for n, w in enumerate(others, start=1) if n not in both_names)
    assert same > 0 > others[-1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Xin Jun", "Huang"), ("Huang", "Xinjun")),
        (("Wing-Yuen", "Ma"), ("Ma", "Wingyuen")),
        (("Rizwan", "Mansurani"), ("Mansurami", "Riswan")),
        (("Mehreen", "Bi"), ("Bibi", "Mehreen")),
    ],
)
def test_names_the_other_way_round_are_found_run_together_or_misspelt(one, other):
    a, b = (bare(given=given, surname=surname) for given, surname in (one, other))
    assert any(said.startswith("forename and surname the other way round") for said in words(a, b))
