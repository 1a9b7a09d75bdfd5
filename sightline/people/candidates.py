"""Which known persons are worth comparing with the mentions of a source.

Plain SQL by indexed keys, and no more than it needs: every notification waits for it.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db import connection

from sightline.common.rows import numbers
from sightline.people.describing import COLUMNS, describe_mention, describe_row
from sightline.people.models import Mention
from sightline.rules.linkage.describe import Described
from sightline.rules.linkage.keys import TOO_COMMON
from sightline.rules.linkage.verdicts import MANY_MET, Known

ABOUT, SHARES, KEPT_APART, MET = range(4)  # what a row says

# Everything that is linked to the `known` persons, and whether a human kept any of it apart.
EVERYTHING = f"""
    select {ABOUT}, mention.id, mention.source_id, link.person_id,
        exists (select from people_notsameside mine where mine.mention_id = mention.id),
        {", ".join(f"mention.{column}" for column in COLUMNS)}
    from known
    join people_link link on link.person_id = known.person_id and link.ended_at is null
    join people_mention mention on mention.id = link.mention_id
"""  # noqa: S608 - the columns are our own
NOTHING_ELSE = f"null, {', '.join('null' for _ in COLUMNS)}"
LINKED_IN = """
    select mention.source_id, link.person_id
    from people_mention mention
    join people_link link on link.mention_id = mention.id and link.ended_at is null
    where mention.source_id = any(%(sources)s::bigint[])
"""

# Whose keys these mentions share, which of them a human kept apart, who is linked in their
# sources, and everything about all of those: in one query, since every notification waits for it.
# A key that too many share is read no further than that.
AROUND = f"""
    select * from (
        with near as (
            select mine.mention_id as mine, other.mention_id as other,
                count(*) over (partition by mine.key, mine.mention_id) as many
            from people_linkkey mine
            cross join lateral (
                select mention_id from people_linkkey
                where key = mine.key and mention_id <> mine.mention_id
                limit %(too_common)s
            ) other
            where mine.mention_id = any(%(own)s::bigint[])
        ),
        shared as materialized (select distinct mine, other from near where many < %(too_common)s),
        sharing as materialized (
            select shared.mine, shared.other, link.person_id from shared
            join people_link link on link.mention_id = shared.other and link.ended_at is null
        ),
        inside as materialized ({LINKED_IN}),
        known as (select person_id from sharing union select person_id from inside)
        {EVERYTHING}
        union all
        select {SHARES}, mine, other, person_id, {NOTHING_ELSE} from sharing
        union all
        select {SHARES}, mine, other, null, {NOTHING_ELSE} from shared
        where other = any(%(own)s::bigint[])
        union all
        select {KEPT_APART}, mention_id, null, null, {NOTHING_ELSE}
        from people_notsameside where mention_id = any(%(own)s::bigint[])
        union all
        select {MET}, source_id, null, person_id, {NOTHING_ELSE} from inside
    ) around
    order by 1, 2
"""  # noqa: S608 - the columns are our own

# Who is linked in some sources, and everything about those of whom nothing is known yet.
COMPANY = f"""
    select * from (
        with inside as materialized ({LINKED_IN}),
        known as (
            select distinct person_id from inside where person_id <> all(%(had)s::bigint[])
        )
        {EVERYTHING}
        union all
        select {MET}, source_id, null, person_id, {NOTHING_ELSE} from inside
    ) around
    order by 1, 2
"""  # noqa: S608 - the columns are our own

# From whom humans have kept these mentions apart. Seldom asked: of most nobody has said so.
APART = """
    select mine.mention_id, link.person_id
    from people_notsameside mine
    join people_notsame said on said.id = mine.not_same_id and said.ended_at is null
    join people_notsameside other on other.not_same_id = said.id and other.side <> mine.side
    join people_link link on link.mention_id = other.mention_id and link.ended_at is null
    where mine.mention_id = any(%(mentions)s::bigint[])
"""

THEMSELVES = f"""
    select * from (
        with known as (select unnest(%(persons)s::bigint[]) as person_id)
        {EVERYTHING}
    ) around
    order by 2
"""  # noqa: S608 - the columns are our own


class Held:
    """The persons held so far, as far as some mentions need them.

    The number of queries does not depend on how many there are. What is decided about one source
    is learnt, so that the next ones see it. A person made on the way has the id of a mention,
    negative, until it is written.
    """

    def __init__(self, mentions: Sequence[Mention]) -> None:
        own = [mention.pk for mention in mentions]
        self.described = {mention.pk: describe_mention(mention) for mention in mentions}
        self._sharing: dict[int, set[int]] = defaultdict(set)
        self._person_of: dict[int, int] = {}
        self._of: dict[int, list[tuple[Described, int, int]]] = {}  # what, source, mention
        self._met_in: dict[int, set[int]] = {}
        self._gone: set[int] = set()
        self._apart: dict[int, set[int]] = defaultdict(set)  # mentions, by person
        self._not_same: dict[int, set[int]] = defaultdict(set)  # persons, by person
        sources = {mention.source_id for mention in mentions}
        self._met_in = {source: set() for source in sources}
        self._read(AROUND, own=numbers(own), sources=numbers(sources), too_common=TOO_COMMON)
        if len(sources) > 1:  # of one alone it is found out when it is asked for
            self._meet(list(self._of))

    def _read(self, sql: str, **values: Any) -> None:
        """Remember what the rows of a query say. Two queries where a human has kept any apart."""
        kept_apart = set()
        for what, mine, other, person, is_apart, *row in _rows(sql, **values):
            if what == ABOUT:
                self._of.setdefault(person, []).append((describe_row(*row), other, mine))
                self._person_of[mine] = person
            elif what == SHARES:
                self._sharing[mine].add(other)
            elif what == MET and person not in self._gone:
                self._met_in[mine].add(person)
            if what == KEPT_APART or is_apart:
                kept_apart.add(mine)
        if kept_apart:
            self._read_apart(kept_apart)

    def _read_apart(self, mentions: Collection[int]) -> None:
        for mention, other in _rows(APART, mentions=numbers(mentions)):
            if mention in self._person_of:
                self._keep_apart(self._person_of[mention], [other])
            else:
                self._apart[other].add(mention)

    def _keep_apart(self, person: int, others: Collection[int]) -> None:
        for other in others:
            self._not_same[person].add(other)
            self._not_same[other].add(person)

    def _meet(self, persons: Collection[int]) -> set[int]:
        """Find and fetch whoever was met with these persons. One query at most."""
        sources = {source for person in persons for _, source, _ in self._of[person]}
        if wanted := sources - self._met_in.keys():
            self._met_in |= {source: set() for source in wanted}
            had = numbers(self._of.keys() | self._gone)
            self._read(COMPANY, sources=numbers(wanted), had=had)
        return set[int]().union(*(self._met_in[source] for source in sources))

    def candidates(self, mentions: Sequence[Mention]) -> Mapping[int, Sequence[Known]]:
        """Return the persons to compare each mention of one source with, by its place."""
        return {
            place: [self._known(person, mentions) for person in sorted(self._sharing_with(mention))]
            for place, mention in enumerate(mentions)
        }

    def _sharing_with(self, mention: Mention) -> set[int]:
        others = self._sharing[mention.pk]
        return {self._person_of[other] for other in others if other in self._person_of}

    def _known(self, person: int, mentions: Sequence[Mention]) -> Known:
        apart = self._apart.get(person, set())
        described, sources, numbers = zip(*self._of[person], strict=True)
        return Known(
            person,
            described,
            sources,
            frozenset(n for n, mention in enumerate(mentions) if mention.pk in apart),
            frozenset(self._not_same.get(person, ())),
            {place: self._places(mention, numbers) for place, mention in enumerate(mentions)},
        )

    def _places(self, mention: Mention, numbers: Sequence[int]) -> list[int]:
        sharing = self._sharing.get(mention.pk, ())
        return [n for n, number in enumerate(numbers) if number in sharing]

    def met_with(self, persons: Collection[int], mentions: Sequence[Mention]) -> list[Known]:
        """Return who was mentioned in one source with any of these persons."""
        self._meet(persons)
        met = set[int]().union(*(self._company(person) for person in persons))
        return [self._known(person, mentions) for person in sorted(met - set(persons))]

    def _company(self, person: int) -> set[int]:
        sources = {source for _, source, _ in self._of[person]}
        met = set[int]().union(*(self._met_in[source] for source in sources))
        return met if len(met) <= MANY_MET else set()

    def near(self) -> set[int]:
        """Return every person of whom something was fetched."""
        return set(self._of)

    def is_apart(self, person: int, mention: int) -> bool:
        """Whether a human has said that a mention is not this person."""
        return mention in self._apart.get(person, ())

    def all_of(self, person: int) -> list[Described]:
        """Return everything that is linked to a person."""
        return [described for described, _, _ in self._of.get(person, [])]

    def learn(self, mention: Mention, person: int) -> None:
        """Remember who a mention turned out to be."""
        self._person_of[mention.pk] = person
        self._of.setdefault(person, []).append(
            (self.described[mention.pk], mention.source_id, mention.pk)
        )
        self._met_in[mention.source_id].add(person)
        self._keep_apart(person, [p for p, own in self._apart.items() if mention.pk in own])

    def merge(self, goes: int, stays: int) -> None:
        """Remember that two persons turned out to be one."""
        self._gone.add(goes)
        self._of.setdefault(stays, []).extend(self._of.pop(goes, []))
        self._apart[stays] |= self._apart.pop(goes, set())
        self._keep_apart(stays, self._not_same.pop(goes, set()))
        for mention, person in self._person_of.items():
            if person == goes:
                self._person_of[mention] = stays
        for people in self._met_in.values():
            if goes in people:
                people.remove(goes)
                people.add(stays)


def everything_about(persons: Collection[int]) -> dict[int, list[Described]]:
    """Return all that is linked to these persons. One query."""
    found: dict[int, list[Described]] = defaultdict(list)
    for _, _, _, person, _, *row in _rows(THEMSELVES, persons=numbers(persons)):
        found[person].append(describe_row(*row))
    return found


def _rows(sql: str, **values: Any) -> list[Any]:
    with connection.cursor() as cursor:
        return list(cursor.rows(sql, values))
