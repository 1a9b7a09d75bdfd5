"""What keeps the machine from joining, however much agrees. Twins have a file of their own."""

from datetime import date

import pytest

from sightline.rules.linkage.decide import Band
from sightline.rules.linkage.vetoes import BARS, COMPANY_ANSWERS, LACKS, Veto
from tests.rules.linkage.people import MODEL, bare, jayden, pair

NHS, OTHER_NHS, UPN = "9990000018", "9990000026", "K332123420001"


@pytest.mark.parametrize(
    "backed",
    [
        {"surname": "Okafor", "dob": None, "postcode": "", "phone": ""},  # forename
        {"given": "J", "surname": "Okafor", "postcode": "", "phone": ""},  # birth date
        {"given": "", "surname": "", "postcode": "", "phone": ""},
    ],
)
@pytest.mark.parametrize("identifier", [{"nhs_number": NHS}, {"upn": UPN}])
def test_an_identifier_backed_by_forename_or_birth_date_joins(backed, identifier):
    assert pair(jayden(**identifier), jayden(**identifier, **backed))[0] is Band.JOIN


@pytest.mark.parametrize("identifier", [{"nhs_number": NHS}, {"upn": UPN}, {"police_id": "77/A"}])
@pytest.mark.parametrize("surname", ["Pemberton", "Okafor"])
def test_an_identifier_and_the_birth_date_under_another_forename_are_a_twins(identifier, surname):
    """Until now such a pair was joined: the number of one twin, taken down for the other."""
    twin = jayden(given="Oscar", surname=surname, **identifier)
    band, compared = pair(jayden(**identifier), twin)
    assert band is Band.REVIEW
    assert Veto.TWINS in compared.vetoes


def test_an_identifier_that_nothing_backs_is_reviewed_however_little_agrees():
    stranger = bare(
        given="Fatima", surname="Okafor", dob=date(1980, 3, 9), sex="F",
        postcode="B1 1AA", phone="07700 900999", nhs_number=NHS,
    )  # fmt: skip
    band, compared = pair(jayden(nhs_number=NHS), stranger)
    assert compared.weight < MODEL.bands.review_at
    assert (band, Veto.IDENTIFIER_UNBACKED in compared.vetoes) == (Band.REVIEW, True)


def test_conflicting_identifiers_never_join():
    band, compared = pair(jayden(nhs_number=NHS), jayden(nhs_number=OTHER_NHS))
    assert compared.weight > MODEL.bands.join_at
    assert (band, compared.vetoes) == (Band.REVIEW, (Veto.IDENTIFIER_CONFLICT,))


def test_a_temporary_pupil_number_never_speaks_against():
    band, compared = pair(jayden(upn=UPN), jayden(upn="A33212342000A"))
    assert (band, compared.found.upn, compared.vetoes) == (Band.JOIN, None, ())


def test_two_police_numbers_are_no_contradiction():
    band, compared = pair(jayden(police_id="1"), jayden(police_id="2"))
    assert (band, compared.vetoes) == (Band.JOIN, ())


def test_a_forename_not_written_down_is_not_confirmed():
    band, compared = pair(jayden(), jayden(given=""))
    assert compared.weight > MODEL.bands.join_at
    assert (band, compared.vetoes) == (Band.REVIEW, (Veto.FORENAME_UNCONFIRMED,))


@pytest.mark.parametrize("given", ["", "J", "Jadun"])
def test_two_adults_of_one_surname_and_birth_date_need_no_clear_forename(given):
    """On purpose: grown twins who abuse, or are abused, in two sources and share an initial are
    so few that a team would answer "yes" a hundred times for one "no"."""
    adult = {"dob": date(1988, 3, 9), "role": "victim"}
    assert pair(jayden(**adult), jayden(**adult, given=given))[0] is Band.JOIN


GROWN = {"dob": date(1988, 3, 9), "role": "victim"}


def test_of_two_adults_of_one_birth_date_and_like_forenames_company_says_whether_they_are_one():
    """Children of like forenames are twins."""
    zohra, zara = {"given": "Zohra", "sex": "F"}, {"given": "Zara", "sex": "F"}
    _, compared = pair(jayden(**GROWN, **zohra), jayden(**GROWN, **zara))
    assert compared.vetoes == (Veto.NAME_UNCLEAR,)
    assert pair(jayden(**zohra), jayden(**zara))[1].vetoes == (Veto.TWINS,)


@pytest.mark.parametrize("now", [{"given": "Walid"}, {"given": "Pemberton", "surname": "Waleed"},
                                 {"dob": None}])  # fmt: skip
def test_of_an_adult_the_sex_may_have_been_taken_down_wrong(now):
    was = {**GROWN, "given": "Waleed"}
    assert pair(jayden(**was), jayden(**{**was, "sex": "F", **now}))[1].vetoes == ()


def test_of_children_of_one_name_in_two_spellings_it_has_not():
    _, compared = pair(jayden(given="Denis"), jayden(given="Denise", sex="F"))
    assert compared.vetoes == (Veto.SEX_DIFFERS,)


def test_a_married_name_at_another_home_waits_for_a_human_or_for_company():
    woman = {"given": "Fatima", "dob": date(1988, 3, 9), "sex": "F", "role": "victim"}
    elsewhere = {"house": "3", "postcode": "LE2 1AA", "phone": ""}
    band, compared = pair(jayden(**woman), jayden(**woman, **elsewhere, surname="Okafor"))
    assert band is not Band.JOIN
    assert compared.vetoes == (Veto.SURNAME_DIFFERS,)
    assert Veto.SURNAME_DIFFERS in COMPANY_ANSWERS


@pytest.mark.parametrize("still", [{}, {"house": "14"}, {"house": "3", "postcode": "LE2 1AA"}])
def test_a_married_name_at_the_same_home_or_telephone_joins(still):
    woman = {"given": "Fatima", "dob": date(1988, 3, 9), "sex": "F", "role": "victim"}
    assert pair(jayden(**woman), jayden(**woman, **still, surname="Okafor"))[0] is Band.JOIN


def test_a_forename_without_surname_or_birth_date_joins_in_one_house_only():
    scant = {"surname": "", "dob": None}
    assert pair(jayden(), jayden(**scant))[1].vetoes == ()
    band, compared = pair(jayden(), jayden(**scant, house="14"))
    assert (band is Band.JOIN, compared.vetoes) == (False, (Veto.TOO_LITTLE,))


@pytest.mark.parametrize("unborn", [{"unborn": True}, {"given": "Unborn baby"}])
def test_an_unborn_child_is_never_joined_by_the_machine(unborn):
    band, compared = pair(jayden(**unborn), jayden())
    assert band is not Band.JOIN
    assert Veto.UNBORN in compared.vetoes


def test_a_father_and_the_son_who_bears_his_name_are_not_joined():
    father = jayden(dob=None, role="perpetrator")
    band, compared = pair(father, jayden())
    assert (band, compared.vetoes) == (Band.REVIEW, (Veto.GENERATIONS,))


@pytest.mark.parametrize("born", [date(1985, 5, 18), date(1985, 1, 1), date(2000, 4, 30)])
def test_a_father_and_son_of_one_name_are_told_apart_by_their_birth_dates(born):
    band, compared = pair(jayden(dob=born, role="perpetrator"), jayden())
    assert band is not Band.JOIN
    assert Veto.BIRTH_CONFLICT in compared.vetoes


def test_what_company_answers_are_not_contradictions_of_another_kind():
    assert set(Veto) == LACKS | BARS
    assert not LACKS & BARS
    assert COMPANY_ANSWERS < BARS | LACKS


def test_every_veto_is_said_in_words_of_its_own():
    assert len({veto.value for veto in Veto}) == len(Veto)
    assert all(" " in veto for veto in Veto)
