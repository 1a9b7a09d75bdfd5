"""Which counts of a map are hidden from whoever may not see records: nobody's home can be found.

Wards, deciles of deprivation and the total are settled first, so that as many of them as can be are
shown; then the small areas, of which each ward and each decile is the sum. Years that begin in
April do not overlap, so that two maps of different days cannot be subtracted (insight/reading).
"""

from collections import defaultdict
from collections.abc import Mapping

from sightline.insight.maps.counting import Counts
from sightline.insight.maps.places import Places
from sightline.rules.disclosure.beside import Beside
from sightline.rules.disclosure.hiding import hide
from sightline.rules.disclosure.universe import Cell, Universe

Key = tuple[str, str | int]  # ("area", code), ("ward", code), ("decile", 3), ("all", "")
ALL: Key = ("all", "")
FIRST, THEN = 0, 1


def sums_of(counts: Counts, places: Places) -> dict[Key, int]:
    """Return the counts of small areas, wards, deciles and all; those of no known place as ""."""
    found: dict[Key, int] = defaultdict(int)
    for area in places.areas:
        found["area", area] = 0
    for code, many in counts.items():
        for key in _keys(code, places):
            found[key] += many
    for area in places.areas:
        for key in _keys(area, places):
            found.setdefault(key, 0)
    return dict(found)


def _keys(code: str, places: Places) -> list[Key]:
    """Return everything that counts what is in a small area."""
    area = places.areas.get(code)
    if area is None:
        return [("area", ""), ("ward", ""), ("decile", 0), ALL]
    return [("area", code), ("ward", area.ward), ("decile", places.deciles.get(code, 0)), ALL]


def hidden_of(
    sums: Mapping[Key, int], places: Places, threshold: int, beside: Beside | None = None
) -> frozenset[Key]:
    """Return which of the counts are hidden, the small ones and as few others as it takes.

    `beside`: what was chosen for a figure that shows the same wards.
    """
    universe = universe_of(sums, places)
    settled = [beside.settled_in(universe, FIRST)] if beside else []
    before = hide(universe, threshold, settled=settled)
    publish_areas(universe, sums)
    found = hide(universe, threshold, before=before)
    return frozenset(key for key in sums if key in found.keys | before.keys)


def universe_of(sums: Mapping[Key, int], places: Places) -> Universe:
    """Return what is published first: wards and deciles, both of which add up to all.

    The small areas, of which each ward and each decile is the sum, are in it unpublished: another
    world than the true one must be one of areas too.
    """
    universe = Universe()
    parts: dict[Key, list[Key]] = defaultdict(list)
    for key, many in sums.items():
        universe.cells[key] = Cell(many, FIRST, shown=key[0] != "area")
        if key[0] == "area":
            for whole in _keys(str(key[1]), places)[1:-1]:
                parts[whole].append(key)
    for whole, areas in parts.items():
        universe.add_sum(whole, areas)
    for kind in ("ward", "decile"):
        universe.add_sum(ALL, [key for key in sums if key[0] == kind])
    return universe


def publish_areas(universe: Universe, sums: Mapping[Key, int]) -> None:
    """Have the small areas published too, after the rest."""
    for key in sums:
        if key[0] == "area":
            universe.add(key, sums[key], THEN)
