"""Counting over a snapshot with DuckDB."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb

from sightline.common.clock import local_date
from sightline.insight.engine.base import Answer, Engine
from sightline.insight.engine.dialects import over, translated
from sightline.insight.facts import ALL
from sightline.insight.facts.base import Fact
from sightline.insight.snapshots.manifest import Manifest, Part, read
from sightline.insight.snapshots.parts import KNOWN, ROW, micros, schema


class NotHeldError(Exception):
    """There is no snapshot here, or none as at that moment."""


class OverParquet(Engine):
    """What every engine over a snapshot does alike. `at`: one of its moments; None is its last."""

    def __init__(self, folder: Path, at: datetime | None = None) -> None:
        manifest = read(folder)
        if manifest is None or (at and at not in manifest.moments):
            raise NotHeldError(f"{folder} has no snapshot as at {at or 'any moment'}")
        self.folder, self.manifest = folder, manifest
        self.as_at: datetime = at or manifest.as_at

    @property
    def today(self) -> date:
        return local_date(self.as_at)

    def written(
        self, question: str, facts: Sequence[Fact], parameters: Mapping[str, Any], dialect: str
    ) -> tuple[str, dict[str, Any]]:
        """Return the question in the SQL of an engine, and the parameters that are in it."""
        tables = {fact.name: self._table(fact) for fact in facts}
        query, wanted = translated(over(question, tables), dialect)
        given = {**parameters, "as_at_micros": micros(self.as_at)}
        return query, {name: given[name] for name in wanted}

    def _table(self, fact: Fact) -> str:
        """The rows that were known, but for those that had ended, at the moment asked for."""
        columns = ", ".join(f'kept."{name}"' for name in fact.columns)
        conditions = [*self._known(fact), *filter(None, [self.narrowing(fact)])]
        where = f" where {' and '.join(conditions)}" if conditions else ""
        return f"select {columns} from {fact.name}_rows as kept{where}"

    def _known(self, fact: Fact) -> list[str]:
        held, last = self.manifest.facts[fact.name], self.as_at == self.manifest.as_at
        conditions = [] if last else [f"kept.{KNOWN} <= :as_at_micros"]
        if held.ends:
            until = "" if last else f" and gone.{KNOWN} <= :as_at_micros"
            conditions.append(
                f"not exists (select 1 from {fact.name}_ends as gone where gone.{ROW} = kept.{ROW}"
                f" and gone.{KNOWN} > kept.{KNOWN}{until})"
            )
        return conditions

    def files(self, parts: Sequence[Part]) -> list[str]:
        return [str(self.folder / part.file) for part in parts]


class Snapshot(OverParquet):
    """DuckDB."""

    def answer(self, question: str, facts: Sequence[Fact], parameters: Mapping[str, Any]) -> Answer:
        query, given = self.written(question, facts, parameters, "duckdb")
        with _opened(self.folder, self.manifest).cursor() as database:
            return database.execute(query, given).fetchall()


# A manifest is never changed, so neither is what a connection over its parts sees.
@lru_cache(2)
def _opened(folder: Path, manifest: Manifest) -> duckdb.DuckDBPyConnection:
    database = duckdb.connect(config={"enable_external_file_cache": True})
    for fact in ALL:
        held = manifest.facts[fact.name]
        database.register("nothing", schema(fact).empty_table())
        database.execute(f"create table {fact.name}_none as from nothing")
        for what, parts in (("rows", held.rows), ("ends", held.ends)):
            files = ", ".join(f"'{folder / part.file}'" for part in parts)
            where = f"read_parquet([{files}])" if parts else f"{fact.name}_none"
            database.execute(f"create view {fact.name}_{what} as from {where}")
    return database
