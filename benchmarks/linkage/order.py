"""Arriving one by one, in any order, beside arriving together: who is joined to whom in each.

    python -m benchmarks.linkage.order [--worlds 2000] [--mentions 60] [--seed 1] [--show 5]

Makes small worlds, links each as one table, and again source by source in the order of dates,
backwards and shuffled, as the day does and once more without the look at those near a newcomer. A
mention differs when it has other company than at once. Prints the share that do, and some of them.
"""

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from duckdb import DuckDBPyConnection

from benchmarks.linkage.arriving import Arriving, Persons
from benchmarks.linkage.generate import write
from benchmarks.linkage.profiles import PROFILES
from benchmarks.linkage.same_weights import described, open_table
from benchmarks.machine import header
from sightline.linkage import blocking, linking
from sightline.rules.linkage.model import Model, shipped

ORDERS = ("by date", "backwards", "shuffled")


def one_by_one(
    con: DuckDBPyConnection, model: Model, order: str, seed: int, *, look_near: bool = True
) -> Persons:
    """Link a standardised table source by source, with or without a look at those near each."""
    sources: dict[int, list[int]] = defaultdict(list)
    rows = con.execute(
        "select notice, id from mention join raw using (id) order by notified_on, id"
    ).fetchall()
    for source, number in rows:
        sources[source].append(number)
    arriving = Arriving(con, described(con), model, sources, look_near)
    for source in _in_order(list(sources), order, seed):
        arriving.arrive(source)
    return arriving.persons()


def _in_order(sources: list[int], order: str, seed: int) -> list[int]:
    if order == "backwards":
        return sources[::-1]
    return Random(seed).sample(sources, len(sources)) if order == "shuffled" else sources


def together(con: DuckDBPyConnection, model: Model) -> Persons:
    """Link a standardised table at once."""
    blocking.block(con)
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
    mentions, differ, shown = 0, Counter[tuple[str, bool]](), 0
    for con, seed in _worlds(asked):
        at_once = together(con, shipped())
        mentions += len(at_once)
        for order, look_near in product(ORDERS, (True, False)):
            arrived = one_by_one(con, shipped(), order, seed, look_near=look_near)
            apart = differing(at_once, arrived)
            differ[order, look_near] += len(apart)
            if apart and look_near and shown < asked.show:
                shown += 1
                print("\n".join(_told(con, order, seed, apart[0], at_once, arrived)))
    for (order, look_near), many in differ.items():
        how = "" if look_near else ", without looking at those near"
        share = 1000 * many / mentions
        print(f"{order}{how}: {many:,} of {mentions:,} mentions differ, {share:.2f} in 1,000")


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
