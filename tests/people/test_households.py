"""What of an address may be seen over a shoulder."""

import pytest

from sightline.people.models import Household


@pytest.mark.parametrize(
    ("address", "street"),
    [
        ("12 Brook Lane, Castlebrook", "Brook Lane"),
        ("12a Brook Lane, Castlebrook", "Brook Lane"),
        ("12-14 Brook Lane", "Brook Lane"),
        ("Flat 2, 14 Mill Street, Castlebrook", "Mill Street"),
        ("Flat 2 14 Mill Street", "Mill Street"),
        ("Canal Cottage, Lock Lane, Castlebrook", "Lock Lane"),
        ("The Old Rectory", "Address held"),
        ("3 Tanner's Row, Castlebrook", "Tanner's Row"),
        ("7 Broadway, Castlebrook", "Broadway"),
        ("", "Address held"),
    ],
)
def test_the_street_is_said_and_never_the_house(address, street):
    assert Household(address=address).street == street
