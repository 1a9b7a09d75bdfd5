"""A clock: how long, in which unit, from what. Several versions of one stand beside each other."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from itertools import pairwise
from pathlib import Path

from sightline.rules.datafile import Table, in_force, period, read

DATA = Path(__file__).parent / "data"
MOST = 1000  # a bound against a slip of the keys


class Unit(StrEnum):
    """What a clock counts in."""

    WORKING_DAYS = "working_days"  # Monday to Friday and no bank holiday, from the day after
    HOURS = "hours"  # sixty minutes each, by day and night, over changes of the clock too
    CALENDAR_DAYS = "calendar_days"
    MONTHS = "months"  # to the same day of a later month, or that month's last


class Whose(StrEnum):
    """Who keeps to a clock."""

    TEAM = "team"  # the screening team
    SOCIAL_CARE = "social_care"


@dataclass(frozen=True, slots=True)
class Limit:
    """So many of a unit."""

    many: int
    unit: Unit

    @property
    def words(self) -> str:
        """The limit as it is said: "1 working day", "15 working days", "3 months"."""
        noun = self.unit.value.replace("_", " ")
        return f"{self.many} {noun.removesuffix('s') if self.many == 1 else noun}"


@dataclass(frozen=True)
class Clock:
    """How long something may take, from what, and who says so.

    `start` finishes the sentence "45 working days after ...". `whose`: who has to keep to it.
    `confirmed`: whether the limit has been read in the edition in force; `note` says what has not.
    """

    id: str
    name: str
    limit: int
    unit: Unit
    start: str
    whose: Whose
    source: str
    commencement: date
    end: date | None
    confirmed: bool
    note: str

    @property
    def length(self) -> Limit:
        return Limit(self.limit, self.unit)


@dataclass(frozen=True)
class ClockSet:
    """The clocks of one file. Each has days of its own from and until which it is in force."""

    id: str
    version: str
    title: str
    source: str
    clocks: tuple[Clock, ...]


def load_clocks(path: Path) -> ClockSet:
    """The clocks in a TOML file. DataFileError (a ValueError) names what is wrong in it."""
    table = read(path)
    table.only(ClockSet)
    return ClockSet(
        id=table.text("id"), version=table.text("version"), title=table.text("title"),
        source=table.text("source"), clocks=tuple(map(_clock, table.tables("clocks"))),
    )  # fmt: skip


@cache
def shipped_sets() -> tuple[ClockSet, ...]:
    """Every file of clocks that comes with Sightline."""
    found = (load_clocks(path) for path in DATA.glob("statutory_*.toml"))
    return tuple(sorted(found, key=lambda one: one.version))


@cache
def shipped_clocks() -> tuple[Clock, ...]:
    """Every clock that comes with Sightline, by id, oldest version first."""
    found = [clock for one in shipped_sets() for clock in one.clocks]
    in_order = sorted(found, key=lambda clock: (clock.id, clock.commencement))
    _refuse_overlaps(in_order)
    return tuple(in_order)


def clock_on(clock_id: str, day: date) -> Clock:
    """The version of a clock in force on `day`; LookupError when there is none."""
    for clock in shipped_clocks():
        if clock.id == clock_id and in_force(clock, day):
            return clock
    raise LookupError(f"No clock {clock_id!r} was in force on {day:%Y-%m-%d}.")


def _clock(table: Table) -> Clock:
    table.only(Clock)
    commencement, end = period(table)
    return Clock(
        id=table.text("id"), name=table.text("name"), limit=table.whole("limit", 1, MOST),
        unit=table.one_of("unit", Unit), start=table.text("start"),
        whose=table.one_of("whose", Whose),
        source=table.text("source"), commencement=commencement, end=end,
        confirmed=table.flag("confirmed", missing=False), note=table.text("note"),
    )  # fmt: skip


def _refuse_overlaps(in_order: list[Clock]) -> None:
    """On no day may two versions of one clock hold."""
    for before, after in pairwise(in_order):
        if before.id == after.id and in_force(before, after.commencement):
            raise ValueError(f"clock {after.id}: two versions hold on {after.commencement}")
