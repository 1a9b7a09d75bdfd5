"""Which areas belong to a council, as the files that say so have it."""

from collections.abc import Collection
from itertools import chain

from django.db import connection

from sightline.geography.models import Edition, Postcode, SmallArea

# The ward in which most postcodes of a small area lie that are still in use.
MOST_POSTCODES = """
insert into geography_smallarea (edition_id, code, name, ward, ward_name, council)
select %(edition)s, small_area, '', mode() within group (order by ward), '',
       mode() within group (order by council)
from geography_postcode
where edition_id = %(edition)s and ward <> '' and ended is null
group by small_area
on conflict do nothing
"""


def known_small_areas(councils: Collection[str]) -> frozenset[str]:
    """Return the small areas that any standing edition says are of these councils."""
    standing = Edition.objects.standing()
    wards = SmallArea.objects.filter(edition__in=standing, council__in=councils)
    postcodes = Postcode.objects.filter(edition__in=standing, council__in=councils)
    return frozenset(
        chain(
            wards.values_list("code", flat=True),
            postcodes.values_list("small_area", flat=True).distinct(),
        )
    )


def known_wards(councils: Collection[str]) -> frozenset[str]:
    """Return the wards that any standing edition says are of these councils."""
    standing = Edition.objects.standing()
    wards = SmallArea.objects.filter(edition__in=standing, council__in=councils)
    postcodes = Postcode.objects.filter(edition__in=standing, council__in=councils)
    found = chain(
        wards.values_list("ward", flat=True), postcodes.values_list("ward", flat=True).distinct()
    )
    return frozenset(filter(None, found))


def say_wards(edition: Edition) -> None:
    """Have a postcode directory say of each small area in which ward it is counted."""
    with connection.cursor() as cursor:
        cursor.execute(MOST_POSTCODES, {"edition": edition.pk})
