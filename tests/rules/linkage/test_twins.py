"""Brothers and sisters share everything but a forename. None is ever taken for another."""

from datetime import date

import pytest

from sightline.rules.linkage.decide import Band
from sightline.rules.linkage.levels import Forename
from sightline.rules.linkage.resolve import resolve
from sightline.rules.linkage.vetoes import Veto
from tests.rules.linkage.people import MODEL, bare, jayden, known, pair, verdict

# Twins as families name them: rhyming, with one initial, by faith, alike in sound.
TWINS = [
    ("Jayden", "Kayden"), ("Hassan", "Hussain"), ("Amir", "Amira"), ("Jack", "James"),
    ("Ella", "Ellie"), ("Taiwo", "Kehinde"), ("Maria", "Marina"), ("Mohammed Ali", "Mohammed Omar"),
    ("Mary Ann", "Mary Jane"), ("Zaviyar", "Zaviyan"), ("Harpreet", "Manpreet"),
    ("Aarif", "Aatif"), ("Blanka", "Bianka"), ("Amina", "Amna"), ("Daniel", "Daniela"),
    ("J", "Jack"), ("Mohammed", "Mohammed Ali"), ("", "Jack"), ("Luca", "Lucas"),
    ("Syed Hassan", "Syed Hussain"), ("Md Rafiq", "Md Shafiq"), ("Oleh", "Olena"),
    ("Alexander", "Alexandra"), ("Gurpreet", "Gurdeep"), ("Xiao Ming", "Xiao Mei"),
    ("Nadia", "Nadine"), ("Yusuf", "Yunus"), ("Mia", "Maya"), ("Tymon", "Szymon"),
    ("Abdul Rahman", "Abdul Rahim"), ("Lily-Mae", "Lily-Rose"), ("Anna Maria", "Anna Sofia"),
]  # fmt: skip
SPELT = [
    str,
    str.upper,
    lambda name: f" {name}. ",
    lambda name: f"Master {name}",
    lambda name: name[:1] + name[2:] if len(name) > 6 else name,  # a letter lost
    lambda name: name[:3] + name[2:],  # a letter written twice
    lambda name: name.replace("ss", "s").replace("ay", "ai"),
]
MOVES = [{}, {"postcode": "LE2 1AA", "house": "3"}, {"postcode": "", "phone": ""}]


@pytest.mark.parametrize(("one", "other"), TWINS)
@pytest.mark.parametrize("moved", MOVES)
@pytest.mark.parametrize("spelt", SPELT)
def test_an_unseen_twin_is_never_joined_to_the_known_one(one, other, moved, spelt):
    seen = known(7, jayden(given=one), jayden(given=one, phone=""))
    assert verdict(jayden(given=spelt(other), **moved), seen).band is not Band.JOIN


@pytest.mark.parametrize(("one", "other"), TWINS)
@pytest.mark.parametrize("moved", MOVES)
def test_nor_is_it_by_the_number_of_the_known_one(one, other, moved):
    """A surgery or a school hands out one twin's number for both."""
    number = {"nhs_number": "9990000018", "upn": "K332123420001"}
    seen = known(7, jayden(given=one, **number))
    joined = verdict(jayden(given=other, **number, **moved), seen).band is Band.JOIN
    assert not joined or (one, other) in NOT_TWO_FORENAMES


# With number and birth date shared, this is one forename written short, or none at all.
NOT_TWO_FORENAMES = [("J", "Jack"), ("Mohammed", "Mohammed Ali"), ("", "Jack")]


@pytest.mark.parametrize("moved", MOVES)
def test_twins_christened_amelia_and_millie_are_not_joined(moved):
    """Few twins are called William and Billy, and those two are one boy; Millie is a name."""
    assert verdict(jayden(given="Millie", **moved), known(7, jayden(given="Amelia"))).band \
        is not Band.JOIN  # fmt: skip
    assert pair(jayden(given="William"), jayden(given="Billy"))[0] is Band.JOIN


def test_the_twin_rule_says_why():
    band, compared = pair(jayden(), jayden(given="Kayden"))
    assert (band, compared.vetoes) == (Band.REVIEW, (Veto.TWINS,))


@pytest.mark.parametrize("born", [date(2013, 2, 3), date(2014, 5, 17), date(2015, 1, 1)])
def test_sisters_who_share_a_first_name_are_not_joined(born):
    """In one house, where another birth date alone would be taken for a slip."""
    band, _ = pair(jayden(given="Mary Ann"), jayden(given="Mary Jane", dob=born))
    assert band is not Band.JOIN


def test_a_boy_and_a_girl_of_like_names_are_not_joined():
    band, compared = pair(jayden(given="Stevn"), jayden(given="Steven", sex="F"))
    assert (band, compared.vetoes) == (Band.REVIEW, (Veto.SEX_DIFFERS,))


def test_one_forename_to_the_letter_and_one_birth_date_are_one_child_whatever_the_sex():
    """Parents do not give one forename to a boy and a girl: one sex was taken down wrong."""
    assert pair(jayden(given="Alex"), jayden(given="Alex", sex="F"))[0] is Band.JOIN
    _, compared = pair(jayden(given="Alex"), jayden(given="Alex", sex="F", dob=None))
    assert compared.vetoes == (Veto.SEX_DIFFERS,)


def test_of_two_known_twins_each_mention_finds_its_own():
    twins = known(1, jayden()), known(2, jayden(given="Kayden"))
    for given, person in (("Jayden", 1), ("Kayden", 2)):
        found = verdict(jayden(given=given), *twins)
        assert (found.band, found.match.person_id) == (Band.JOIN, person)


@pytest.mark.parametrize("birth", [date(2013, 2, 3), None])
def test_a_sibling_of_one_surname_and_postcode_is_somebody_new(birth):
    sibling = jayden(given="Chloe", dob=birth, sex="F")
    assert verdict(sibling, known(1, jayden())).band is Band.NEW


def test_a_sibling_whose_birth_date_is_not_known_is_never_joined():
    assert verdict(jayden(given="Kayden", dob=None), known(1, jayden())).band is not Band.JOIN


NUMBER = {"nhs_number": "9990000018"}


@pytest.mark.parametrize("born", [None, date(2013, 2, 3), date(2016, 8, 30), date(2015, 11, 2)])
@pytest.mark.parametrize("other", ["Mohammed", "Muhammad", "Md", "Syed"])
def test_brothers_of_whom_only_a_first_name_like_mohammed_was_written_are_not_joined(born, other):
    one = jayden(given="Mohammed", surname="Khan")
    band, _ = pair(one, jayden(given=other, surname="Khan", dob=born))
    assert band is not Band.JOIN


def test_a_lone_mohammed_is_no_less_alone_for_being_written_surname_first():
    turned = jayden(given="Mansurpur", surname="Mohammed")
    band, compared = pair(jayden(given="Muhammad", surname="Mansurpur"), turned)
    assert (band, compared.found.forename) == (Band.REVIEW, Forename.SWAPPED)
    assert pair(jayden(given="Mohammed Zaid", surname="Mansurpur"),
                jayden(given="Mansurpur", surname="Zaid"))[0] is Band.JOIN  # fmt: skip


def test_one_lone_mohammed_of_one_birth_date_and_home_is_asked_about_unless_a_number_says_it():
    """Zaid and Ismail Mohammed are twins, and one officer each wrote down the first name alone."""
    lone = jayden(given="Mohammed", surname="Khan", **NUMBER)
    band, compared = pair(lone, jayden(given="Muhammad", surname="Khan", phone=""))
    assert (band, compared.vetoes) == (Band.REVIEW, (Veto.NAME_SHARED,))
    assert pair(lone, jayden(given="Muhammad", surname="Khan", **NUMBER))[0] is Band.JOIN


def _twins(mine="Jayden", **written):
    """Jayden, whose number is held, and his twin, named with him in one source."""
    mine, theirs = jayden(given=mine, **NUMBER), jayden(**{"given": "Kayden", **written})
    return known(1, mine, sources=(1,)), known(2, theirs, sources=(1,))


@pytest.mark.parametrize("given", ["", "K", "Mohammed"])
def test_beside_a_known_twin_a_number_does_not_stand_in_for_the_forename(given):
    """Both of one's numbers may be taken down for the other; alone, they say who it is."""
    mention = jayden(given=given, **NUMBER)
    both = _twins(mine="Keir")
    found = verdict(mention, *both)
    assert (found.band, found.match.vetoes[-1]) == (Band.REVIEW, Veto.WHICH_TWIN)
    alone = {"": "Jayden", "K": "Keir", "Mohammed": "Mohammed Ali"}[given]
    only = known(1, jayden(given=alone, **NUMBER))
    assert verdict(mention, only).band is Band.JOIN


def test_the_twin_is_found_though_nothing_but_the_number_was_written():
    one, other = _twins()
    mention = bare(dob=date(2015, 5, 17), role="child", **NUMBER)
    company = lambda persons: [other] if persons == {1} else []  # noqa: E731
    assert resolve((mention,), {0: (one,)}, MODEL, company).verdicts[0].band is Band.REVIEW
    assert resolve((mention,), {0: (one,)}, MODEL).verdicts[0].band is Band.JOIN


def test_an_initial_that_is_not_the_twins_tells_which_one_it_is():
    assert verdict(jayden(given="J", **NUMBER), *_twins()).band is Band.JOIN


def test_a_first_name_that_both_twins_bear_does_not_tell_them_apart():
    one = known(1, jayden(given="Xin Yi", surname="Wu"), sources=(1,))
    other = known(2, jayden(given="Xin Mei", surname="Wu"), sources=(1,))
    assert verdict(jayden(given="Xin", surname="Wu"), one).band is Band.JOIN
    assert verdict(jayden(given="Xin", surname="Wu"), one, other).band is Band.REVIEW
    assert verdict(jayden(given="Xin Yi", surname="Wu"), one, other).match.person_id == 1


def test_a_boy_without_a_forename_is_not_his_twin_sister():
    assert verdict(jayden(given="", **NUMBER), *_twins(given="Chloe", sex="F")).band is Band.JOIN


def test_two_mohammeds_of_one_number_are_asked_about_where_there_is_a_twin():
    one = known(1, jayden(given="Mohammed", surname="Khan", **NUMBER), sources=(1,))
    other = known(2, jayden(given="Bilal", surname="Khan"), sources=(1,))
    again = jayden(given="Muhammad", surname="Khan", **NUMBER)
    assert verdict(again, one).band is Band.JOIN
    assert verdict(again, one, other).band is Band.REVIEW


def test_grown_twins_are_told_apart_by_a_forename_as_well():
    """Of adults a surname and a birth date are enough where no twin is known."""
    one = known(1, jayden(role="other", nhs_number=""), sources=(1,))
    other = known(2, jayden(role="other", given="Kayden"), sources=(1,))
    unnamed = jayden(role="other", given="")
    assert verdict(unnamed, one).band is Band.JOIN
    assert verdict(unnamed, one, other).band is Band.REVIEW


def test_twins_written_surname_first_are_not_one_child_for_the_surname_they_share():
    begum = {"given": "Begum", "sex": "F"}
    band, compared = pair(
        jayden(surname="Eesa", **begum), jayden(surname="Abdul Ismail", **begum)
    )  # fmt: skip
    assert (band, compared.vetoes) == (Band.REVIEW, (Veto.NAME_SHARED,))
