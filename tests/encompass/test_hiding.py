"""No address or number of anybody leaves in what somebody is quoted with."""

import pytest

from sightline.encompass.hiding import NO_NUMBER, NO_PLACE, without_addresses

SAFE = ["77 Hidden Close, Farholt", "Flat 2, 9 Quay Street, Farholt"]


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("we ran to 77 Hidden Close", f"we ran to {NO_PLACE}"),
        ("at 77  hidden close, in bed", f"at {NO_PLACE}, in bed"),
        ("on Hidden Close", f"on {NO_PLACE}"),
        ("to 9 Quay Street", f"to {NO_PLACE}"),
        ("it is ZZ8 8ZZ", f"it is {NO_PLACE}"),
        ("it is zz88zz now", f"it is {NO_PLACE} now"),
        ("rang 07700 900999 twice", f"rang {NO_NUMBER} twice"),
        ("rang +44 7700-900-999", f"rang {NO_NUMBER}"),
        ("999 000 0018", NO_NUMBER),
    ],
)
def test_an_address_or_number_is_left_out(said, left):
    assert without_addresses(said, SAFE) == left


@pytest.mark.parametrize(
    "said",
    [
        "I told Sam to hide under my bed", "We counted to 100", "Flat 2 is ours",
        "at 23:10 on 20/11", "in Farholt", "", "Dad hid in the closet",
    ],
)  # fmt: skip
def test_all_else_stays_as_it_was_said(said):
    assert without_addresses(said, SAFE) == said


def test_without_addresses_on_record_numbers_and_postcodes_still_go():
    assert without_addresses("ZZ8 8ZZ, 01632 960123", []) == f"{NO_PLACE}, {NO_NUMBER}"
