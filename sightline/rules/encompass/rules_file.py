"""The rules of telling schools as dated data."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from sightline.rules.datafile import Table, current, heading, in_order, no_duplicates, read

DATA = Path(__file__).parent / "data"
OFFICER = "officer"  # the rung that is not of the school


@dataclass(frozen=True)
class Rung:
    """Who hears of an unread message, how long before the bell."""

    id: str
    before: timedelta
    words: str


@dataclass(frozen=True)
class KeyAdultRules:
    """How long the name of a key adult holds, how often it is asked for, when the council acts."""

    old_after: timedelta
    ask_again: timedelta
    officer_after: timedelta


@dataclass(frozen=True)
class EncompassRules:
    """Rules that belong together, in force from `commencement` to `end`, both included.

    `ages`: the youngest and the oldest whose school is told, in whole years.
    """

    id: str
    version: str
    title: str
    source: str
    commencement: date
    end: date | None
    ages: tuple[int, int]
    rungs: tuple[Rung, ...]
    key_adults: KeyAdultRules

    @property
    def key(self) -> str:
        return f"{self.id} {self.version}"


def load_rules(path: Path) -> EncompassRules:
    """The rules in a TOML file. DataFileError (a ValueError) names what is wrong in it."""
    table = read(path)
    table.only(EncompassRules)
    return EncompassRules(
        **heading(table),
        ages=_ages(table.table("ages")), rungs=_rungs(table),
        key_adults=_key_adults(table.table("key_adults")),
    )  # fmt: skip


@cache
def shipped_rules() -> tuple[EncompassRules, ...]:
    """Every version that comes with Sightline, oldest first."""
    return in_order(DATA, "encompass_*.toml", load_rules)


def rules_on(day: date) -> EncompassRules:
    """The rules in force on a day, of several those that commenced last; LookupError if none."""
    return current(shipped_rules(), day, "No rules of telling schools are")


def _ages(table: Table) -> tuple[int, int]:
    youngest, oldest = table.whole("from", 0, 17), table.whole("to", 0, 17)
    if oldest < youngest:
        raise table.fault("to must not be below from")
    return youngest, oldest


def _rungs(table: Table) -> tuple[Rung, ...]:
    rungs = tuple(_rung(one) for one in table.tables("rungs"))
    no_duplicates((rung.id for rung in rungs), table)
    if [rung.before for rung in rungs] != sorted((r.before for r in rungs), reverse=True):
        raise table.fault("rungs must stand in the order in which they are reached")
    if rungs[-1].id != OFFICER:
        raise table.fault(f"the last rung must be {OFFICER}")
    return rungs


def _rung(table: Table) -> Rung:
    before = timedelta(minutes=table.whole("before_minutes", 1, 8 * 60))
    return Rung(table.text("id"), before, table.text("words"))


def _key_adults(table: Table) -> KeyAdultRules:
    old, officer = table.whole("old_after_days", 1, 730), table.whole("officer_after_days", 1, 730)
    if officer <= old:
        raise table.fault("officer_after_days must be above old_after_days")
    again = table.whole("ask_again_days", 1, 366)
    return KeyAdultRules(timedelta(days=old), timedelta(days=again), timedelta(days=officer))
