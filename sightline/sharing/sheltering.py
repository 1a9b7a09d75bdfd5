"""Homes whose address is not said: somebody restricted lives there whom the reader may not see."""

from collections.abc import Iterable
from datetime import datetime

from sightline.access.models import User
from sightline.people.everybody import everybody_at
from sightline.people.models import Mention
from sightline.sharing.models import Item
from sightline.sharing.queries import what_they_may_see


def sheltering(mentions: Iterable[Mention], user: User, now: datetime) -> frozenset[int]:
    """Return the ids of those of the households of these mentions that shelter somebody so.

    Whoever else is open and lives there too would give the address away.
    """
    there = everybody_at({m.household_id for m in mentions if m.household_id})
    hidden = {one.person for some in there.values() for one in some if one.is_restricted}
    if not hidden:
        return frozenset()
    seen = what_they_may_see(user, hidden, now)
    hidden -= {person for person, answer in seen.items() if Item.HOUSEHOLD in answer.items}
    return frozenset(
        home for home, some in there.items() if any(one.person in hidden for one in some)
    )
