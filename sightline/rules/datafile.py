"""Reading rules kept as TOML: typed values, and a clear fault for whoever wrote the file."""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol, TypedDict, TypeVar


class DataFileError(ValueError):
    """A data file cannot be used. The message says which file, which entry and what is wrong."""


class Dated(Protocol):
    """Anything with days from and until which it is in force, both included."""

    @property
    def commencement(self) -> date: ...
    @property
    def end(self) -> date | None: ...


class DatedSet(Dated, Protocol):
    """Rules of one file: with days in force, and a version."""

    @property
    def version(self) -> str: ...


class Heading(TypedDict):
    """What a dated file begins with."""

    id: str
    version: str
    title: str
    source: str
    commencement: date
    end: date | None


Set = TypeVar("Set", bound=DatedSet)
Choice = TypeVar("Choice", bound=StrEnum)


class Table:
    """One TOML table, read key by key; a key that is missing or of another type is a fault."""

    def __init__(self, values: Mapping[str, object], where: str) -> None:
        self._values = values
        self.where = where

    @property
    def values(self) -> Mapping[str, Any]:
        """Everything in it, as it was written."""
        return self._values

    def fault(self, words: str) -> DataFileError:
        return DataFileError(f"{self.where}: {words}")

    def only(self, kind: type[Any], *also: str) -> None:
        """Refuse a key that is no field of `kind` nor one of `also`: a misspelt key is a rule not
        applied."""
        strange = sorted(set(self._values) - {field.name for field in fields(kind)} - {*also})
        if strange:
            raise self.fault(f"unknown key {', '.join(strange)}")

    def text(self, key: str) -> str:
        value = self._values.get(key)
        if not isinstance(value, str) or not value.strip():
            raise self.fault(f"{key} must be text")
        return value

    def whole(self, key: str, low: int, high: int) -> int:
        return self._whole(self._values.get(key), key, low, high)

    def flag(self, key: str, *, missing: bool) -> bool:
        value = self._values.get(key, missing)
        if not isinstance(value, bool):
            raise self.fault(f"{key} must be true or false")
        return value

    def day(self, key: str) -> date:
        value = self._values.get(key)
        if not isinstance(value, date) or isinstance(value, datetime):
            raise self.fault(f"{key} must be a date")
        return value

    def one_of(self, key: str, known: type[Choice]) -> Choice:
        """One of the values of an enumeration."""
        try:
            return known(self.text(key))
        except ValueError as error:
            raise self.fault(f"{key} must be one of {', '.join(known)}") from error

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; none when the key is missing."""
        value = self._values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise self.fault(f"{key} must be a list of texts")
        return tuple(value)

    def steps(self, key: str, low: int, high: int) -> tuple[tuple[int, int], ...]:
        """Pairs of [from, to] with `to` above `from`; none when the key is missing."""
        value = self._values.get(key, [])
        if not isinstance(value, list):
            raise self.fault(f"{key} must be a list of [from, to]")
        return tuple(self._step(pair, key, low, high) for pair in value)

    def tables(self, key: str, name: str = "id") -> tuple["Table", ...]:
        """The tables under `key`, each called by its `name` in faults; at least one."""
        value = self._values.get(key)
        if not isinstance(value, list) or not value or not all(isinstance(t, dict) for t in value):
            raise self.fault(f"{key} must be a list of tables, with at least one")
        return tuple(
            Table(t, f"{self.where}: {key} {t.get(name, f'number {number}')}")
            for number, t in enumerate(value, start=1)
        )

    def table(self, key: str) -> "Table":
        """The one table under `key`."""
        value = self._values.get(key)
        if not isinstance(value, dict):
            raise self.fault(f"{key} must be a table")
        return Table(value, f"{self.where}: {key}")

    def has(self, key: str) -> bool:
        return key in self._values

    def _whole(self, value: object, key: str, low: int, high: int) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise self.fault(f"{key} must be a whole number from {low} to {high}, not {value!r}")
        return value

    def _step(self, pair: object, key: str, low: int, high: int) -> tuple[int, int]:
        if not isinstance(pair, list) or len(pair) != 2:
            raise self.fault(f"{key} must be a list of [from, to]")
        start, to = (self._whole(one, key, low, high) for one in pair)
        if to <= start:
            raise self.fault(f"{key} must go up, and {start} to {to} does not")
        return start, to


def read(path: Path) -> Table:
    """The file as one table. DataFileError when it is not TOML; OSError when it cannot be read."""
    try:
        return Table(tomllib.loads(path.read_text(encoding="utf-8")), path.name)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataFileError(f"{path.name}: not readable as TOML: {error}") from error


def period(table: Table) -> tuple[date, date | None]:
    """Commencement and end (None: still in force) of a file; the end never before the start."""
    commencement = table.day("commencement")
    end = table.day("end") if table.has("end") else None
    if end is not None and end < commencement:
        raise table.fault(f"end {end} is before commencement {commencement}")
    return commencement, end


def heading(table: Table) -> Heading:
    """What a dated file begins with, ready for the class that is made of it."""
    commencement, end = period(table)
    return Heading(
        id=table.text("id"), version=table.text("version"), title=table.text("title"),
        source=table.text("source"), commencement=commencement, end=end,
    )  # fmt: skip


def no_duplicates(names: Iterable[str], table: Table) -> None:
    """Refuse two entries of one name."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise table.fault(f"duplicate id {name}")
        seen.add(name)


def in_order(folder: Path, pattern: str, load: Callable[[Path], Set]) -> tuple[Set, ...]:
    """Every set of rules in a folder's files of that name, by commencement."""
    found = (load(path) for path in folder.glob(pattern))
    return tuple(sorted(found, key=lambda one: (one.commencement, one.version)))


def current(sets: Iterable[Set], day: date, what: str) -> Set:
    """The set in force on a day, of several the one that commenced last; LookupError if none.

    `what` begins the sentence: "No ladder of escalation is".
    """
    found = [one for one in sets if in_force(one, day)]
    if not found:
        raise LookupError(f"{what} in force on {day:%Y-%m-%d}.")
    return found[-1]


def in_force(dated: Dated, day: date) -> bool:
    """Whether `day` is from commencement to end, both days included."""
    return dated.commencement <= day and (dated.end is None or day <= dated.end)
