"""Homes whose address is not said: somebody restricted lives there whom the reader may not see."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sightline.access.models import User
from sightline.people.everybody import everybody_at
from sightline.people.models import Household, Incident, Link, Mention
from sightline.sharing.models import Item
from sightline.sharing.queries import what_they_may_see

NOT_SAID = "Address not shared"


def sheltering(mentions: Iterable[Mention], user: User, now: datetime) -> frozenset[int]:
    """Return the ids of those of the households of these mentions that shelter somebody so.

    Whoever else is open and lives there too would give the address away.
    """
    return homes_sheltering((m.household_id for m in mentions), user, now)


def living_there(person_ids: Iterable[int], user: User, now: datetime) -> set[int]:
    """Return who of these was ever placed at such a home: by no address are they found."""
    placed = Link.objects.filter(
        person__in=list(person_ids), ended_at__isnull=True, mention__household__isnull=False
    ).values_list("person_id", "mention__household_id")
    homes = list(placed)
    shelters = homes_sheltering((home for _, home in homes), user, now)
    return {person for person, home in homes if home in shelters}


def streets_of(incidents: Iterable[int], user: User, now: datetime) -> dict[int, str]:
    """Return the street of each incident that is not hidden from who asks, as far as it is said."""
    there = Incident.objects.filter(pk__in=set(incidents)).select_related("household")
    homes = {one.pk: one.household for one in there if one.household}
    shelters = homes_sheltering((home.pk for home in homes.values()), user, now)
    return {pk: street_said(home, shelters) for pk, home in homes.items()}


def street_said(home: Household | None, shelters: Collection[int]) -> str:
    """Return the street of a home as far as it is said, "" where no home is known."""
    if home is None:
        return ""
    return NOT_SAID if home.pk in shelters else home.street


def homes_sheltering(homes: Iterable[int | None], user: User, now: datetime) -> frozenset[int]:
    """Return which of these households shelter somebody so."""
    there = everybody_at({home for home in homes if home is not None})
    hidden = {one.person for some in there.values() for one in some if one.is_restricted}
    if not hidden:
        return frozenset()
    seen = what_they_may_see(user, hidden, now)
    hidden -= {person for person, answer in seen.items() if Item.HOUSEHOLD in answer.items}
    return frozenset(
        home for home, some in there.items() if any(one.person in hidden for one in some)
    )
