"""Sightings at homes become stays, and what lies between sightings stays open."""

from datetime import date

import pytest

from sightline.rules.families.homes import Seen, stays

JAN, FEB, MAR, APR = (date(2026, month, 5) for month in (1, 2, 3, 4))


def seen(*where_when):
    return stays(Seen(home, on, f"N{number}") for number, (home, on) in enumerate(where_when, 1))


def test_one_home_first_and_last_seen_with_every_source():
    (stay,) = seen(("brook", MAR), ("brook", JAN), ("brook", JAN))
    assert (stay.first, stay.last, stay.sources) == (JAN, MAR, ("N2", "N3", "N1"))
    assert stay.is_latest
    assert not stay.also_elsewhere


@pytest.mark.parametrize(
    ("sightings", "homes", "elsewhere_since", "also_elsewhere"),
    [
        ([("a", JAN), ("b", FEB)], ["b", "a"], FEB, False),
        ([("a", JAN), ("b", FEB), ("c", MAR)], ["c", "b", "a"], FEB, False),
        ([("a", JAN), ("b", FEB), ("a", MAR)], ["a", "b"], None, True),
        ([("a", JAN), ("b", FEB), ("a", MAR), ("b", APR)], ["b", "a"], APR, True),
        ([("a", JAN), ("b", JAN)], None, None, True),
    ],
    ids=["moved", "moved twice", "came back", "to and fro", "two on one day"],
)
def test_moves(sightings, homes, elsewhere_since, also_elsewhere):
    found = seen(*sightings)
    assert homes is None or [stay.home for stay in found] == homes
    first = next(stay for stay in found if stay.home == "a")
    assert first.elsewhere_since == elsewhere_since
    assert first.also_elsewhere == also_elsewhere


def test_nothing_seen_is_nothing_known():
    assert stays([]) == []
