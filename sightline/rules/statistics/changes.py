"""Which rules or definitions changed within the days of a figure, so that part of a rise is theirs.

Two kinds of change: a new version of a set of rules of ours came into force; and something changed
in the field (data/field_*.toml), such as the definition of domestic abuse.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from sightline.rules.datafile import Table, current, heading, in_order, no_duplicates, read
from sightline.rules.handbook.parts import Chapter

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Change:
    """Something that changed on a day. about: the subjects of figures that it concerns."""

    id: str
    on: date
    about: tuple[str, ...]
    words: str
    source: str


@dataclass(frozen=True)
class FieldChanges:
    """A list of changes, in force from `commencement` to `end`, both included."""

    id: str
    version: str
    title: str
    source: str
    commencement: date
    end: date | None
    changes: tuple[Change, ...]


@cache
def shipped_changes() -> tuple[FieldChanges, ...]:
    """Every list of changes that comes with Sightline, oldest first."""
    return in_order(DATA, "field_*.toml", load_changes)


def load_changes(path: Path) -> FieldChanges:
    """The changes in a TOML file. DataFileError (a ValueError) names what is wrong in it."""
    table = read(path)
    table.only(FieldChanges)
    changes = tuple(map(_change, table.tables("changes")))
    no_duplicates((change.id for change in changes), table)
    return FieldChanges(
        **heading(table), changes=changes,
    )  # fmt: skip


def changed_within(
    first: date, last: date, *, about: Collection[str], rules: Collection[Chapter], today: date
) -> list[Change]:
    """Return what changed after the first day and up to the last, by day.

    about: the subjects of the figure. rules: the chapters of the rules that it rests on; the first
    of a kind of rules is no change, for nothing was there before.
    """
    known = current(shipped_changes(), today, "No list of changes is").changes
    ours = _of_rules(rules)
    found = [one for one in known if set(one.about) & set(about)] + list(ours)
    return sorted((one for one in found if first < one.on <= last), key=lambda one: one.on)


def _of_rules(chapters: Collection[Chapter]) -> Iterator[Change]:
    by_kind: dict[str, list[Chapter]] = {}
    for chapter in chapters:
        by_kind.setdefault(kind_of(chapter), []).append(chapter)
    for versions in by_kind.values():
        _, *later = sorted(versions, key=lambda one: one.commencement)
        for one in later:
            words = f"Another version of the rules came into force: {one.title} ({one.key})."
            yield Change(one.key, one.commencement, (), words, one.source)


def kind_of(chapter: Chapter) -> str:
    """Return the id of a set of rules without its version: "child-matrix"."""
    return chapter.key.rpartition(" ")[0]


def _change(table: Table) -> Change:
    table.only(Change)
    return Change(
        id=table.text("id"), on=table.day("on"), about=table.texts("about"),
        words=table.text("words"), source=table.text("source"),
    )  # fmt: skip
