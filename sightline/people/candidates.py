"""Which known persons are worth comparing with the mentions of a source."""

from collections import defaultdict

from django.db import connection

from sightline.people.describing import describe_mention
from sightline.people.models import Link, Mention
from sightline.rules.linkage.describe import Described
from sightline.rules.linkage.resolve import Candidate

# A key shared by more mentions than this tells nothing (a placeholder date, a common name).
TOO_COMMON = 60

# So many rows are read for each key at most: a common key costs no more than a rare one.
SHARING_A_KEY = """
    select mine.mention_id, other.mention_id
    from people_linkkey mine
    cross join lateral (
        select mention_id from people_linkkey
        where key = mine.key and mention_id <> mine.mention_id
        order by mention_id desc
        limit %(limit)s
    ) other
    where mine.mention_id = any(%(own)s)
"""

KEPT_APART = """
    select mine.mention_id, link.person_id
    from people_notsameside mine
    join people_notsame said on said.id = mine.not_same_id and said.ended_at is null
    join people_notsameside other on other.not_same_id = said.id and other.side <> mine.side
    join people_link link on link.mention_id = other.mention_id and link.ended_at is null
    where mine.mention_id = any(%(own)s)
"""


class Known:
    """The persons known so far, as far as some mentions need them. Four queries to begin with.

    What is decided about one mention is learnt, so that the next ones see it.
    """

    def __init__(self, mentions: list[Mention]) -> None:
        self.sharing = _sharing_a_key([mention.pk for mention in mentions])
        links = _current_links({other for others in self.sharing.values() for other in others})
        self.person_of = {link.mention_id: link.person_id for link in links}
        self.described = _everything_about(set(self.person_of.values()))
        self.barred = _said_not_the_same(mentions)
        self.in_source = _already_linked({mention.source_id for mention in mentions})

    def candidates(self, mention: Mention) -> list[Candidate]:
        """Return the persons to compare a mention with; nobody is two people in one source."""
        others = self.sharing[mention.pk] & self.person_of.keys()
        taken = self.in_source[mention.source_id]
        return [
            Candidate(
                person_id=person,
                mentions=tuple(self.described[person]),
                not_same=(mention.pk, person) in self.barred,
                in_same_source=person in taken,
            )
            for person in sorted({self.person_of[other] for other in others})
        ]

    def learn(self, mention: Mention, described: Described, person: int) -> None:
        """Remember who a mention turned out to be."""
        self.person_of[mention.pk] = person
        self.described[person].append(described)
        self.in_source[mention.source_id].add(person)


def _sharing_a_key(own: list[int]) -> dict[int, set[int]]:
    """Return for each mention the others that share a key with it, of too common keys only some."""
    found: dict[int, set[int]] = defaultdict(set)
    with connection.cursor() as cursor:
        cursor.execute(SHARING_A_KEY, {"own": own, "limit": TOO_COMMON})
        for mine, other in cursor.fetchall():
            found[mine].add(other)
    return found


def _current_links(mention_ids: set[int]) -> list[Link]:
    return list(Link.objects.filter(mention_id__in=mention_ids, ended_at__isnull=True))


def _everything_about(person_ids: set[int]) -> dict[int, list[Described]]:
    """Return every mention of these persons, described: a veto of any of them counts."""
    found: dict[int, list[Described]] = defaultdict(list)
    links = Link.objects.filter(person_id__in=person_ids, ended_at__isnull=True)
    for link in links.select_related("mention").order_by("mention_id"):
        found[link.person_id].append(describe_mention(link.mention))
    return found


def _said_not_the_same(mentions: list[Mention]) -> set[tuple[int, int]]:
    """Return the pairs of mention and person that a human has kept apart."""
    with connection.cursor() as cursor:
        cursor.execute(KEPT_APART, {"own": [mention.pk for mention in mentions]})
        return set(cursor.fetchall())


def _already_linked(source_ids: set[int]) -> dict[int, set[int]]:
    """Return the persons who hold a mention of each source already."""
    found: dict[int, set[int]] = defaultdict(set)
    links = Link.objects.filter(mention__source_id__in=source_ids, ended_at__isnull=True)
    for source, person in links.values_list("mention__source_id", "person_id"):
        found[source].add(person)
    return found
