"""Taking in a file of boundaries: all of it at once, for neighbours are made simple together."""

from collections.abc import Iterator

import shapely
from django.db import transaction

from sightline.common.errors import NotUnderstood
from sightline.geography.files.lines import geojson
from sightline.geography.files.rows import CODE
from sightline.geography.files.shapes import (
    Feature,
    as_rings,
    geometry,
    kind_of,
    must_be_degrees,
    simplified,
)
from sightline.geography.known import known_small_areas, known_wards
from sightline.geography.models import BadLine, Edition, Kind, Outline

A_REGION = 5000  # areas: more are a country's, and most of them somebody else's


@transaction.atomic
def take_in(edition: Edition, content: bytes) -> None:
    """Keep the boundaries of the councils' areas. Raises NotUnderstood."""
    features, crs = geojson(content)
    _, code_name, called = kind_of(features)
    wanted = list(_of_the_councils(edition, features, code_name))
    areas: dict[str, tuple[Feature, shapely.Geometry]] = {}
    bad = []
    for number, feature in wanted:
        code = _text(feature, code_name)
        try:
            areas[_new(code, areas)] = feature, geometry(feature)
        except ValueError as problem:
            bad.append(BadLine(edition=edition, number=number, text=code, reason=str(problem)))
    if areas:
        must_be_degrees(crs, shapely.total_bounds([area for _, area in areas.values()]))
    BadLine.objects.bulk_create(bad, ignore_conflicts=True)
    Outline.objects.bulk_create(_outlines(edition, areas, called), ignore_conflicts=True)
    edition.position, edition.rows_kept = edition.size, len(areas)
    edition.lines, edition.elsewhere = len(features), len(features) - len(wanted)
    edition.save(update_fields=["position", "rows_kept", "lines", "elsewhere"])


def _of_the_councils(
    edition: Edition, features: list[Feature], code_name: str
) -> Iterator[tuple[int, Feature]]:
    """Yield the areas that other files say are of these councils, each with its number."""
    small = edition.kind == Kind.SMALL_AREAS
    known = known_small_areas(edition.councils) if small else known_wards(edition.councils)
    if not known and len(features) > A_REGION:
        raise NotUnderstood(
            "These are the areas of a whole country. Take in first what says which of them are "
            "yours: the postcode directory, a lookup of small areas and wards, or the deprivation "
            "file."
        )
    for number, feature in enumerate(features, start=1):
        if not known or _text(feature, code_name) in known:
            yield number, feature


def _outlines(
    edition: Edition, areas: dict[str, tuple[Feature, shapely.Geometry]], called: str
) -> Iterator[Outline]:
    simple = simplified([area for _, area in areas.values()])
    for (code, (feature, _)), area in zip(areas.items(), simple, strict=True):
        name = _text(feature, called) if called else ""
        yield Outline(edition=edition, code=code, name=name[:80], shape=as_rings(area))


def _new(code: str, areas: dict[str, tuple[Feature, shapely.Geometry]]) -> str:
    """Return the code of an area that comes for the first time. Raises ValueError."""
    if not CODE.fullmatch(code):
        raise ValueError("it has no code of an area, such as E01009719")
    if code in areas:
        raise ValueError("another area of this file has the same code")
    return code


def _text(feature: Feature, name: str) -> str:
    properties = feature.get("properties")
    return str(properties.get(name) or "")[:80] if isinstance(properties, dict) else ""
