"""Counting many times over what the records hold at one moment: each fact is read once.

Whoever may not see small counts is shown one table out of all tables of its year and of all wards
(insight/protecting): of the records that would be a query each, every one of them over all there
is. The rows stay in the memory of the process, for as long as one answer takes.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import pyarrow as pa

from sightline.insight.engine.base import Answer, Engine
from sightline.insight.engine.dialects import written
from sightline.insight.engine.duck import opened
from sightline.insight.engine.live import Live
from sightline.insight.facts.base import Fact
from sightline.insight.snapshots.parts import ARROW


class Copied(Engine):
    """DuckDB over facts as the records give them, each read when it is first asked."""

    def __init__(self, live: Live) -> None:
        self._live, self.as_at, self.only = live, live.as_at, live.only
        self._held: dict[str, pa.Table] = {}

    @property
    def clock(self) -> datetime:
        return self._live.clock

    def answer(self, question: str, facts: Sequence[Fact], parameters: Mapping[str, Any]) -> Answer:
        """One query of the database for each fact that was not asked before."""
        tables = {fact.name: self._table(fact) for fact in facts}
        query, wanted = written(question, tables, "duckdb")
        given = {name: parameters[name] for name in wanted}
        for fact in facts:
            if fact.name not in self._held:
                self._held[fact.name] = self._read(fact)
        with opened().cursor() as database:
            for fact in facts:
                database.register(f"{fact.name}_held", self._held[fact.name])
            return database.execute(query, given).fetchall()

    def _table(self, fact: Fact) -> str:
        condition = self.narrowing(fact)
        return f"select * from {fact.name}_held" + (f" where {condition}" if condition else "")

    def _read(self, fact: Fact) -> pa.Table:
        rows = Live(self._live.known).answer(f"select * from {fact.name}", [fact], {})
        columns = list(zip(*rows, strict=True)) or [()] * len(fact.columns)
        arrays = {
            name: pa.array(cells, type=ARROW[col.kind])
            for (name, col), cells in zip(fact.columns.items(), columns, strict=True)
        }
        return pa.table(arrays)
