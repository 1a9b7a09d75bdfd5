"""Homes whose address is not said: somebody restricted lives there whom the reader may not see."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sightline.access.models import User
from sightline.people.everybody import everybody_at
from sightline.people.models import Link, Mention
from sightline.sharing.models import Item
from sightline.sharing.queries import what_they_may_see


def sheltering(mentions: Iterable[Mention], user: User, now: datetime) -> frozenset[int]:
    """Return the ids of those of the households of these mentions that shelter somebody so.

    Whoever else is open and lives there too would give the address away.
    """
    return _sheltering({m.household_id for m in mentions if m.household_id}, user, now)


def living_there(person_ids: Iterable[int], user: User, now: datetime) -> set[int]:
    """Return who of these was ever placed at such a home: by no address are they found."""
    placed = Link.objects.filter(
        person__in=list(person_ids), ended_at__isnull=True, mention__household__isnull=False
    ).values_list("person_id", "mention__household_id")
    homes = list(placed)
    shelters = _sheltering({home for _, home in homes}, user, now)
    return {person for person, home in homes if home in shelters}


def _sheltering(homes: Collection[int], user: User, now: datetime) -> frozenset[int]:
    there = everybody_at(homes)
    hidden = {one.person for some in there.values() for one in some if one.is_restricted}
    if not hidden:
        return frozenset()
    seen = what_they_may_see(user, hidden, now)
    hidden -= {person for person, answer in seen.items() if Item.HOUSEHOLD in answer.items}
    return frozenset(
        home for home, some in there.items() if any(one.person in hidden for one in some)
    )
