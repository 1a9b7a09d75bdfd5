"""Sources arriving one by one in memory, with no database: as `sightline.people` links them."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import duckdb
from duckdb import DuckDBPyConnection

from sightline.linkage import blocking, clustering, linking
from sightline.rules.linkage.decide import Band
from sightline.rules.linkage.describe import Described
from sightline.rules.linkage.keys import keys
from sightline.rules.linkage.model import Model
from sightline.rules.linkage.resolve import resolve
from sightline.rules.linkage.verdicts import Known, Resolution

Persons = Mapping[int, frozenset[int]]  # by mention, all the mentions of that person


@dataclass
class Arriving:
    """What is held while sources arrive one by one, in memory and with no database."""

    con: DuckDBPyConnection  # the standardised table
    described: Mapping[int, Described]
    model: Model
    sources: dict[int, list[int]]
    look_near: bool = True  # as `sightline.people.again.nearby` does, right after a source
    person_of: dict[int, int] = field(default_factory=dict)
    members: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    source_of: dict[int, int] = field(default_factory=dict)
    sharing: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def arrive(self, source: int) -> None:
        """Decide who the mentions of a source are, and hold them."""
        own = self.sources[source]
        found = resolve(
            [self.described[n] for n in own],
            {place: self._candidates(n, own) for place, n in enumerate(own)},
            self.model,
            self._met_with,
            source,
        )
        for stays, goes, _ in found.merged:
            self._merge(stays, goes)
        self._hold(source, own, found)
        if found.unsettled and self.look_near:
            self._look_near(own)

    def _hold(self, source: int, own: Sequence[int], found: Resolution) -> None:
        for number, verdict in zip(own, found.verdicts, strict=True):
            joins = verdict.band is Band.JOIN and verdict.match is not None
            person = verdict.match.person_id if joins and verdict.match else number
            self.person_of[number], self.source_of[number] = person, source
            self.members[person].append(number)
            for key in keys(self.described[number]):
                self.sharing[key].add(number)

    def _merge(self, stays: int, goes: int) -> None:
        moved = self.members.pop(goes)
        self.members[stays] += moved
        self.person_of |= dict.fromkeys(moved, stays)

    def _candidates(self, number: int, own: Sequence[int]) -> list[Known]:
        found = self._sharing_with(number)
        return [self._known(person, own) for person in sorted({self.person_of[n] for n in found})]

    def _look_near(self, own: Sequence[int]) -> None:
        persons = self._beside(own)
        around = self._met(persons | self._beside(self._mentions(persons))) - persons
        found = self._linked(persons | around, around)
        for person in {self.person_of[n] for n in found}:
            del self.members[person]
        for number, person in sorted(found.items()):
            self.person_of[number] = person
            self.members[person].append(number)

    def _beside(self, numbers: Collection[int]) -> set[int]:
        """Whoever shares a key with these mentions, they themselves among them."""
        found = set(numbers).union(*(self._sharing_with(n) for n in numbers))
        return {self.person_of[n] for n in found}

    def _mentions(self, persons: Collection[int]) -> list[int]:
        return [n for person in persons for n in self.members[person]]

    def _linked(self, persons: Collection[int], around: Collection[int]) -> Mapping[int, int]:
        """Who the mentions of some persons are by the batch executor; those around stay."""
        with duckdb.connect() as con:
            for table in ("mention", "given", "family"):
                con.register("whole", self.con.sql(f"from {table}").to_arrow_table())
                con.execute(f"create table {table} as from whole")
            settled = [(n, person) for person in around for n in self.members[person]]
            clustering.load(con, "settled", ("id", "person"), settled)
            con.execute(
                "delete from mention where not list_contains($1::integer[], id)",
                [self._mentions(persons)],
            )
            blocking.block(con)
            linking.link(con, self.model)
            return dict(con.execute("select id, person from person").fetchall())

    def _sharing_with(self, number: int) -> set[int]:
        return set().union(*(self.sharing[key] for key in keys(self.described[number])))

    def _known(self, person: int, own: Sequence[int] = ()) -> Known:
        sharing = {place: self._sharing_with(n) for place, n in enumerate(own)}
        mine = self.members[person]
        return Known(
            person,
            tuple(self.described[n] for n in mine),
            tuple(self.source_of[n] for n in mine),
            sharing={
                place: [at for at, n in enumerate(mine) if n in found]
                for place, found in sharing.items()
            },
        )

    def _met_with(self, persons: Collection[int]) -> list[Known]:
        return [self._known(person) for person in sorted(self._met(persons) - set(persons))]

    def _met(self, persons: Collection[int]) -> set[int]:
        sources = {self.source_of[n] for n in self._mentions(persons)}
        return {self.person_of[n] for s in sources for n in self.sources[s] if n in self.person_of}

    def persons(self) -> Persons:
        return {n: frozenset(mine) for mine in self.members.values() for n in mine}
