"""Which known persons are worth comparing with the mentions of a source."""

from collections import defaultdict
from collections.abc import Iterable

from django.db import connection

from sightline.people.describing import describe_mention
from sightline.people.models import Link, Mention, NotSame
from sightline.rules.linkage.resolve import Candidate

# A key shared by more mentions than this tells nothing (a placeholder date, a common name).
TOO_COMMON = 60

# At most TOO_COMMON + 1 rows are read for each key, so a common key costs no more than a rare one.
SHARING_A_KEY = """
    select mine.mention_id, other.mention_id
    from people_linkkey mine
    cross join lateral (
        select mention_id from people_linkkey
        where key = mine.key and mention_id <> all(%(own)s)
        limit %(limit)s
    ) other
    where mine.mention_id = any(%(own)s)
"""


def candidates(mentions: list[Mention]) -> dict[int, list[Candidate]]:
    """Return for each mention (by id) the persons to compare it with. Four queries."""
    sharing = _sharing_a_key([mention.pk for mention in mentions])
    links = _current_links({other for others in sharing.values() for other in others})
    persons = {link.person_id for link in links}
    described = _everything_about(persons)
    barred = _said_not_the_same(mentions)
    person_of = {link.mention_id: link.person_id for link in links}
    return {
        mention.pk: [
            Candidate(
                person_id=person,
                mentions=described[person],
                not_same=(mention.pk, person) in barred,
                in_same_source=False,
            )
            for person in sorted({person_of[o] for o in sharing[mention.pk] if o in person_of})
        ]
        for mention in mentions
    }


def _sharing_a_key(own: list[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    with connection.cursor() as cursor:
        cursor.execute(SHARING_A_KEY, {"own": own, "limit": TOO_COMMON + 1})
        for mine, other in cursor.fetchall():
            found[mine].add(other)
    return found


def _current_links(mention_ids: Iterable[int]) -> list[Link]:
    return list(Link.objects.filter(mention_id__in=mention_ids, ended_at__isnull=True))


def _everything_about(person_ids: Iterable[int]) -> dict[int, tuple]:
    """Return every mention of these persons, described: a veto of any of them counts."""
    found = defaultdict(list)
    rows = Link.objects.filter(person_id__in=person_ids, ended_at__isnull=True).select_related(
        "mention"
    )
    for link in rows.order_by("mention_id"):
        found[link.person_id].append(describe_mention(link.mention))
    return {person: tuple(mentions) for person, mentions in found.items()}


def _said_not_the_same(mentions: list[Mention]) -> set[tuple[int, int]]:
    return set(
        NotSame.objects.filter(mention__in=mentions, ended_at__isnull=True).values_list(
            "mention_id", "person_id"
        )
    )
