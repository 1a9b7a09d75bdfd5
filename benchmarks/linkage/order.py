"""Arriving one by one, in any order, beside arriving together: who is joined to whom in each.

    python -m benchmarks.linkage.order [--worlds 2000] [--mentions 60] [--seed 1] [--show 5]

Makes small worlds, links each as one table, and again source by source in the order of dates,
backwards and shuffled. A mention differs when it has other company in the one than in the other.
Prints the share that do, and some of them.
"""

import argparse
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from duckdb import DuckDBPyConnection

from benchmarks.linkage.generate import write
from benchmarks.linkage.profiles import PROFILES
from benchmarks.linkage.same_weights import described, open_table
from benchmarks.machine import header
from sightline.linkage import linking
from sightline.rules.linkage.decide import Band
from sightline.rules.linkage.describe import Described
from sightline.rules.linkage.keys import keys
from sightline.rules.linkage.model import Model, shipped
from sightline.rules.linkage.resolve import resolve
from sightline.rules.linkage.verdicts import Known, Resolution

ORDERS = ("by date", "backwards", "shuffled")
Persons = Mapping[int, frozenset[int]]  # by mention, all the mentions of that person


@dataclass
class Arriving:
    """What is held while sources arrive one by one, in memory and with no database."""

    described: Mapping[int, Described]
    model: Model
    sources: dict[int, list[int]]
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
        sources = {self.source_of[n] for person in persons for n in self.members[person]}
        met = {self.person_of[n] for s in sources for n in self.sources[s] if n in self.person_of}
        return [self._known(person) for person in sorted(met - set(persons))]

    def persons(self) -> Persons:
        return {n: frozenset(mine) for mine in self.members.values() for n in mine}


def one_by_one(con: DuckDBPyConnection, model: Model, order: str, seed: int) -> Persons:
    """Link a standardised table source by source."""
    sources: dict[int, list[int]] = defaultdict(list)
    rows = con.execute(
        "select notice, id from mention join raw using (id) order by notified_on, id"
    ).fetchall()
    for source, number in rows:
        sources[source].append(number)
    arriving = Arriving(described(con), model, sources)
    for source in _in_order(list(sources), order, seed):
        arriving.arrive(source)
    return arriving.persons()


def _in_order(sources: list[int], order: str, seed: int) -> list[int]:
    if order == "backwards":
        return sources[::-1]
    return Random(seed).sample(sources, len(sources)) if order == "shuffled" else sources


def together(con: DuckDBPyConnection, model: Model) -> Persons:
    """Link a standardised table at once."""
    linking.link(con, model)
    members = defaultdict(list)
    for number, person in con.execute("select id, person from person").fetchall():
        members[person].append(number)
    return {n: frozenset(mine) for mine in members.values() for n in mine}


def differing(one: Persons, other: Persons) -> list[int]:
    """The mentions that have other company in the one than in the other."""
    return sorted(n for n, mine in one.items() if mine != other[n])


def main() -> None:
    asked = _arguments()
    print(header())
    mentions, differ, shown = 0, dict.fromkeys(ORDERS, 0), 0
    for con, seed in _worlds(asked):
        at_once = together(con, shipped())
        mentions += len(at_once)
        for order in ORDERS:
            apart = differing(at_once, arrived := one_by_one(con, shipped(), order, seed))
            differ[order] += len(apart)
            if apart and shown < asked.show:
                shown += 1
                print("\n".join(_told(con, order, seed, apart[0], at_once, arrived)))
    for order, many in differ.items():
        share = 1000 * many / mentions
        print(f"{order}: {many:,} of {mentions:,} mentions differ, {share:.2f} in 1,000")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Link one by one and together, and compare.")
    parser.add_argument("--worlds", type=int, default=2_000)
    parser.add_argument("--mentions", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--profile", choices=PROFILES, default="usual")
    parser.add_argument("--show", type=int, default=5)
    return parser.parse_args()


def _worlds(asked: argparse.Namespace) -> Iterator[tuple[DuckDBPyConnection, int]]:
    for seed in range(asked.seed, asked.seed + asked.worlds):
        with TemporaryDirectory(prefix="sightline-order-") as folder:
            write(asked.mentions, seed, asked.profile, Path(folder))
            con = open_table(Path(folder, "mentions.parquet"))
            yield con, seed
            con.close()


def _told(
    con: DuckDBPyConnection, order: str, seed: int, number: int, at_once: Persons, arrived: Persons
) -> Iterator[str]:
    yield f"world {seed}, {order}: {number} is {sorted(at_once[number])} at once, " + str(
        sorted(arrived[number])
    )
    for other in sorted(at_once[number] | arrived[number]):
        row = con.execute("select * from raw where id = $1", [other]).fetchall()[0]
        yield f"    {other}: {', '.join(str(value) for value in row[2:] if value)}"


if __name__ == "__main__":
    main()
