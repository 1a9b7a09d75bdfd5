"""What a fact is: a table of things that count, with whatever of each of them figures ask for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What a column holds. The values are types that PostgreSQL, DuckDB and Spark all know."""

    ID = "bigint"
    INT = "integer"
    TEXT = "varchar"
    DATE = "date"
    BOOL = "boolean"


@dataclass(frozen=True, slots=True)
class Col:
    """A column. `of`: of what thing it is the id; in a snapshot a pseudonym takes its place."""

    kind: Kind
    of: str = ""


INT, TEXT, DATE, BOOL = (Col(kind) for kind in (Kind.INT, Kind.TEXT, Kind.DATE, Kind.BOOL))
CHILD, NOTIFICATION, HOUSEHOLD, INCIDENT, DECISION, ACTION = (
    Col(Kind.ID, thing)
    for thing in ("person", "notification", "household", "incident", "decision", "action")
)


@dataclass(frozen=True)
class Fact:
    """A table of analysis. No name, no address and no free text is ever a column of one.

    `words`: what one row is. `live`: the query on PostgreSQL that gives exactly `columns`, in
    their order, as known at four moments (`facts/steps.py`), of the things in `touched`, or of
    all where that is null. `touched`: the query that gives the ids of what may have changed
    after `since` and up to `until`, clocks that ran too. No two rows are alike. `tally`: columns by
    which a snapshot holds its rows counted too, so that a question that only counts rows by these
    need not read them.
    """

    name: str
    words: str
    columns: Mapping[str, Col] = field(hash=False)
    live: str
    touched: str
    tally: tuple[str, ...] = ()
