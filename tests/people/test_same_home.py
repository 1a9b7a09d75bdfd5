"""One home is one household, however its address was written and whether or not it has a number."""

import pytest

from sightline.people.households import Place, households_of
from sightline.people.models import Household

pytestmark = pytest.mark.django_db
WRITTEN = "12 Quarry Road, Castlebrook"


def household(address=WRITTEN, postcode="ZZ9 4QT", uprn=""):
    place = Place(address, postcode, uprn)
    return households_of([place])[place]


def test_another_spelling_finds_the_same_household():
    assert household() == household("12 QUARRY RD", "zz94qt")
    assert Household.objects.count() == 1


def test_a_property_number_finds_it_under_another_address():
    assert household(uprn="10012345") == household("Rose Cottage", uprn="000010012345")


def test_an_address_without_a_number_is_the_home_that_has_one_and_the_other_way_round():
    first = household(uprn="10012345")
    assert household() == first
    other = household("7 Broadway")
    assert household("7 Broadway", uprn="200") == other
    assert household("The Old Bakery", "", uprn="200") == other


def test_two_property_numbers_are_two_homes_whatever_the_address():
    assert household(uprn="100") != household(uprn="200")
    assert household(uprn="200") == household(uprn="200")
    assert household() == household(uprn="100")


def test_places_that_come_together_find_each_other():
    places = [
        Place(WRITTEN, "ZZ9 4QT"),
        Place("12 Quarry Rd", "ZZ94QT", "100"),
        Place("", "", "100"),
    ]
    found = households_of(places)
    assert len(set(found.values())) == 1
    assert Household.objects.get().uprn == "100"


def test_where_nothing_is_known_there_is_no_household():
    assert households_of([Place(), Place("", "ZZ9 4QT"), Place("-", "", "n/k")]) == {}


def test_the_number_of_queries_does_not_grow(django_assert_max_num_queries):
    household()
    household("7 Broadway")
    places = [Place(f"{n} Brook Lane", "ZZ9 4QT", str(n)) for n in range(1, 40)]
    with django_assert_max_num_queries(5):
        households_of([Place(WRITTEN, "ZZ9 4QT", "777"), *places])
