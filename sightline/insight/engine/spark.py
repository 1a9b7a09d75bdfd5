"""Counting over a snapshot with Spark, for whoever has a country's worth and a cluster.

Spark is no part of what Sightline needs: requirements/spark.txt, and a Java of 17 or newer.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sightline.insight.engine.base import Answer
from sightline.insight.engine.snapshot import OverParquet
from sightline.insight.facts.base import Fact
from sightline.insight.snapshots.manifest import Part
from sightline.insight.snapshots.parts import ENDS, schema


class OnSpark(OverParquet):
    """Spark. `session`: a SparkSession, made and ended by whoever asks."""

    def __init__(self, folder: Path, session: Any, at: datetime | None = None) -> None:
        super().__init__(folder, at)
        self.session = session

    def answer(self, question: str, facts: Sequence[Fact], parameters: Mapping[str, Any]) -> Answer:
        for fact in facts:
            held = self.manifest.facts[fact.name]
            self._view(f"{fact.name}_rows", held.rows, schema(fact))
            self._view(f"{fact.name}_ends", held.ends, ENDS)
        query, given = self.written(question, facts, parameters, "spark")
        args = {name: _literal(value) for name, value in given.items()}
        return [tuple(row) for row in self.session.sql(query, args=args).collect()]

    def _view(self, name: str, parts: Sequence[Part], columns: Any) -> None:
        if parts:
            table = self.session.read.parquet(*self.files(parts))
        else:
            table = self.session.createDataFrame([], _in_words(columns))
        table.createOrReplaceTempView(name)


def _literal(value: Any) -> Any:
    """Days before the year 1000 get lost on the way from Python to Java, unless written out."""
    if isinstance(value, date):
        from pyspark.sql.functions import expr

        return expr(f"date'{value.isoformat()}'")
    return value


SPARK_TYPES = {
    "int64": "bigint", "int32": "int", "string": "string", "date32[day]": "date", "bool": "boolean",
}  # fmt: skip


def _in_words(columns: Any) -> str:
    """Return the columns of no rows as Spark describes them."""
    return ", ".join(f"{column.name} {SPARK_TYPES[str(column.type)]}" for column in columns)
