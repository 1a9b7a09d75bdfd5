"""What a map is made of, without records: classes, pictures, what is hidden."""

import random
from datetime import UTC, date, datetime, time
from decimal import Decimal
from types import SimpleNamespace

import pytest

from sightline.insight.maps.classes import in_classes
from sightline.insight.maps.picture import WIDTH, drawn
from sightline.insight.maps.places import Places
from sightline.insight.maps.protecting import (
    hidden_of,
    publish_areas,
    sums_of,
    universe_of,
)
from sightline.insight.maps.reading import last_twelve_months, last_two_quarters
from tests.rules.disclosure.attacker import known_to_be_small


def test_classes_hold_about_as_many_each_and_every_value_is_in_one():
    values = [Decimal(n) for n in range(100)]
    classes = in_classes(values)
    assert [sum(classes.of(v) == at for v in values) for at in range(5)] == [20] * 5
    assert classes.words()[0] == "0 to under 20"
    assert classes.words()[-1] == "80 to 99"


@pytest.mark.parametrize(
    ("values", "words"),
    [([], ["0 to 0"]), ([3, 3, 3], ["3 to 3"]), ([0, 0, 0, 0, 9], ["0 to under 9", "9 to 9"])],
)
def test_few_values_make_fewer_classes(values, words):
    classes = in_classes([Decimal(value) for value in values])
    assert classes.words() == words
    assert all(classes.of(Decimal(value)) < len(words) for value in values)


def test_a_picture_has_north_above_and_is_as_wide_as_it_looks_from_above():
    square = [[[[2.0, 55.0], [2.1, 55.0], [2.1, 55.1], [2.0, 55.1], [2.0, 55.0]]]]
    picture = drawn({"a": square})
    assert picture.paths["a"].startswith("M4.0 ")
    assert picture.paths["a"].endswith("L4.0 4.0Z")  # the north-west corner
    assert picture.width == WIDTH
    assert picture.height == pytest.approx(WIDTH / 0.573, rel=0.02)  # cos 55 degrees
    assert drawn({}).paths == {}


def places(wards, deciles):
    areas = {
        f"{ward}{n}": SimpleNamespace(code=f"{ward}{n}", ward=ward)
        for ward, many in wards.items()
        for n in range(many)
    }
    return Places(areas, {}, dict(zip(areas, deciles, strict=False)), {}, ())


def test_sums_of_wards_deciles_and_areas_are_all_of_it():
    sums = sums_of({"a0": 7, "b1": 3, "": 4, "gone": 1}, places({"a": 2, "b": 2}, [1, 2, 1, 2]))
    assert sums["all", ""] == 15
    for kind in ("area", "ward", "decile"):
        assert sum(many for (each, _), many in sums.items() if each == kind) == 15
    assert (sums["ward", "a"], sums["ward", ""], sums["decile", 2]) == (7, 5, 3)
    assert sums["area", "a1"] == 0


@pytest.mark.parametrize("seed", range(4))
def test_an_attacker_with_a_solver_finds_no_small_area_ward_or_decile(seed):
    """They lay both maps and the table of deciles side by side and ask how high each could be."""
    dice = random.Random(seed)
    town = places(dict.fromkeys("abcdefgh", 6), dice.choices(range(1, 11), k=48))
    counts = {area: dice.choice([0, 1, 2, 4, 5, 6, 8, 9, 12, 15, 20, 31]) for area in town.areas}
    sums = sums_of({**counts, "": 3}, town)
    hidden = hidden_of(sums, town, threshold=5)
    known = universe_of(sums, town)
    publish_areas(known, sums)
    assert known_to_be_small(known, hidden, 5) == []
    assert len(hidden) < 0.6 * len(sums)
    small = {key for key, many in sums.items() if 0 < many < 5}
    assert small <= hidden
    assert known_to_be_small(known, small, 5)  # to hide the small ones alone is not enough


def test_where_nothing_is_small_nothing_is_hidden():
    town = places({"a": 2, "b": 2}, [1, 2, 1, 2])
    assert hidden_of(sums_of(dict.fromkeys(town.areas, 9), town), town, threshold=5) == frozenset()


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (date(2026, 11, 22), date(2026, 4, 1), date(2026, 9, 30)),
        (date(2026, 10, 1), date(2026, 4, 1), date(2026, 9, 30)),
        (date(2026, 9, 30), date(2026, 1, 1), date(2026, 6, 30)),
        (date(2027, 1, 15), date(2026, 7, 1), date(2026, 12, 31)),
    ],
)
def test_a_ward_is_asked_about_for_the_last_two_whole_quarters(day, first, last):
    span = last_two_quarters(datetime.combine(day, time(12), UTC))
    assert (span.first, span.last) == (first, last)


def test_the_team_sees_the_twelve_months_before_this_one():
    span = last_twelve_months(datetime(2026, 11, 22, 12, tzinfo=UTC))
    assert (span.first, span.last) == (date(2025, 11, 1), date(2026, 10, 31))
