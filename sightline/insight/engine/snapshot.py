"""Counting over a snapshot with DuckDB."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache, partial
from pathlib import Path
from threading import Lock
from typing import Any

from sightline.insight.engine.base import Answer, Engine
from sightline.insight.engine.dialects import over, translated, written
from sightline.insight.engine.duck import Memory
from sightline.insight.engine.tallied import counts_of, over_counts
from sightline.insight.facts.base import Fact
from sightline.insight.snapshots.manifest import Manifest, Part, read
from sightline.insight.snapshots.parts import KNOWN, ROW, micros, without_ended
from sightline.insight.snapshots.pseudonyms import NoKeyError, pseudonyms

IDS = {ROW: "bigint", KNOWN: "bigint"}


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
    def clock(self) -> datetime:
        return self.as_at

    def written(
        self, question: str, facts: Sequence[Fact], parameters: Mapping[str, Any], dialect: str
    ) -> tuple[str, dict[str, Any]]:
        """Return the question in the SQL of an engine, and the parameters that are in it."""
        if missing := [fact.name for fact in facts if fact.name not in self.manifest.facts]:
            raise NotHeldError(f"{self.folder} has nothing of {', '.join(missing)}")
        tables = {fact.name: self._table(fact) for fact in facts}
        query, wanted = written(question, tables, dialect)
        given = {**parameters, "as_at_micros": micros(self.as_at)}
        return query, {name: given[name] for name in wanted}

    def _table(self, fact: Fact) -> str:
        """The rows that were known, but for those that had ended, at the moment asked for."""
        columns = ", ".join(f'kept."{name}"' for name in fact.columns)
        last = self.as_at == self.manifest.as_at
        by_then = [] if last else [f"kept.{KNOWN} <= :as_at_micros"]
        conditions = [*by_then, *filter(None, [self.narrowing(fact)])]
        where = f" where {' and '.join(conditions)}" if conditions else ""
        return f"select {columns} from {fact.name}_rows as kept{self._ended(fact, last)}{where}"

    def _ended(self, fact: Fact, last: bool) -> str:
        if not self.manifest.facts[fact.name].ends:
            return ""
        gone = without_ended(f"{fact.name}_ends")
        return gone if last else f"{gone} and gone.{KNOWN} <= :as_at_micros"

    def numbers(self, thing: str) -> Callable[[int], int]:
        """Return what gives pseudonyms. NoKeyError: the key by which they were made is not here."""
        ours = pseudonyms()
        if ours.fingerprint != self.manifest.key:
            raise NoKeyError(f"{self.folder} was written with another key")
        return partial(ours.of, thing)

    def files(self, parts: Sequence[Part]) -> list[str]:
        return [str(self.folder / part.file) for part in parts]


class Snapshot(OverParquet):
    """DuckDB."""

    def answer(self, question: str, facts: Sequence[Fact], parameters: Mapping[str, Any]) -> Answer:
        opened = _opened(self.folder, self.manifest)
        if query := self._over_counts(question, facts):
            tables = opened.see_counts(facts[0])
            text, wanted = query
            given = {name: parameters[name] for name in wanted}
        else:
            text, given = self.written(question, facts, parameters, "duckdb")
            tables = tuple(table for fact in facts for table in opened.see(fact))
        in_memory = {name: f"select * from {opened.memory.name}.{name}" for name in tables}
        with opened.memory.cursor() as database:
            return database.execute(over(text, in_memory), given).fetchall()

    def _over_counts(
        self, question: str, facts: Sequence[Fact]
    ) -> tuple[str, frozenset[str]] | None:
        """The question over a tally, where it only counts what stands at the last moment."""
        if len(facts) != 1 or self.as_at != self.manifest.as_at or self.narrowing(facts[0]):
            return None
        [fact] = facts
        held = self.manifest.facts.get(fact.name)
        return over_counts(question, fact) if held and held.counts else None


def translate(question: str, facts: Sequence[Fact]) -> None:
    """Translate a question as a snapshot is asked it, so that the first who asks does not wait."""
    translated(question, "duckdb")
    if len(facts) == 1:
        over_counts(question, facts[0])


class Opened:
    """Tables over the parts of one manifest: each fact's once it is asked for."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.memory = Memory()
        self._database = self.memory.cursor()
        self._folder, self._manifest = folder, manifest
        self._seen: set[str] = set()
        self._one_at_a_time = Lock()

    def see(self, fact: Fact) -> tuple[str, ...]:
        """Make the tables of rows and of ends of a fact, if they are not made; give their names."""
        rows, ends = f"{fact.name}_rows", f"{fact.name}_ends"
        with self._one_at_a_time:
            if rows not in self._seen:
                held = self._manifest.facts[fact.name]
                own = {name: str(col.kind) for name, col in fact.columns.items()}
                self._view(rows, held.rows, {**own, **IDS})
                self._view(ends, held.ends, IDS)
                self._seen.add(rows)
        return rows, ends

    def see_counts(self, fact: Fact) -> tuple[str, ...]:
        """Read how many rows of each kind a fact has, if it is not read: they are few."""
        name = counts_of(fact)
        with self._one_at_a_time:
            if name not in self._seen:
                held = self._manifest.facts[fact.name]
                files = {"files": [str(self._folder / part.file) for part in held.counts]}
                table = f"{self.memory.name}.{name}"
                self._database.execute(f"create table {table} as from read_parquet($files)", files)
                self._seen.add(name)
        return (name,)

    def _view(self, name: str, parts: Sequence[Part], columns: Mapping[str, str]) -> None:
        if parts:
            files = ", ".join(f"'{self._folder / part.file}'" for part in parts)
            what = f"view {self.memory.name}.{name} as from read_parquet([{files}])"
        else:
            typed = ", ".join(f'"{column}" {kind}' for column, kind in columns.items())
            what = f"table {self.memory.name}.{name} ({typed})"
        self._database.execute(f"create {what}")


# A manifest is never changed, so neither are the tables over its parts.
_opened = lru_cache(2)(Opened)
