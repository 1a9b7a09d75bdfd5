"""Boundaries out of GeoJSON: checked, made simple without tearing neighbours apart.

Longitude and latitude as GeoJSON has them (WGS84). Simplifying goes by coverage: a border that two
areas share stays one line.
"""

import re
from collections.abc import Iterable
from typing import Any

import shapely
from shapely.errors import GEOSException, ShapelyError
from shapely.geometry import mapping, shape

from sightline.common.errors import NotUnderstood
from sightline.geography.models import Kind

CODES = ((Kind.SMALL_AREAS, r"LSOA21CD"), (Kind.WARDS, r"WD\d\dCD"))
OF_2011 = re.compile(r"LSOA(11|01)CD", re.IGNORECASE)
WEST, SOUTH, EAST, NORTH = -9.5, 49.0, 3.0, 61.5  # the United Kingdom and the sea around it
MOST_POINTS = 400  # on average an area: more cannot be seen on a page
ABOUT_20_METRES = 0.0002  # of a degree
DECIMALS = 5  # about a metre

Feature = dict[str, Any]
Shape = list[list[list[list[float]]]]  # polygons of rings of [longitude, latitude]


def kind_of(features: list[Feature]) -> tuple[Kind, str, str]:
    """Return whose boundaries these are, and the names of code and name among the properties."""
    first = features[0].get("properties")
    names = list(first) if isinstance(first, dict) else []
    for kind, pattern in CODES:
        code = next((n for n in names if re.fullmatch(pattern, n, re.IGNORECASE)), None)
        if code:
            called = next((n for n in names if n.upper() == code.upper()[:-2] + "NM"), "")
            return kind, code, called
    if any(OF_2011.fullmatch(name) for name in names):
        raise NotUnderstood(
            "These are the small areas of 2011. Take the boundaries of 2021 (LSOA21CD)."
        )
    said = ", ".join(f"“{name}”" for name in names[:6])
    raise NotUnderstood(
        "These are boundaries neither of small areas (LSOA21CD) nor of wards (such as WD25CD). "
        f"What is said of each is {said or 'nothing'}."
    )


def must_be_degrees(crs: object, bounds: Iterable[float]) -> None:
    """Refuse coordinates that are no longitude and latitude of the United Kingdom."""
    west, south, east, north = bounds
    named = str(crs or "")
    if "27700" in named or max(map(abs, (west, south, east, north))) > 180:
        raise NotUnderstood(
            "The coordinates are of the British National Grid. Download the GeoJSON once more with "
            "longitude and latitude (WGS84, EPSG:4326)."
        )
    if WEST <= south <= north <= EAST and SOUTH <= west <= east <= NORTH:
        raise NotUnderstood("Longitude and latitude are the wrong way round in this file.")
    if not (WEST <= west <= east <= EAST and SOUTH <= south <= north <= NORTH):
        raise NotUnderstood("These areas do not lie in the United Kingdom.")


def geometry(feature: Feature) -> shapely.Geometry:
    """Return the sound area of a feature. Raises ValueError with what is wrong with it."""
    try:
        found = shape(feature.get("geometry") or {})
        sound = found if shapely.is_valid(found) else shapely.make_valid(found, method="structure")
    except (ShapelyError, GEOSException, ValueError, TypeError, KeyError, AttributeError):
        raise ValueError("its boundary cannot be read") from None
    if sound.geom_type not in ("Polygon", "MultiPolygon") or sound.is_empty:
        raise ValueError("its boundary encloses nothing")
    return sound


def simplified(areas: list[shapely.Geometry]) -> list[shapely.Geometry]:
    """Return the areas with no more detail than a page can show, still fitting each other."""
    points = int(shapely.get_num_coordinates(areas).sum())
    if points <= MOST_POINTS * len(areas):
        return areas
    return list(shapely.coverage_simplify(areas, ABOUT_20_METRES))


def as_rings(area: shapely.Geometry) -> Shape:
    """Return an area as polygons of rings, rounded to about a metre."""
    found = mapping(area)["coordinates"]
    polygons = [found] if area.geom_type == "Polygon" else found
    return [
        [[[round(x, DECIMALS), round(y, DECIMALS)] for x, y, *_ in ring] for ring in polygon]
        for polygon in polygons
    ]


def joined(shapes: Iterable[Shape]) -> Shape:
    """Return neighbours as one area: the small areas of a ward as the ward."""
    areas = [shape({"type": "MultiPolygon", "coordinates": rings}) for rings in shapes]
    return as_rings(shapely.union_all(areas))
