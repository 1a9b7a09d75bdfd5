"""However an address or a number is written, it is found; and what only looks like it is not."""

import pytest

from sightline.rules.scanning.signs import Kind, signs, signs_of_address, signs_of_telephone
from sightline.rules.scanning.words import text_of

LANE = signs_of_address("12 Brook Lane, Castlebrook", "ZZ9 4QT")
FLAT = signs_of_address("Flat 3, 12 St. Wilfrid's Road", "")
LODGE = signs_of_address("The Old Lodge, Mill Lane, Farholt", "")
PHONE = signs_of_telephone("07700 900123")


@pytest.mark.parametrize(
    ("protected", "text"),
    [
        (LANE, "12 Brook Lane"), (LANE, "12 BROOK LANE"), (LANE, "12, Brook   Ln."),
        (LANE, "12\nBrook\tLa"), (LANE, "she is at No.12 Brook Lane now"),
        (LANE, "12Brook Lane"), (LANE, "twelve Brook Lane"), (LANE, "Flat 2, 12 Brook Lane"),
        (LANE, "10-12 Brook Lane"), (LANE, "12/14 Brook Lane"), (LANE, "12 to 14 Brook Lane"),
        (LANE, "12 Bróok Lane"), (LANE, "12\u00a0Brook\u200b Lane"), (LANE, "１２ Brook Lane"),
        (LANE, "ZZ9 4QT"), (LANE, "zz94qt"), (LANE, "Zz9-4qT."), (LANE, "(ZZ9  4QT)"),
        (FLAT, "12 Saint Wilfrids Rd"), (FLAT, "12 St Wilfrid’s Road"),
        (FLAT, "Apt 3, 12 Street Wilfrids"),
        (LODGE, "Old Lodge, Mill Lane"), (LODGE, "The Lodge Mill Ln"),
        (PHONE, "07700900123"), (PHONE, "07700 900 123"), (PHONE, "0 7 7 0 0 9 0 0 1 2 3"),
        (PHONE, "+44 7700 900123"), (PHONE, "+44 (0)7700 900-123"), (PHONE, "00447700900123"),
        (PHONE, "ring 07700-900-123 after ten"), (PHONE, "01632 960100 07700 900123 3"),
        (PHONE, "7700 900123"),
        (LANE, text_of("<td>12</td><td><b>Brook</b> Lane</td>")),
        (LANE, text_of('<input value="12 Brook Lane">')), (LANE, text_of("12&nbsp;Brook Lane")),
        (signs_of_address("12A High Street"), "12 a High St"),
        (signs_of_address("12 a High Street"), "12A High Street"),
        (signs_of_address("12-14 High Street"), "14 High St"),
        (signs_of_address("7 Broadway, Farholt"), "7 Broadway"),
        (signs_of_address("12, Old Mill Lane"), "12 Old Mill Lane"),
        (signs_of_address("", "W1A 0AX"), "W1A OAX"),
    ],
)  # fmt: skip
def test_it_is_found(protected, text):
    assert protected & signs(text).keys()


@pytest.mark.parametrize(
    ("protected", "text"),
    [
        (LANE, "Brook Lane"), (LANE, "14 Brook Lane"), (LANE, "112 Brook Lane"),
        (LANE, "12 Brook Road"), (LANE, "ZZ9 4QR"), (LANE, "12 brooks and a lane"),
        (LANE, text_of('<td class="n">12</td><td>Mill Lane, Brook</td>')),
        (FLAT, "3 St Wilfrid's Road"), (LODGE, "Mill Lane"), (LODGE, "The Barn, Mill Lane"),
        (PHONE, "07700 900124"), (PHONE, "9900123"), (PHONE, "107700900123"),
        (signs_of_address("7 Broadway, Farholt"), "17 Broadway"),
        (signs_of_address("12 Old Mill Lane"), "12 Old Street"),
    ],
)  # fmt: skip
def test_what_only_looks_like_it_is_not(protected, text):
    assert not protected & signs(text).keys()


def test_what_an_address_is_searched_by():
    assert {(s.kind, s.value) for s in LANE} == {
        (Kind.HOUSE, "12 brook lane"), (Kind.POSTCODE, "zz94qt"),
    }  # fmt: skip
    assert not signs_of_address("a friend's house")
    assert not signs_of_telephone("ask at the school")


def test_it_is_counted_so_that_an_echo_can_be_told_from_a_leak():
    (house,) = (sign for sign in LANE if sign.kind is Kind.HOUSE)
    assert signs("12 Brook Lane, or 12 Brook Ln")[house] == 2


@pytest.mark.parametrize(
    ("address", "text", "found"),
    [
        ("Haven House", "She is at Haven House now", True),
        ("Haven House Refuge, Farholt", "the haven hse in Farholt", True),
        ("The Larch Refuge", "taken to Larch Refuge", True),
        ("Flat 3, Haven House", "haven house", True),
        ("Haven House", "Haven Domestic Abuse Service rang from the house", False),
        ("Haven House", "in the house, at her house, a safe house", False),
        ("The Refuge, Farholt", "she asked for a refuge", False),
    ],
)
def test_a_refuge_is_found_by_its_name_alone(address, text, found):
    assert bool(signs_of_address(address) & signs(text).keys()) is found
