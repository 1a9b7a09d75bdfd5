"""Two spellings of one address, and two addresses that are nearly one."""

import pytest

from sightline.rules.families.addresses import address_key, uprn_key

PLACE = "ZZ9 4QT"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("12 Brook Lane, Castlebrook", "12 BROOK LANE"),
        ("12 Brook Lane Castlebrook", "12 Brook Ln., Castlebrook, West Midshire"),
        ("12 Quarry Rd", "12 Quarry Road"),
        ("12 A Quarry Road", "12a Quarry Road"),
        ("12A, Quarry Road", "12a Quarry Rd, Castlebrook"),
        ("Flat 2, 14 Mill Street", "Apartment 2, 14 Mill St"),
        ("Flat 2, 14 Mill Street", "Flat 2 14 Mill Street, Castlebrook"),
        ("14 Mill Street, Flat 2", "Apt. 2, 14 Mill Street"),
        ("Unit B, 14 Mill Street", "flat b 14 mill street"),
        ("3 Tanner's Row", "3 Tanners Row, Castlebrook"),
        ("12 - 14 Brook Lane", "12-14 Brook Lane"),
        ("No. 7 Broadway, Castlebrook", "7 Broadway"),
        ("Canal Cottage, Lock Lane, Castlebrook", "Canal Cottage Lock Lane"),
        ("The Old Rectory, Castlebrook", "The Old Rectory"),
        ("5 St Aldred's Rd", "5 St Aldreds Road"),
        ("9 Côte Hill", "9 Cote Hill"),
    ],
)
def test_one_home_however_it_is_written(one, other):
    assert address_key(one, PLACE) == address_key(other, "zz94qt")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("12 Brook Lane", "14 Brook Lane"),
        ("12 Brook Lane", "12a Brook Lane"),
        ("12 Brook Lane", "12-14 Brook Lane"),
        ("Flat 2, 14 Mill Street", "Flat 3, 14 Mill Street"),
        ("Flat 2, 14 Mill Street", "14 Mill Street"),
        ("Flat 2, Block A, 14 Mill Street", "Flat 2, Block B, 14 Mill Street"),
        ("2 Ash House, Mill Street", "2 Elm House, Mill Street"),
        ("1 Park Farm Close", "1 Park View Close"),
        ("12 Green Lane", "12 Green Road"),
        ("5 St Aldred's Road", "5 St Wilfrid's Road"),
        ("Flat 2 b, 14 Mill Street", "Flat 2, 14 Mill Street"),
        ("5 Court Road East", "5 Court Road West"),
        ("The Old Rectory", "The Old Vicarage"),
    ],
)
def test_two_homes_that_are_nearly_one(one, other):
    assert address_key(one, PLACE) != address_key(other, PLACE)


def test_the_town_counts_where_no_postcode_tells_towns_apart():
    assert address_key("12 High Street, Castlebrook", "") != address_key("12 High St, Farholt", "")
    assert address_key("12 High Street, Farholt", "") == address_key("12 High St, Farholt", "")
    assert address_key("12 High Street, Castlebrook", "ZZ99 3VZ") != address_key(
        "12 High Street, Farholt", "ZZ99 3VZ"
    )


def test_another_postcode_is_another_home():
    assert address_key("12 Brook Lane", PLACE) != address_key("12 Brook Lane", "ZZ9 4QU")


@pytest.mark.parametrize("nothing", ["", "  ", " , ,", "-"])
def test_a_postcode_alone_is_no_home(nothing):
    assert address_key(nothing, PLACE) == ""


@pytest.mark.parametrize(
    ("written", "key"),
    [("10012345678", "uprn 10012345678"), ("000010012345", "uprn 10012345"), (" 7 ", "uprn 7"),
     ("", ""), ("n/k", ""), ("0", ""), ("1234567890123", ""), ("¹²", "")],
)  # fmt: skip
def test_a_property_number_is_known_by_its_digits(written, key):
    assert uprn_key(written) == key


def test_whatever_is_written_gives_a_key_that_fits():
    assert len(address_key("Flat 1, " + "very " * 100 + "long name", "")) <= 200
