"""Tallies: how many rows of each kind a fact has at the last moment, beside its rows.

A question that only counts rows by such columns costs what there are kinds and days, not what there
are rows. What came and what ended is added and taken away, so that a tally is kept by what changed.
Earlier moments are counted from the rows.
"""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import duckdb
import pyarrow as pa

from sightline.insight.facts.base import Fact
from sightline.insight.snapshots.manifest import Held, Part
from sightline.insight.snapshots.parts import (
    ARROW,
    COMPRESSION,
    Cells,
    Writer,
    described,
    without_ended,
)

TIMES = "times"
NO_YEAR = 0  # parts of tallies are not divided by years


def tally_schema(fact: Fact) -> pa.Schema:
    """Return the columns of a tally: those of its fact by which it counts, and how many."""
    own = [(name, ARROW[fact.columns[name].kind]) for name in fact.tally]
    return pa.schema([*own, (TIMES, pa.int64())])


def counted_up(folder: Path, fact: Fact, held: Held, path: Path) -> Part:
    """Write the tally of all rows that have not ended into a new file, and return the part."""
    names = ", ".join(f'"{name}"' for name in fact.tally)
    given = {"rows": [str(folder / part.file) for part in held.rows]}
    still = ""
    if held.ends:
        given["ends"] = [str(folder / part.file) for part in held.ends]
        still = without_ended("read_parquet($ends)")
    query = (
        f"select {names}, count(*) as {TIMES} from read_parquet($rows) as kept{still}"
        f" group by {names} order by {names}"
    )
    return written(folder, query, given, path)


def written(
    folder: Path, query: str, given: dict[str, list[str]], path: Path, year: int = NO_YEAR
) -> Part:
    """Write what a query finds in files as one part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as database:
        [rows] = database.execute(
            f"copy ({query}) to '{path}' (format parquet, codec {COMPRESSION})", given
        ).fetchone() or [0]
    return described(folder, path, year, int(rows))


def added(
    writer: Writer, fact: Fact, made: Iterable[Cells], ended: Iterable[Cells]
) -> tuple[Part, ...]:
    """Write by how much the tally differs after these rows came and those ended."""
    places = [list(fact.columns).index(name) for name in fact.tally]

    def kinds(rows: Iterable[Cells]) -> Counter[Cells]:
        return Counter(tuple(row[at] for at in places) for row in rows)

    more = kinds(made)
    more.subtract(kinds(ended))
    changed = [(*kind, times) for kind, times in more.items() if times]
    if not changed:
        return ()
    columns = list(zip(*changed, strict=True))
    return (writer.write(fact, "counts", (NO_YEAR, 0), columns, tally_schema(fact)),)


def summed(fact: Fact) -> str:
    """Return the query that makes one tally of the parts in `$files`."""
    names = ", ".join(f'"{name}"' for name in fact.tally)
    return (
        f"select {names}, cast(sum({TIMES}) as bigint) as {TIMES} from read_parquet($files)"
        f" group by {names} having sum({TIMES}) <> 0 order by {names}"
    )
