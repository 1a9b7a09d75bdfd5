"""The rules of access as dated data."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from sightline.rules.datafile import Table, current, heading, in_order, read

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Sessions:
    """How long somebody stays signed in, in whole minutes."""

    idle: timedelta
    longest: timedelta
    recent: timedelta
    writing: timedelta


@dataclass(frozen=True)
class Waits:
    """How long to wait after so many failures in a row."""

    free: int
    first: timedelta
    longest: timedelta


@dataclass(frozen=True)
class Confirming:
    """How often it is confirmed that somebody still needs access, and when one is reminded."""

    every: timedelta
    remind: timedelta


@dataclass(frozen=True)
class Emergencies:
    """How long a record that was opened in an emergency stays open, and when it is reviewed."""

    open_for: timedelta
    review_working_days: int


@dataclass(frozen=True)
class AccessRules:
    """Rules that belong together, in force from `commencement` to `end`, both included."""

    id: str
    version: str
    title: str
    source: str
    commencement: date
    end: date | None
    sessions: Sessions
    account: Waits
    address: Waits
    confirming: Confirming
    emergencies: Emergencies

    @property
    def key(self) -> str:
        return f"{self.id} {self.version}"


def load_rules(path: Path) -> AccessRules:
    """The rules in a TOML file. DataFileError (a ValueError) names what is wrong in it."""
    table = read(path)
    table.only(AccessRules, "waits")
    waits = table.table("waits")
    return AccessRules(
        **heading(table),
        sessions=_sessions(table.table("sessions")), account=_waits(waits.table("account")),
        address=_waits(waits.table("address")), confirming=_confirming(table.table("confirming")),
        emergencies=_emergencies(table.table("emergencies")),
    )  # fmt: skip


@cache
def shipped_rules() -> tuple[AccessRules, ...]:
    """Every version that comes with Sightline, oldest first."""
    return in_order(DATA, "access_*.toml", load_rules)


def rules_on(day: date) -> AccessRules:
    """The rules in force on a day, of several those that commenced last; LookupError if none."""
    return current(shipped_rules(), day, "No rules of access are")


def _sessions(table: Table) -> Sessions:
    return Sessions(
        idle=timedelta(minutes=table.whole("idle_minutes", 1, 24 * 60)),
        longest=timedelta(hours=table.whole("longest_hours", 1, 24)),
        recent=timedelta(minutes=table.whole("recent_minutes", 1, 60)),
        writing=timedelta(minutes=table.whole("writing_minutes", 1, 120)),
    )


def _waits(table: Table) -> Waits:
    waits = Waits(
        free=table.whole("free", 1, 1000),
        first=timedelta(seconds=table.whole("first_seconds", 1, 3600)),
        longest=timedelta(seconds=table.whole("longest_seconds", 1, 3600)),
    )
    if waits.longest < waits.first:
        raise table.fault("longest_seconds must not be below first_seconds")
    return waits


def _confirming(table: Table) -> Confirming:
    every, remind = table.whole("every_days", 1, 366), table.whole("remind_days", 0, 366)
    if remind >= every:
        raise table.fault("remind_days must be below every_days")
    return Confirming(timedelta(days=every), timedelta(days=remind))


def _emergencies(table: Table) -> Emergencies:
    return Emergencies(
        open_for=timedelta(hours=table.whole("open_hours", 1, 24)),
        review_working_days=table.whole("review_working_days", 1, 20),
    )
