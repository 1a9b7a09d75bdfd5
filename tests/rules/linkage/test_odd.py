"""When all that is linked to one person is odd as a whole."""

from datetime import date

import pytest

from sightline.rules.linkage.describe import describe
from sightline.rules.linkage.odd import oddities


def life(*said):
    return [describe(given="Leila", surname="Moreno") if not s else describe(**s) for s in said]


@pytest.mark.parametrize(
    "said",
    [
        [{}, {}],
        [{"dob": date(1987, 3, 12)}, {"dob": date(1978, 3, 12)}],  # digits swapped
        [{"dob": date(1987, 3, 12)}, {"dob": date(1987, 12, 3)}],  # day and month swapped
        [{"dob": date(1987, 3, 12)}, {"dob": date(1990, 1, 1)}],  # a placeholder
        [{"surname": "Moreno"}, {"surname": "Moreno-Crowe"}, {"surname": "Crowe"}],
        [{"postcode": f"DY1 {n}AA"} for n in range(1, 8)],
    ],
)
def test_a_life_with_slips_moves_and_marriages_is_not_odd(said):
    assert oddities(life(*said)) == ()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ([{"dob": date(1987, 3, 12)}, {"dob": date(1991, 7, 30)}], "birth dates"),
        ([{"nhs_number": "9990000018"}, {"nhs_number": "9990000026"}], "NHS number"),
        ([{"postcode": f"DY1 {n}AA"} for n in range(1, 9)], "addresses"),
        ([{"surname": s} for s in ("Moreno", "Okafor", "Nowak", "Gill")], "surnames"),
    ],
)
def test_two_lives_in_one_are_said_to_be_odd(said, words):
    assert [words in odd for odd in oddities(life(*said))] == [True]
