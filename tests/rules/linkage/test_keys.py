"""Two mentions of one person must share a key; what is missing makes none."""

from datetime import date

import pytest

from sightline.rules.linkage.keys import keys
from tests.rules.linkage.people import bare, jayden

MOVED = {"postcode": "LE2 1AA", "house": "", "phone": ""}


@pytest.mark.parametrize(
    "changed",
    [
        {"surname": "Pembertn", **MOVED},
        {"given": "Jaydn", **MOVED},
        {"given": "", **MOVED},
        {"surname": "", **MOVED},
        {"surname": "Okafor", **MOVED},
        {"surname": "Pemberton-Okafor", **MOVED},
        {"given": "Pemberton", "surname": "Jayden", **MOVED},
        {"dob": date(2015, 5, 18)},
        {"dob": date(2015, 5, 18), "postcode": "DY2 7AA", "phone": ""},
        {"dob": None},
        {"dob": None, "surname": "Okafor", "postcode": ""},
    ],
)
def test_a_mention_with_something_wrong_is_still_a_candidate(changed):
    assert keys(jayden()) & keys(jayden(**changed))


def test_day_and_month_the_wrong_way_round_share_a_key():
    right = bare(surname="Pemberton", dob=date(2015, 5, 7))
    assert keys(right) & keys(bare(surname="Pemberton", dob=date(2015, 7, 5)))


def test_identifiers_find_somebody_whose_name_has_changed():
    before = bare(given="Ann", surname="Lee", nhs_number="9990000018", upn="K332123420001")
    assert keys(before) & keys(bare(given="Zoe", surname="Fox", nhs_number="9990000018"))
    assert keys(before) & keys(bare(given="Zoe", surname="Fox", upn="K332123420001"))


def test_strangers_share_no_key():
    stranger = bare(given="Fatima", surname="Okafor", dob=date(2011, 7, 9), postcode="B1 1AA")
    assert not keys(jayden()) & keys(stranger)


def test_nothing_known_makes_no_key():
    assert keys(bare()) == frozenset()
    assert keys(bare(given="Jayden", surname="Pemberton")) == frozenset()


def test_an_unborn_child_has_only_the_keys_of_the_household():
    unborn = jayden(unborn=True, dob=date(2026, 6, 1), nhs_number="9990000018")
    assert {key[0] for key in keys(unborn)} == {"b"}
    assert keys(unborn) & keys(jayden(given="Kayden", dob=date(2026, 6, 3)))


def test_a_key_never_grows_long():
    long = bare(
        given="Wolfeschlegelsteinhausenbergerdorff " * 2,
        surname="Hubertblainewolfeschlegelsteinhausen-Bergerdorffwelchevoralternwaren",
        dob=date(2015, 5, 17),
        postcode="DY1 1HF",
    )
    assert max(map(len, keys(long))) <= 60


def test_names_the_other_way_round_share_their_keys_without_a_birth_date():
    home = {"postcode": "WV1 2HA"}
    one, other = bare(given="Zana", surname="Jabbar", **home), bare(
        given="Jabbar", surname="Zana", **home
    )  # fmt: skip
    assert any(key.startswith("z:") for key in keys(one) & keys(other))
