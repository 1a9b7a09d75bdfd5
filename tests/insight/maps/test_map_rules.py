"""What a map is made of, without records: classes, pictures, what is hidden."""

from decimal import Decimal
from types import SimpleNamespace

import pytest

from sightline.insight.maps.classes import in_classes
from sightline.insight.maps.picture import WIDTH, drawn
from sightline.insight.maps.places import Places
from sightline.insight.maps.protecting import hidden_of, sums_of


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


def test_no_small_count_can_be_worked_out_from_the_rest_of_its_ward_or_decile():
    """An attacker takes what is shown and subtracts: nothing alone may be left over."""
    town = places({"a": 4, "b": 4, "c": 4}, [1, 1, 2, 2, 3, 3, 1, 2, 2, 3, 3, 1])
    counts = dict(zip(town.areas, [12, 9, 3, 20, 15, 8, 11, 30, 25, 6, 9, 40], strict=True))
    sums = sums_of(counts, town)
    hidden = hidden_of(sums, town, threshold=5)
    assert ("area", "a2") in hidden
    assert len(hidden) < len(sums) / 2
    for kind, of in (("ward", lambda a: town.areas[a].ward), ("decile", town.deciles.get)):
        for whole in {of(area) for area in town.areas}:
            if (kind, whole) in hidden:
                continue
            left = [a for a in town.areas if of(a) == whole and ("area", a) in hidden]
            assert len(left) != 1, f"{kind} {whole} gives {left} away"


def test_where_nothing_is_small_nothing_is_hidden():
    town = places({"a": 2, "b": 2}, [1, 2, 1, 2])
    assert hidden_of(sums_of(dict.fromkeys(town.areas, 9), town), town, threshold=5) == frozenset()
