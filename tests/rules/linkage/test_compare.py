"""What speaks for one person and what against, in words and bits."""

from datetime import date

import pytest

from sightline.rules.linkage import weights
from sightline.rules.linkage.compare import compare
from sightline.rules.linkage.decide import JOIN_AT, REVIEW_AT, Band
from sightline.rules.linkage.vetoes import Veto
from tests.rules.linkage.people import bare, jayden, pair, words


@pytest.mark.parametrize(
    ("born", "said", "vetoed"),
    [
        (date(2015, 5, 17), "same birth date", False),
        (date(2015, 5, 16), "birth date one digit off", False),
        (date(2014, 5, 17), "birth date one digit off", False),
        (date(2015, 1, 1), "1 January given for one, same year of birth", False),
        (date(2016, 1, 1), "1 January given for one, year of birth close", False),
        (date(2015, 11, 2), "other birth date in the same year", True),
        (date(2011, 11, 2), "another birth date", True),
        (date(1985, 1, 1), "another birth date", True),
    ],
)
def test_birth_dates_agree_by_degrees(born, said, vetoed):
    _, compared = pair(jayden(), jayden(dob=born))
    assert said in words(compared)
    assert (Veto.BIRTH_CONFLICT in compared.vetoes) is vetoed


def test_day_and_month_swapped_is_found():
    band, compared = pair(jayden(dob=date(2015, 5, 7)), jayden(dob=date(2015, 7, 5)))
    assert band is Band.JOIN
    assert "birth date with day and month swapped" in words(compared)


def test_first_and_last_name_swapped_is_found():
    band, compared = pair(jayden(), jayden(given="Pemberton", surname="Jayden"))
    assert band is Band.JOIN
    assert "forename and surname the other way round" in words(compared)


@pytest.mark.parametrize("surname", ["Pemberton-Okafor", "Okafor Pemberton", "Pemberton-Okafor "])
def test_a_double_barrelled_name_is_found(surname):
    band, compared = pair(jayden(), jayden(surname=surname))
    assert band is Band.JOIN
    assert "share a part of a double-barrelled surname" in words(compared)


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ("William", "Bill", "form of the same forename (a common one)"),
        ("Mohammed", "Muhammad", "form of the same forename (a very common one)"),
        ("Jayden", "Jaydn", "forename one letter off"),
        ("Jayden", "J", "initial agrees with the forename"),
        ("Zaviyar", "Zaviyan", "forename sounds or looks alike"),
        ("Hassan", "Hussain", "forename is a similar but different name"),
        ("Jayden", "Oscar", "different forename"),
        ("Xiao Ming", "Xiaoming", "same forename"),
        ("Mohammed", "Mohammed Ali", "share a first name many people bear"),
        ("John Oscar", "Oscar", "forename is the other's middle name"),
    ],
)
def test_forenames_agree_by_degrees(one, other, said):
    assert said in words(compare(jayden(given=one), jayden(given=other)))


def test_a_common_name_says_less_than_a_rare_one():
    smiths = compare(bare(surname="Smith"), bare(surname="Smith"))
    rare = compare(bare(surname="Pemberton"), bare(surname="Pemberton"))
    assert 0 < smiths.weight < rare.weight


def test_the_namesakes_of_a_city_are_not_joined_by_name_and_birth_date_alone():
    one = bare(given="Mohammed", surname="Khan", dob=date(2015, 5, 17), sex="M", postcode="B1 1AA")
    other = bare(
        given="Mohammed", surname="Khan", dob=date(2015, 5, 17), sex="M", postcode="B9 4AA"
    )
    assert pair(one, other)[0] is Band.REVIEW


def test_middle_names_count_for_and_against():
    same = compare(jayden(middle="Kofi"), jayden(middle="Kofi")).weight
    initial = compare(jayden(middle="Kofi"), jayden(middle="K")).weight
    other = compare(jayden(middle="Kofi"), jayden(middle="Luke")).weight
    assert same > initial > compare(jayden(), jayden()).weight > other


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ({}, "same house"),
        ({"house": ""}, "same postcode"),
        ({"house": "14"}, "another house"),
        ({"postcode": "DY1 1AA"}, "neighbouring postcode"),
        ({"postcode": "LE2 1AA"}, "another postcode"),
    ],
)
def test_addresses_agree_by_degrees(place, said):
    assert said in words(compare(jayden(), jayden(**place)))


def test_numbers_of_houses_in_different_postcodes_are_not_compared():
    elsewhere = compare(jayden(), jayden(postcode="DY1 1AA"))
    assert not any(reason.part == "house" for reason in elsewhere.reasons)


def test_a_telephone_says_less_about_people_of_one_address():
    at_home = compare(jayden(), jayden())
    elsewhere = compare(jayden(), jayden(postcode="LE2 1AA"))
    phone = {
        r.words: r.weight for c in (at_home, elsewhere) for r in c.reasons if r.part == "phone"
    }
    assert phone["same telephone, at the same postcode"] < phone["same telephone"]


NHS, OTHER_NHS = "9990000018", "9990000026"


@pytest.mark.parametrize(
    "backed",
    [
        {"surname": "Okafor", "dob": None, "postcode": "", "phone": ""},  # forename
        {"given": "Oscar", "surname": "Okafor", "postcode": "", "phone": ""},  # birth date
        {"given": "", "surname": "", "postcode": "", "phone": ""},
    ],
)
@pytest.mark.parametrize("identifier", [{"nhs_number": NHS}, {"upn": "K332123420001"}])
def test_an_identifier_backed_by_forename_or_birth_date_joins(backed, identifier):
    assert pair(jayden(**identifier), jayden(**identifier, **backed))[0] is Band.JOIN


def test_an_identifier_that_nothing_backs_is_reviewed_however_little_agrees():
    stranger = bare(
        given="Fatima", surname="Okafor", dob=date(1980, 3, 9), sex="F",
        postcode="B1 1AA", phone="07700 900999", nhs_number=NHS,
    )  # fmt: skip
    band, compared = pair(jayden(nhs_number=NHS), stranger)
    assert compared.weight < REVIEW_AT
    assert (band, Veto.IDENTIFIER_UNBACKED in compared.vetoes) == (Band.REVIEW, True)


def test_conflicting_identifiers_never_join():
    band, compared = pair(jayden(nhs_number=NHS), jayden(nhs_number=OTHER_NHS))
    assert compared.weight > JOIN_AT
    assert (band, compared.vetoes) == (Band.REVIEW, (Veto.IDENTIFIER_CONFLICT,))


def test_a_temporary_pupil_number_never_speaks_against():
    band, compared = pair(jayden(upn="K332123420001"), jayden(upn="A33212342000A"))
    assert band is Band.JOIN
    assert not any(reason.part == "upn" for reason in compared.reasons)


def test_a_forename_not_written_down_is_not_confirmed():
    band, compared = pair(jayden(), jayden(given=""))
    assert compared.weight > JOIN_AT
    assert (band, compared.vetoes) == (Band.REVIEW, (Veto.FORENAME_UNCONFIRMED,))


def test_an_unborn_child_is_never_joined_by_the_machine():
    band, compared = pair(jayden(unborn=True), jayden())
    assert band is not Band.JOIN
    assert Veto.UNBORN in compared.vetoes


def test_somebody_of_whom_nothing_is_known_weighs_nothing():
    compared = compare(jayden(), bare())
    assert (compared.weight, compared.reasons) == (0, ())


def test_the_reasons_add_up_to_the_weight():
    compared = compare(jayden(), jayden(given="Kayden", postcode="LE2 1AA"))
    assert compared.weight == pytest.approx(sum(reason.weight for reason in compared.reasons))


def test_no_reason_repeats_what_was_written():
    said = " ".join(words(compare(jayden(), jayden(given="Jaydn", house="")))).casefold()
    assert not any(part in said for part in ("jayden", "pemberton", "2015", "dy1", "0163"))


def test_agreeing_less_never_weighs_more():
    for exact, form, slip in zip(
        weights.FORENAME_SAME, weights.FORENAME_VARIANT, weights.FORENAME_SLIP, strict=True
    ):
        assert exact.weight > form.weight > weights.FORENAME_DIFFERENT.weight
        assert exact.weight > slip.weight
    levels = (
        weights.BIRTH_SAME, weights.BIRTH_SWAPPED, weights.BIRTH_ONE_DIGIT,
        weights.BIRTH_PLACEHOLDER, weights.BIRTH_PLACEHOLDER_NEAR, weights.BIRTH_SAME_YEAR,
        weights.BIRTH_CONFLICT,
    )  # fmt: skip
    assert [x.weight for x in levels] == sorted((x.weight for x in levels), reverse=True)
