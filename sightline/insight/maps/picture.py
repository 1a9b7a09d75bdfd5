"""Outlines as paths of a picture, seen from above: one degree is as long in both directions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import cos, radians

Shape = list[list[list[list[float]]]]
WIDTH = 600
MARGIN = 4


@dataclass(frozen=True)
class Picture:
    """Paths by code, in a box as wide as `width` and as high as `height`."""

    paths: Mapping[str, str]
    width: int
    height: int


def drawn(shapes: Mapping[str, Shape]) -> Picture:
    """Draw outlines of [longitude, latitude], north above."""
    points = [point for shape in shapes.values() for point in _points(shape)]
    if not points:
        return Picture({}, WIDTH, WIDTH)
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    narrower = cos(radians((south + north) / 2))  # a degree of longitude is shorter than one north
    scale = (WIDTH - 2 * MARGIN) / (((east - west) * narrower) or 1)
    across = narrower * scale
    paths = {
        code: "".join(
            _ring(ring, west, north, across, scale) for polygon in shape for ring in polygon
        )
        for code, shape in shapes.items()
    }
    return Picture(paths, WIDTH, round((north - south) * scale) + 2 * MARGIN)


def _points(shape: Shape) -> Iterable[list[float]]:
    return (point for polygon in shape for ring in polygon for point in ring)


def _ring(ring: list[list[float]], west: float, north: float, across: float, down: float) -> str:
    points = ((MARGIN + (x - west) * across, MARGIN + (north - y) * down) for x, y in ring[:-1])
    return f"M{'L'.join(f'{x:.1f} {y:.1f}' for x, y in points)}Z"
