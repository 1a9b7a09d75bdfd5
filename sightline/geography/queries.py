"""Where a postcode lies, and which edition of each reference file is in use at a moment."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from sightline.common.clock import local_date
from sightline.geography.models import AreaValue, Edition, Kind, Outline, SmallArea
from sightline.geography.steps import PLACE

WANTED = (
    f"with {PLACE} select postcode, small_area, ward from place where postcode = any(%(codes)s)"  # noqa: S608 - our own constants
)


@dataclass(frozen=True)
class Place:
    """The small area of a postcode, and the ward that this small area is counted in."""

    small_area: str
    ward: str


def editions_at(at: datetime) -> QuerySet[Edition]:
    """Return the editions that can be used at a moment, the one in use first."""
    held = Edition.objects.known_at(at).filter(holds_from__lte=local_date(at))
    return held.defer("content").order_by("-holds_from", "-pk")


def edition_at(kind: str, at: datetime) -> Edition | None:
    """Return the edition of one kind in use at a moment."""
    return editions_at(at).filter(kind=kind).first()


def edition_of_wards(at: datetime) -> Edition | None:
    """Return the edition that says which small area is counted in which ward.

    The lookup made for it, if there is one; else the newest file that also says it.
    """
    says = SmallArea.objects.filter(edition=OuterRef("pk"))
    return edition_at(Kind.LOOKUP, at) or editions_at(at).filter(Exists(says)).first()


def places_of(postcodes: Iterable[str], at: datetime) -> dict[str, Place]:
    """Return where postcodes in their usual form lie, by the editions in use at a moment.

    One that no edition knows is left out. One query, however many there are.
    """
    wanted = sorted(set(postcodes))
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(WANTED, {"codes": wanted, "recorded": at})
        return {code: Place(small_area, ward) for code, small_area, ward in cursor.fetchall()}


def small_areas(at: datetime) -> list[SmallArea]:
    """Return the small areas there are, each with its ward, by code."""
    edition = edition_of_wards(at)
    return list(SmallArea.objects.filter(edition=edition).order_by("code")) if edition else []


def ward_names(at: datetime) -> dict[str, str]:
    """Return the names of the wards by what they are called in data."""
    return {area.ward: area.ward_name or area.ward for area in small_areas(at) if area.ward}


def outlines(kind: str, at: datetime) -> list[Outline]:
    """Return the boundaries of small areas or of wards in use at a moment, by code."""
    edition = edition_at(kind, at)
    return list(Outline.objects.filter(edition=edition).order_by("code")) if edition else []


def values(kind: str, measure: str, at: datetime) -> dict[str, int]:
    """Return a published number of each small area: of deprivation, or how many children."""
    edition = edition_at(kind, at)
    found = AreaValue.objects.filter(edition=edition, measure=measure) if edition else None
    return dict(found.values_list("code", "value")) if found is not None else {}
