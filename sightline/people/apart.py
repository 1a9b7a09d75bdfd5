"""Who a human said are not the same: it binds between all mentions that the two had then."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from django.db import connection

from sightline.access.models import User
from sightline.people.models import LinkChange, NotSame, NotSameSide

# Two mentions of one group that stand on different sides of what was said.
CROSSED = """
    select one.not_same_id
    from unnest(%(mentions)s::bigint[], %(groups)s::bigint[]) mine (mention_id, group_id)
    join people_notsameside one on one.mention_id = mine.mention_id and one.side = 'a'
    join people_notsame said on said.id = one.not_same_id and said.ended_at is null
    join people_notsameside other on other.not_same_id = said.id and other.side = 'b'
    join unnest(%(mentions)s::bigint[], %(groups)s::bigint[]) theirs (mention_id, group_id)
      on theirs.mention_id = other.mention_id and theirs.group_id = mine.group_id
    order by one.not_same_id
    limit 1
"""


def crossed_by(groups: Mapping[int, Collection[int]]) -> NotSame | None:
    """Return what forbids that the mentions of one of these groups are one person, or None.

    groups: mention ids by any number. One query, and another where something is found.
    """
    pairs = [(mention, group) for group, mentions in groups.items() for mention in mentions]
    with connection.cursor() as cursor:
        cursor.execute(
            CROSSED, {"mentions": [m for m, _ in pairs], "groups": [g for _, g in pairs]}
        )
        found = cursor.fetchone()
    return NotSame.objects.select_related("said_by").get(pk=found[0]) if found else None


def say_apart(
    change: LinkChange, one: Iterable[int], other: Iterable[int], *, by: User, now: datetime
) -> NotSame:
    """Write down that the mentions `one` are not who the mentions `other` are."""
    said = NotSame.objects.create(because=change.because, said_at=now, said_by=by, change=change)
    NotSameSide.objects.bulk_create(
        NotSameSide(not_same=said, side=side, mention_id=mention)
        for side, mentions in (("a", one), ("b", other))
        for mention in mentions
    )
    return said
