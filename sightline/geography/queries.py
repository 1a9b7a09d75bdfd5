"""Where a postcode lies, and which edition of each reference file holds on a day."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Exists, OuterRef

from sightline.geography.models import Edition, Kind, SmallArea
from sightline.geography.steps import PLACE

NO_EDITION = 0
WANTED = "select postcode, small_area, ward from place where postcode = any(%(wanted)s)"


@dataclass(frozen=True)
class Place:
    """The small area of a postcode, and the ward that this small area is counted in."""

    small_area: str
    ward: str


def edition_on(kind: str, day: date) -> Edition | None:
    """Return the edition in use on a day: whole, and of those that hold by then the newest."""
    by_then = Edition.objects.filter(Edition.WHOLE, kind=kind, holds_from__lte=day)
    return by_then.defer("content").order_by("-holds_from", "-pk").first()


def edition_of_wards(day: date) -> Edition | None:
    """Return the edition that says on a day which small area is counted in which ward.

    The lookup made for it, if there is one; else whatever file also said it.
    """
    lookup = edition_on(Kind.LOOKUP, day)
    if lookup is not None:
        return lookup
    says = SmallArea.objects.filter(edition=OuterRef("pk"))
    by_then = Edition.objects.filter(Edition.WHOLE, Exists(says), holds_from__lte=day)
    return by_then.defer("content").order_by("-holds_from", "-pk").first()


def place_parameters(day: date) -> dict[str, int]:
    """Return the parameters of the step `steps.PLACE`: the editions in use on a day."""
    editions = edition_on(Kind.POSTCODES, day), edition_of_wards(day)
    postcodes, wards = (found.pk if found else NO_EDITION for found in editions)
    return {"postcode_edition": postcodes, "ward_edition": wards}


def places_of(postcodes: Iterable[str], day: date) -> dict[str, Place]:
    """Return where postcodes in their usual form lie, by the editions in use on a day.

    One that no edition knows is left out. Three queries, however many there are.
    """
    wanted = sorted(set(postcodes))
    if not wanted:
        return {}
    steps = f"with {PLACE} {WANTED}"
    with connection.cursor() as cursor:
        cursor.execute(steps, {"wanted": wanted, **place_parameters(day)})
        return {code: Place(small_area, ward) for code, small_area, ward in cursor.fetchall()}


def ward_names(day: date, codes: Collection[str] | None = None) -> dict[str, str]:
    """Return the names of wards by what they are called in data; all of them without `codes`."""
    edition = edition_of_wards(day)
    rows = SmallArea.objects.filter(edition=edition) if edition else SmallArea.objects.none()
    if codes is not None:
        rows = rows.filter(ward__in=codes)
    return {ward: name or ward for ward, name in rows.values_list("ward", "ward_name").distinct()}
