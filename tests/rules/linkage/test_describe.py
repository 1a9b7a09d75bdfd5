"""What is made of what was written."""

from datetime import date

import pytest

from sightline.rules.linkage.describe import describe


@pytest.mark.parametrize(
    ("written", "surname"),
    [
        ("O'Brien", "obrien"),
        ("O’BRIEN", "obrien"),
        ("Mc Donald", "mcdonald"),
        ("Łukasiewicz", "lukasiewicz"),
        ("Müller", "muller"),
        ("Smith-Jones", "smith jones"),
        ("  de  la Cruz ", "de la cruz"),
        ("Not known", ""),
        ("N/K", ""),
        ("Шевченко", "shevchenko"),  # other scripts are written out
        ("田中", "tianzhong"),
    ],
)
def test_names_lose_case_accents_and_punctuation(written, surname):
    assert describe(surname=written).surname == surname


@pytest.mark.parametrize("written", ["Baby", "unborn", "UNKNOWN", "Baby Boy", "n/a", "-", " "])
def test_a_placeholder_is_no_forename(written):
    assert describe(given=written, surname="Smith").forename is None


@pytest.mark.parametrize(
    ("given", "middle", "telling"),
    [
        ("Mohammed", "Ali", "ali"),
        ("Md", "Rafiq", "rafiq"),
        ("Syed Hassan", "", "hassan"),
        ("Mohammed", "", "mohammed"),
        ("Abdul Rahman", "", "abdulrahman"),
        ("Anna", "Maria", "anna"),
        ("Mr John", "", "john"),
    ],
)
def test_the_forename_is_the_one_that_tells_people_apart(given, middle, telling):
    assert describe(given=given, middle=middle).forename.text == telling


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("999 000 0018", "9990000018"),
        ("999-000-0026", "9990000026"),
        ("9990000019", ""),  # wrong check digit
        ("0000000000", ""),  # passes the check, but is what people type into a box
        ("999000001", ""),
    ],
)
def test_an_nhs_number_must_be_valid(written, kept):
    d = describe(nhs_number=written)
    assert d.nhs_number == kept
    assert d.notes == (() if kept else ("NHS number left out: not valid",))


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("K332123420001", "K332123420001"),
        ("k 3321 2342 0001", "K332123420001"),
        ("A332123420001", ""),  # wrong check letter
        ("K33212342000", ""),
        ("I332123420001", ""),  # no UPN begins with I
        ("A33212342000A", "A33212342000A"),  # temporary: only the form can be checked
    ],
)
def test_a_pupil_number_must_have_its_check_letter(written, kept):
    assert describe(upn=written).upn == kept


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("dy11hf", "DY1 1HF"),
        (" DY1  1HF.", "DY1 1HF"),
        ("BB1 OAA", "BB1 0AA"),  # a letter O for a nought
        ("ZZ99 3VZ", ""),  # no fixed abode: hundreds share it
        ("Dudley", ""),
    ],
)
def test_a_postcode_is_read_in_any_writing(written, kept):
    assert describe(postcode=written).postcode == kept


def test_an_unreadable_postcode_is_not_written_to_the_log(caplog):
    describe(postcode="12 Safe Street")
    assert not caplog.records


@pytest.mark.parametrize(
    "written", ["07700 900123", "+44 7700 900123", "0044 7700 900123", "+44 (0)7700-900-123"]
)
def test_a_telephone_is_its_digits(written):
    assert describe(phone=written).phone == "07700900123"


def test_a_telephone_of_noughts_is_none():
    assert describe(phone="00000 000000").phone == ""


@pytest.mark.parametrize("written", ["Flat 3, 12A", "flat 3 12a", "FLAT 3/12A"])
def test_a_house_is_written_in_one_way(written):
    assert describe(house=written).house == "3 12a"


def test_the_first_of_january_is_taken_for_a_placeholder():
    assert describe(dob=date(1988, 1, 1)).dob_placeholder
    assert not describe(dob=date(1988, 1, 2)).dob_placeholder
    assert not describe().dob_placeholder


@pytest.mark.parametrize(("written", "kept"), [("female", "F"), ("m", "M"), ("U", ""), ("", "")])
def test_sex_is_male_female_or_not_known(written, kept):
    assert describe(sex=written).sex == kept


def test_notes_never_repeat_what_was_written():
    d = describe(nhs_number="1234567890", upn="X1", postcode="Elm House", phone="12345")
    assert len(d.notes) == 4
    assert not any(raw in note for note in d.notes for raw in ("1234567890", "X1", "Elm", "12345"))
