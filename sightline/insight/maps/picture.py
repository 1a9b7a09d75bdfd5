"""Outlines as paths of a picture, seen from above: one degree is as long in both directions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians

Shape = list[list[list[list[float]]]]
WIDTH = 600
MARGIN = 4


@dataclass(frozen=True)
class Picture:
    """Paths by code, in a box as wide as `width` and as high as `height`.

    `middles`: where in the box a name can stand.
    """

    paths: Mapping[str, str]
    middles: Mapping[str, tuple[float, float]]
    width: int
    height: int


@dataclass(frozen=True)
class _View:
    """How longitude and latitude become places in the box."""

    west: float
    north: float
    across: float
    down: float

    def at(self, point: list[float]) -> tuple[float, float]:
        x, y = point[0], point[1]
        return MARGIN + (x - self.west) * self.across, MARGIN + (self.north - y) * self.down


def drawn(shapes: Mapping[str, Shape]) -> Picture:
    """Draw outlines of [longitude, latitude], north above."""
    points = [point for shape in shapes.values() for point in _points(shape)]
    if not points:
        return Picture({}, {}, WIDTH, WIDTH)
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    narrower = cos(radians((south + north) / 2))  # a degree of longitude is shorter than one north
    down = (WIDTH - 2 * MARGIN) / (((east - west) * narrower) or 1)
    view = _View(west, north, narrower * down, down)
    return Picture(
        {code: _path(shape, view) for code, shape in shapes.items()},
        {code: _middle(shape, view) for code, shape in shapes.items()},
        WIDTH, round((north - south) * down) + 2 * MARGIN,
    )  # fmt: skip


def _points(shape: Shape) -> Iterable[list[float]]:
    return (point for polygon in shape for ring in polygon for point in ring)


def _path(shape: Shape, view: _View) -> str:
    return "".join(_ring(ring, view) for polygon in shape for ring in polygon)


def _ring(ring: list[list[float]], view: _View) -> str:
    points = map(view.at, ring[:-1])
    return f"M{'L'.join(f'{x:.1f} {y:.1f}' for x, y in points)}Z"


def _middle(shape: Shape, view: _View) -> tuple[float, float]:
    """Return the centre of gravity of the largest part."""
    found = [_gravity([view.at(point) for point in polygon[0]]) for polygon in shape]
    _, x, y = max(found)
    return round(x, 1), round(y, 1)


def _gravity(ring: list[tuple[float, float]]) -> tuple[float, float, float]:
    """Return the area of a ring, and its centre; of one without area its first point."""
    area = x = y = 0.0
    for (x0, y0), (x1, y1) in pairwise(ring):
        cross = x0 * y1 - x1 * y0
        area, x, y = area + cross, x + (x0 + x1) * cross, y + (y0 + y1) * cross
    if not area:
        return 0.0, *ring[0]
    return abs(area) / 2, x / (3 * area), y / (3 * area)
