"""Parts: the Parquet files of a snapshot, written once."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from sightline.insight.facts.base import Fact, Kind
from sightline.insight.snapshots.manifest import Part, digest_of
from sightline.insight.snapshots.pseudonyms import Pseudonyms

ARROW = {
    Kind.ID: pa.int64(), Kind.INT: pa.int32(), Kind.TEXT: pa.string(), Kind.DATE: pa.date32(),
    Kind.BOOL: pa.bool_(),
}  # fmt: skip
ROW, KNOWN = "row_id", "known_at"
ENDS = pa.schema([(ROW, pa.int64()), (KNOWN, pa.int64())])
COMPRESSION = "zstd"

Cells = tuple[Any, ...]
Rows = list[tuple[int, Cells]]  # with their ids


def micros(moment: datetime) -> int:
    """Return a moment as microseconds since 1970: a whole number is alike on every engine."""
    return round(moment.timestamp() * 1_000_000)


def without_ended(ends: str) -> str:
    """Return the join that leaves out of rows called `kept` those that had ended, in any engine.

    DuckDB takes six times as long for the same said with `not exists`: it asks once a row.
    """
    return f" anti join {ends} as gone on gone.{ROW} = kept.{ROW} and gone.{KNOWN} > kept.{KNOWN}"


def schema(fact: Fact) -> pa.Schema:
    """Return the columns of a fact in a snapshot: its own, the id of the row, since when known."""
    own = [(name, ARROW[col.kind]) for name, col in fact.columns.items()]
    return pa.schema([*own, (ROW, pa.int64()), (KNOWN, pa.int64())])


class Disguise:
    """A fact's rows with pseudonyms in the place of ids, each row with an id of its own."""

    def __init__(self, fact: Fact, pseudonyms: Pseudonyms) -> None:
        self.names = pseudonyms
        self.things = [(at, col.of) for at, col in enumerate(fact.columns.values()) if col.of]
        self.day = list(fact.columns).index("day") if "day" in fact.columns else None

    def __call__(self, row: Cells) -> tuple[int, Cells]:
        """Return the row and its id."""
        cells = list(row)
        for at, thing in self.things:
            if cells[at] is not None:
                cells[at] = self.names.of(thing, cells[at])
        digest = hashlib.blake2b(repr(cells).encode(), digest_size=8).digest()
        return int.from_bytes(digest, "big", signed=True), tuple(cells)

    def year(self, row: Cells) -> int:
        """The year in which a row lies, by which parts are divided; 0 for facts without days."""
        return row[self.day].year if self.day is not None else 0


@dataclass(frozen=True)
class Writer:
    """Writes the parts of one moment into a folder."""

    folder: Path
    moment: datetime

    def rows(self, fact: Fact, by_year: Mapping[int, Rows], batch: int = 0) -> Iterator[Part]:
        """Write rows that became known at this moment, a part a year and batch."""
        for year, rows in sorted(by_year.items()):
            columns = zip(*(cells for _, cells in rows), strict=True)
            arrays = [*columns, [row for row, _ in rows], self._known(len(rows))]
            yield self.write(fact, "rows", (year, batch), arrays, schema(fact))

    def ends(self, fact: Fact, by_year: Mapping[int, Rows]) -> Iterator[Part]:
        """Write which rows ended at this moment."""
        for year, rows in sorted(by_year.items()):
            ended = [[row for row, _ in rows], self._known(len(rows))]
            yield self.write(fact, "ends", (year, 0), ended, ENDS)

    def _known(self, many: int) -> list[int]:
        return [micros(self.moment)] * many

    def path(self, fact: Fact, what: str, of: tuple[int, int]) -> Path:
        """Return where a part goes. `what`: "rows", "ends" or "counts"; `of`: a year, a batch."""
        year, batch = of
        name = f"{year}-{micros(self.moment)}-{batch}.parquet"
        return self.folder / fact.name / what / name

    def write(
        self, fact: Fact, what: str, of: tuple[int, int], columns: Iterable[Any], as_: pa.Schema
    ) -> Part:
        """Write columns of this schema as one part."""
        table, path = _table(columns, as_), self.path(fact, what, of)
        path.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(table, path, compression=COMPRESSION)
        return described(self.folder, path, of[0], table.num_rows)


def _table(columns: Iterable[Any], schema: pa.Schema) -> pa.Table:
    arrays = [pa.array(values, type=f.type) for values, f in zip(columns, schema, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)


def described(folder: Path, path: Path, year: int, rows: int) -> Part:
    """Return what a manifest says of a file."""
    return Part(path.relative_to(folder).as_posix(), year, rows, digest_of(path))


def by_year(rows: Iterable[Cells], disguise: Disguise) -> dict[int, Rows]:
    """Return rows, disguised, by their years."""
    found: dict[int, Rows] = defaultdict(list)
    for row in rows:
        found[disguise.year(row)].append(disguise(row))
    return found
