"""Who is there, hidden from the reader or not: so that what speaks of all is held back for one.

The wall in the database would answer as if nobody were hidden, and a page would say too much
(docs/adr/0024-the-second-wall.md). So there are no names here, and what is returned is counted and
compared, never shown.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from sightline.common.wall import Purpose, acting_for
from sightline.people.models import Link, Presence


@dataclass(frozen=True)
class There:
    """Somebody as one source names them."""

    person: int
    role: str
    is_unborn: bool
    is_restricted: bool


def everybody_in(incidents: Iterable[int | None]) -> dict[int, list[There]]:
    """Return everybody in each of these incidents, as the standing sources name them. One query.

    Whoever is named by two sources is there twice. In the order of sources, and of each.
    """
    standing = Link.objects.filter(
        mention__source__incident__in=set(incidents) - {None},
        mention__source__superseded_at__isnull=True,
    )
    return _there(standing, "mention__source__incident_id")


def everybody_at(households: Iterable[int]) -> dict[int, list[There]]:
    """Return everybody who was ever placed at each of these homes. One query.

    Corrected and older sources count too: an address that was wrong then may be right now.
    """
    placed = Link.objects.filter(mention__household__in=list(households))
    return _there(placed, "mention__household_id")


@acting_for(Purpose.CHECKING)
def _there(links: QuerySet[Link], where: str) -> dict[int, list[There]]:
    in_order = links.filter(ended_at__isnull=True).order_by(
        "mention__source_id", "mention__position", "mention_id"
    )
    columns = (
        where, "person_id", "mention__role", "mention__presence", "person__restricted_at",
    )  # fmt: skip
    found: dict[int, list[There]] = defaultdict(list)
    for place, person, role, presence, restricted in in_order.values_list(*columns):
        unborn = presence == Presence.UNBORN
        found[place].append(There(person, role, unborn, restricted is not None))
    return found
