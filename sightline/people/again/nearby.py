"""Whoever is near the people of one source, looked at again at once: the night, for a street.

Where a newcomer was kept out by others, showed two to be one, or named twins, it can matter who
came first. Then the batch executor looks again at everybody who shares a key with this source, and
at those around them as far as they bear on it; those around stay who they are.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

import structlog
from django.db import connection, transaction

from sightline.people.again.applying import Applied, TooMuchMoved, apply
from sightline.people.again.looking import Near, look
from sightline.people.model_in_use import model_in_use
from sightline.people.models import Link
from sightline.people.moving import fingerprint, refuse_stale
from sightline.rules.linkage.keys import TOO_COMMON

log = structlog.get_logger(__name__)

BECAUSE = "A later mention was looked at together with those near it."
NOTHING = Applied(0, 0, 0, 0)

# Row by row from key to link: asked for as arrays, all links held are gone through for each key.
SHARING = """
    select distinct link.person_id
    from (
        select other.mention_id, count(*) over (partition by mine.key, mine.mention_id) as many
        from people_linkkey mine
        cross join lateral (
            select mention_id from people_linkkey where key = mine.key limit %(too_many)s
        ) other
        where mine.mention_id = any(%(mentions)s)
    ) near
    join people_link link on link.mention_id = near.mention_id and link.ended_at is null
    where near.many <= %(most)s
"""
MET = """
    select distinct link.person_id
    from people_link mine
    join people_mention mention on mention.id = mine.mention_id
    join people_mention beside on beside.source_id = mention.source_id
    join people_link link on link.mention_id = beside.id and link.ended_at is null
    where mine.person_id = any(%(persons)s) and mine.ended_at is null
"""


def look_near(source_id: int, *, now: datetime) -> Applied:
    """Set right what came of the order in which the people near a source came.

    What humans have said holds, and doing it again changes nothing. Where more would move than
    anybody expects it is left to the night. Raises StalePlan, and writes nothing, where links near
    it were changed meanwhile: look again.
    """
    near = _near(source_id)
    if not near.persons:
        return NOTHING
    everybody = near.persons | near.around
    model, before = model_in_use(), fingerprint(everybody)
    seen = look(model, near=near)
    if not seen.differences:
        return NOTHING
    with transaction.atomic():
        refuse_stale(before, everybody)
        try:
            return apply(seen, model, now=now, because=BECAUSE)
        except TooMuchMoved:
            log.warning("left_to_the_night", source=source_id)
            return NOTHING


def _near(source_id: int) -> Near:
    own = Link.objects.filter(mention__source=source_id, ended_at__isnull=True)
    persons = {link.person_id for link in own} | _sharing([link.mention_id for link in own])
    met = _met(persons | _sharing(_mentions_of(persons)))
    return Near(frozenset(persons), frozenset(met - persons))


def _mentions_of(persons: Collection[int]) -> list[int]:
    links = Link.objects.filter(person__in=list(persons), ended_at__isnull=True)
    return list(links.values_list("mention_id", flat=True))


def _sharing(mentions: Collection[int]) -> set[int]:
    """Return who has a key in common with these mentions, they themselves among them."""
    return _persons(SHARING, mentions=list(mentions), too_many=TOO_COMMON + 1, most=TOO_COMMON)


def _met(persons: Collection[int]) -> set[int]:
    """Return who was named in one source with these persons, they themselves among them."""
    return _persons(MET, persons=list(persons))


def _persons(sql: str, **values: Any) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return {person for (person,) in cursor.fetchall()}
