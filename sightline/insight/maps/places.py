"""The places of a map at a moment: small areas, their wards, how many children, how deprived."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache

from sightline.geography import queries
from sightline.geography.models import Edition, Kind, Measure, SmallArea

Shape = list[list[list[list[float]]]]
KEPT_FOR = 3600  # seconds: outlines of an edition never change


@dataclass(frozen=True)
class Places:
    """Small areas by code. `editions`: which files say so, for the notes of the page."""

    areas: Mapping[str, SmallArea]
    children: Mapping[str, int]
    deciles: Mapping[str, int]
    ranks: Mapping[str, int]
    editions: Sequence[Edition]

    @property
    def wards(self) -> dict[str, list[SmallArea]]:
        """The small areas of each ward."""
        found: dict[str, list[SmallArea]] = defaultdict(list)
        for area in self.areas.values():
            found[area.ward].append(area)
        return dict(found)

    def name_of_ward(self, ward: str) -> str:
        return next((a.ward_name or a.ward for a in self.areas.values() if a.ward == ward), ward)


def places_at(at: datetime) -> Places:
    """Return the places by the editions in use at a moment."""
    used = [queries.edition_of_wards(at)]
    used += [queries.edition_at(kind, at) for kind in (Kind.POSTCODES, *_ABOUT_AREAS)]
    return Places(
        areas={area.code: area for area in queries.small_areas(at)},
        children=queries.values(Kind.CHILDREN, Measure.CHILDREN, at),
        deciles=queries.values(Kind.DEPRIVATION, Measure.DECILE, at),
        ranks=queries.values(Kind.DEPRIVATION, Measure.RANK, at),
        editions=list(dict.fromkeys(edition for edition in used if edition)),
    )


_ABOUT_AREAS = (Kind.CHILDREN, Kind.DEPRIVATION, Kind.SMALL_AREAS)


def shapes_of_areas(at: datetime) -> dict[str, Shape]:
    """Return the outlines of small areas."""
    return {outline.code: outline.shape for outline in queries.outlines(Kind.SMALL_AREAS, at)}


def shapes_of_wards(places: Places, at: datetime) -> dict[str, Shape]:
    """Return the outlines of wards: published ones, else those of their small areas joined."""
    wards = places.wards
    published = {one.code: one.shape for one in queries.outlines(Kind.WARDS, at)}
    if wards and wards.keys() <= published.keys():
        return {code: published[code] for code in wards}
    ids = [getattr(queries.edition_at(Kind.SMALL_AREAS, at), "pk", 0)]
    ids.append(getattr(queries.edition_of_wards(at), "pk", 0))
    key = "ward-outlines:{}:{}".format(*ids)
    found: dict[str, Shape] | None = cache.get(key)
    if found is None:
        cache.set(key, found := _joined(places, at), KEPT_FOR)
    return found


def _joined(places: Places, at: datetime) -> dict[str, Shape]:
    from sightline.geography.files.shapes import joined  # a tenth of a second, for maps alone

    shapes = shapes_of_areas(at)
    found = {
        ward: [shapes[area.code] for area in areas if area.code in shapes]
        for ward, areas in places.wards.items()
    }
    return {ward: joined(parts) for ward, parts in found.items() if parts}
