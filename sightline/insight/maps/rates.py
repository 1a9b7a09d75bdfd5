"""Counts set against how many children live there, by area, ward and decile of deprivation."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from sightline.insight.maps.places import Places
from sightline.insight.maps.protecting import Key
from sightline.rules.statistics.intervals import Interval, of_count
from sightline.rules.statistics.ranks import Together, together

PER = 1000
ONE_PLACE = Decimal("0.1")
DECILES = range(1, 11)


@dataclass(frozen=True)
class Rate:
    """A place: how many there were (None: hidden), for how many children, at which rate.

    `rate` and `interval` are for each 1,000 children; None where the count is hidden or nobody
    knows how many children live there. `decile`: of a ward the mean of its children.
    """

    code: str
    name: str
    ward: str
    count: int | None
    children: int | None
    rate: Decimal | None
    interval: Interval | None
    decile: Decimal | None


def rate_of(
    key: Key, name: str, ward: str, areas: Collection[str], places: Places,
    sums: Mapping[Key, int], hidden: Collection[Key],
) -> Rate:  # fmt: skip
    """Return the rate of a place that is made up of these small areas."""
    known = [places.children[area] for area in areas if area in places.children]
    children = sum(known) if len(known) == len(areas) and known else None
    count = None if key in hidden else sums.get(key, 0)
    has_rate = bool(children) and count is not None
    return Rate(
        str(key[1]), name, ward, count, children,
        rounded(Decimal(count or 0) * PER / Decimal(children or 1)) if has_rate else None,
        _interval(count or 0, children or 1) if has_rate else None,
        _decile(areas, places),
    )  # fmt: skip


def rounded(value: Decimal) -> Decimal:
    return value.quantize(ONE_PLACE, rounding=ROUND_HALF_UP)


def _interval(count: int, children: int) -> Interval:
    found = of_count(count)
    return Interval(found.low * PER / children, found.high * PER / children)


def _decile(areas: Collection[str], places: Places) -> Decimal | None:
    """The decile of one area; of several the mean, each counting as many times as its children."""
    known = [(places.deciles[a], places.children.get(a, 0)) for a in areas if a in places.deciles]
    if not known:
        return None
    if len(known) == 1:
        return Decimal(known[0][0])
    weight = sum(children for _, children in known)
    if not weight:
        return rounded(Decimal(sum(decile for decile, _ in known)) / len(known))
    return rounded(Decimal(sum(d * children for d, children in known)) / weight)


def of_areas(places: Places, sums: Mapping[Key, int], hidden: Collection[Key]) -> list[Rate]:
    """Return each small area, by ward and code."""
    order = sorted(places.areas.values(), key=lambda a: (a.ward_name or a.ward, a.code))
    return [
        rate_of(("area", area.code), area.name or area.code, area.ward_name or area.ward,
                [area.code], places, sums, hidden)
        for area in order
    ]  # fmt: skip


def of_wards(places: Places, sums: Mapping[Key, int], hidden: Collection[Key]) -> list[Rate]:
    """Return each ward, by name."""
    found = [
        rate_of(("ward", ward), places.name_of_ward(ward), "", [area.code for area in areas],
                places, sums, hidden)
        for ward, areas in places.wards.items()
    ]  # fmt: skip
    return sorted(found, key=lambda rate: rate.name)


def of_deciles(places: Places, sums: Mapping[Key, int], hidden: Collection[Key]) -> list[Rate]:
    """Return each decile of deprivation in which a small area lies, the most deprived first."""
    by_decile = {d: [a for a in places.areas if places.deciles.get(a) == d] for d in DECILES}
    return [
        rate_of(("decile", decile), str(decile), "", areas, places, sums, hidden)
        for decile, areas in by_decile.items() if areas
    ]  # fmt: skip


def relation(places: Places, sums: Mapping[Key, int]) -> Together | None:
    """Return how the rates of small areas go with their deprivation, more of it counting higher.

    Every area counts, hidden or not: one number of all of them says nothing of one.
    """
    ranked = places.ranks or places.deciles  # 1 is the most deprived
    return together(
        [
            (-ranked[area], sums["area", area] / places.children[area])
            for area in places.areas
            if places.children.get(area) and area in ranked
        ]
    )


def shown_rates(rates: Sequence[Rate]) -> list[Decimal]:
    return [rate.rate for rate in rates if rate.rate is not None]
