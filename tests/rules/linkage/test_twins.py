"""Brothers and sisters share everything but a forename. None is ever taken for another."""

from datetime import date

import pytest

from sightline.rules.linkage.decide import Band
from sightline.rules.linkage.describe import describe
from sightline.rules.linkage.resolve import Candidate, resolve
from sightline.rules.linkage.vetoes import Veto
from tests.rules.linkage.people import JAYDEN, jayden, pair

# Twins as families name them: rhyming, with one initial, by faith, alike in sound.
TWINS = [
    ("Jayden", "Kayden"), ("Hassan", "Hussain"), ("Amir", "Amira"), ("Jack", "James"),
    ("Ella", "Ellie"), ("Taiwo", "Kehinde"), ("Maria", "Marina"), ("Mohammed Ali", "Mohammed Omar"),
    ("Mary Ann", "Mary Jane"), ("Zaviyar", "Zaviyan"), ("Harpreet", "Manpreet"),
    ("Aarif", "Aatif"), ("Blanka", "Bianka"), ("Amina", "Amna"), ("Daniel", "Daniela"),
    ("J", "Jack"), ("Mohammed", "Mohammed Ali"), ("", "Jack"), ("Luca", "Lucas"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), TWINS)
@pytest.mark.parametrize("moved", [{}, {"postcode": "LE2 1AA", "house": "3"}, {"postcode": ""}])
def test_an_unseen_twin_is_never_joined_to_the_known_one(one, other, moved):
    known = Candidate("known", (jayden(given=one), jayden(given=one, phone="")))
    assert resolve(jayden(given=other, **moved), [known]).band is not Band.JOIN


def test_the_twin_rule_says_why():
    band, compared = pair(jayden(), jayden(given="Kayden"))
    assert (band, compared.vetoes) == (Band.REVIEW, (Veto.TWINS,))


def test_a_boy_and_a_girl_of_one_name_are_not_joined():
    band, compared = pair(jayden(given="Alex"), jayden(given="Alex", sex="F"))
    assert (band, compared.vetoes) == (Band.REVIEW, (Veto.SEX_DIFFERS,))


def test_of_two_known_twins_each_mention_finds_its_own():
    twins = [
        Candidate("jayden", (jayden(),)),
        Candidate("kayden", (jayden(given="Kayden"),)),
    ]
    assert resolve(jayden(), twins).person_id == "jayden"
    assert resolve(jayden(given="Kayden"), twins).person_id == "kayden"
    assert resolve(jayden(), twins).band is Band.JOIN


@pytest.mark.parametrize("birth", [date(2013, 2, 3), None])
def test_a_sibling_of_one_surname_and_postcode_is_somebody_new(birth):
    sibling = jayden(given="Chloe", dob=birth, sex="F")
    assert resolve(sibling, [Candidate("jayden", (jayden(),))]).band is Band.NEW


def test_a_sibling_whose_birth_date_is_not_known_is_never_joined():
    unknown = describe(**{**JAYDEN, "given": "Kayden", "dob": None})
    assert resolve(unknown, [Candidate("jayden", (jayden(),))]).band is not Band.JOIN


def test_a_father_and_the_son_who_bears_his_name_are_not_joined():
    father = jayden(dob=None, role="perpetrator")
    band, compared = pair(father, jayden())
    assert (band, compared.vetoes) == (Band.REVIEW, (Veto.GENERATIONS,))


def test_a_father_and_son_of_one_name_are_told_apart_by_their_birth_dates():
    band, compared = pair(jayden(dob=date(1985, 5, 17), role="perpetrator"), jayden())
    assert band is not Band.JOIN
    assert Veto.BIRTH_CONFLICT in compared.vetoes
