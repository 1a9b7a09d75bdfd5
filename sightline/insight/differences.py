"""Why a figure is another today than it was: row by row, by what came to be known since.

The moments as at which notifications, corrections, links and all else are read move from then to
now one after the other (facts/steps.py). What each move changes is its part of the difference, and
the parts add up to the whole.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import pairwise

from sightline.insight.engine.live import CAUSES, Known, Live
from sightline.insight.figures.base import Cell, Column, Counted, Figure
from sightline.insight.periods import Period

Number = int | Decimal
Key = tuple[Cell, ...]

IN_WORDS = {
    "arrived": "Notifications that came later",
    "corrected": "Corrections of notifications",
    "linked": "Who is who",
    "recorded": "What was written down later",
}


@dataclass(frozen=True)
class Difference:
    """One number of one row: what it was, what each cause changed, and what it is."""

    row: str
    column: str
    before: Number
    changes: dict[str, Number]  # by cause, in the order of CAUSES
    after: Number


def differences(
    figure: Figure,
    period: Period,
    since: datetime,
    until: datetime,
    only: Mapping[str, str | int] | None = None,
) -> list[Difference]:
    """Return every number of a figure, or of one part of it, that one cause or another changed, row
    by row. Five counts from the records."""
    known = Known.at(since)
    counted = [figure.count(period, Live(known).narrowed(**only or {}))]
    for cause in CAUSES:
        known = known.moved(cause, until)
        counted.append(figure.count(period, Live(known).narrowed(**only or {})))
    return list(_differences(figure.columns, counted))


@dataclass(frozen=True)
class Changed:
    """One cell of one row as it was printed then and is printed now; "" where it had no row."""

    row: str
    column: str
    before: str
    after: str


def cells_changed(
    columns: Sequence[Column], before: Sequence[Sequence[str]], after: Sequence[Sequence[str]]
) -> list[Changed]:
    """Return every printed cell that is another: what whoever sees no records may be told."""
    named = _named(columns)
    tables = [{tuple(row[at] for at in named): row for row in rows} for rows in (before, after)]
    return [
        Changed(" ".join(key), column.words, was, is_now)
        for key in dict.fromkeys(key for table in reversed(tables) for key in table)
        for at, column in enumerate(columns)
        for was, is_now in [[table[key][at] if key in table else "" for table in tables]]
        if was != is_now
    ]


def _named(columns: Sequence[Column]) -> list[int]:
    """Where the cells stand that name a row."""
    return [at for at, column in enumerate(columns) if not column.numeric] or [0]


def _differences(columns: Sequence[Column], counted: Sequence[Counted]) -> Iterator[Difference]:
    named = _named(columns)
    tables = [{tuple(row[at] for at in named): row for row in one.rows} for one in counted]
    for key in dict.fromkeys(key for table in (tables[-1], *tables) for key in table):
        for at, column in enumerate(columns):
            if at in named:
                continue
            steps = [_number(table, key, at) for table in tables]
            if len(set(steps)) > 1:
                changes = [after - before for before, after in pairwise(steps)]
                yield Difference(
                    " ".join(str(cell) for cell in key), column.words, steps[0],
                    dict(zip(CAUSES, changes, strict=True)), steps[-1],
                )  # fmt: skip


def _number(table: dict[Key, tuple[Cell, ...]], key: Key, at: int) -> Number:
    """The number of a row; there is none of what has no row, or no share of nothing."""
    cell = table[key][at] if key in table else None
    return cell if isinstance(cell, int | Decimal) else 0
