"""A version is last year's plus what changed.

A file that says `based_on = "child-matrix 2026.1"` holds only the difference: an entry whose id is
known changes the keys it names, an entry whose id is new is added, and `withdrawn` lists ids that
are not asked any more. What comes of it is checked like a whole file.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Protocol, TypeVar

from sightline.rules.datafile import DataFileError, Table, read

BASED_ON, WITHDRAWN = "based_on", "withdrawn"
Values = dict[str, Any]


class Version(Protocol):
    """One version of an instrument or a tool."""

    @property
    def key(self) -> str: ...
    @property
    def commencement(self) -> date: ...
    @property
    def end(self) -> date | None: ...


V = TypeVar("V", bound=Version)


def load_versions(paths: Iterable[Path], parse: Callable[[Table], V]) -> tuple[V, ...]:
    """Every version in these files, oldest first; each may be based on another of them.

    DataFileError (a ValueError) names the file, the entry and what is wrong: what is wrong in one
    file alone, a base that is not there or goes round in a circle, two files of one version.
    """
    tables = [read(path) for path in paths]
    by_key = {_key(table): table for table in tables}
    if len(by_key) < len(tables):
        raise DataFileError(f"two files of one version: {', '.join(t.where for t in tables)}")
    found = [parse(_whole(table, by_key, ())) for table in tables]
    _commence_later(found, tables, by_key)
    return tuple(sorted(found, key=lambda one: (one.commencement, one.key)))


def _key(table: Table) -> str:
    return f"{table.text('id')} {table.text('version')}"


def _whole(table: Table, by_key: Mapping[str, Table], above: tuple[str, ...]) -> Table:
    """The table with everything of its base that it does not change."""
    if not table.has(BASED_ON):
        return table
    base, here = table.text(BASED_ON), _key(table)
    if base not in by_key:
        raise table.fault(f"based_on {base}: there is no such version")
    if base in (*above, here):
        raise table.fault(f"based_on {base}: goes round in a circle")
    return _merged(table, _whole(by_key[base], by_key, (*above, here)))


def _merged(change: Table, base: Table) -> Table:
    values: Values = {key: value for key, value in base.values.items() if key != "end"}
    withdrawn = _withdrawn(change, base)
    for key, value in change.values.items():
        if key not in (BASED_ON, WITHDRAWN):
            values[key] = _entries(values[key], value) if _are_entries(values.get(key)) else value
    for key, value in values.items():
        if _are_entries(value):
            values[key] = [entry for entry in value if entry.get("id") not in withdrawn]
    return Table(values, change.where)


def _withdrawn(change: Table, base: Table) -> frozenset[str]:
    """The ids that are taken out; one that the base does not have is a slip of the keys."""
    withdrawn = change.texts(WITHDRAWN)
    known, changed = _ids(base), _ids(change)
    if unknown := [one for one in withdrawn if one not in known]:
        raise change.fault(
            f"withdrawn {', '.join(unknown)}: {change.text(BASED_ON)} has no such id"
        )
    if twice := [one for one in withdrawn if one in changed]:
        raise change.fault(f"withdrawn {', '.join(twice)}: is changed in the same file")
    return frozenset(withdrawn)


def _ids(table: Table) -> frozenset[str]:
    entries = (entry for v in table.values.values() if _are_entries(v) for entry in v)
    return frozenset(str(entry.get("id")) for entry in entries)


def _are_entries(value: object) -> bool:
    return isinstance(value, list) and any(isinstance(one, dict) for one in value)


def _entries(base: list[Values], changes: Any) -> Any:
    """The base's entries in their order with the keys that were changed, then the new ones."""
    if not _are_entries(changes):
        return changes
    by_id = {entry.get("id"): entry for entry in base}
    for entry in changes:
        by_id[entry.get("id")] = {**by_id.get(entry.get("id"), {}), **entry}
    return list(by_id.values())


def _commence_later(
    found: Iterable[Version], tables: Iterable[Table], by_key: Mapping[str, Table]
) -> None:
    begins = {one.key: one.commencement for one in found}
    for table in tables:
        if table.has(BASED_ON) and begins[_key(table)] <= begins[table.text(BASED_ON)]:
            raise table.fault(f"commencement must be later than that of {table.text(BASED_ON)}")
