"""Kinds of action and how long each may take: by when an agreed action is due, and why."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from sightline.rules.calendar import Holidays
from sightline.rules.clocks.clock import DATA, MOST, Limit, Unit
from sightline.rules.clocks.reckoning import after
from sightline.rules.datafile import (
    Table,
    current,
    heading,
    in_order,
    no_duplicates,
    read,
)
from sightline.rules.due import DueDay

SINCE = "it was agreed"


@dataclass(frozen=True)
class ActionKind:
    """A kind of action: what it is called, how long it may take, whose limit that is."""

    id: str
    name: str
    limit: int
    unit: Unit
    source: str
    end: date | None

    @property
    def length(self) -> Limit:
        return Limit(self.limit, self.unit)


@dataclass(frozen=True)
class ActionKinds:
    """Kinds that belong together, in force from `commencement` to `end`, both included."""

    id: str
    version: str
    title: str
    source: str
    commencement: date
    end: date | None
    kinds: tuple[ActionKind, ...]


def load_kinds(path: Path) -> ActionKinds:
    """The kinds of action in a TOML file. DataFileError names what is wrong in it."""
    table = read(path)
    table.only(ActionKinds)
    kinds = tuple(_kind(one) for one in table.tables("kinds"))
    no_duplicates((one.id for one in kinds), table)
    return ActionKinds(
        **heading(table), kinds=kinds,
    )  # fmt: skip


@cache
def shipped_kinds() -> tuple[ActionKinds, ...]:
    """Every set of kinds that comes with Sightline, oldest first."""
    return in_order(DATA, "actions_*.toml", load_kinds)


def kinds_on(day: date) -> tuple[ActionKind, ...]:
    """The kinds that may be agreed on a day; LookupError where no set is in force."""
    kinds = current(shipped_kinds(), day, "No set of kinds of action is").kinds
    return tuple(one for one in kinds if one.end is None or day <= one.end)


def kind_on(kind_id: str, day: date) -> ActionKind:
    """The kind of that id on a day; LookupError if there is none."""
    for one in kinds_on(day):
        if one.id == kind_id:
            return one
    raise LookupError(f"No kind of action {kind_id!r} may be agreed on {day:%Y-%m-%d}.")


def kind_name(kind_id: str) -> str:
    """What a kind is called, in force or not; the id itself for one that is in no set."""
    for kinds in reversed(shipped_kinds()):
        for one in kinds.kinds:
            if one.id == kind_id:
                return one.name
    return kind_id


def action_due(kind: ActionKind, agreed: date, holidays: Holidays) -> DueDay:
    """By when an action of a kind is due that was agreed on a day, with the reason."""
    return after(kind.length, agreed, SINCE, holidays)


def _kind(table: Table) -> ActionKind:
    table.only(ActionKind)
    unit = table.one_of("unit", Unit)
    if unit is Unit.HOURS:
        raise table.fault("an action is due on a day: its unit cannot be hours")
    return ActionKind(
        id=table.text("id"), name=table.text("name"), limit=table.whole("limit", 1, MOST),
        unit=unit, source=table.text("source"),
        end=table.day("end") if table.has("end") else None,
    )  # fmt: skip
