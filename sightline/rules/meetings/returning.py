"""What an agency that reported can do by itself when a family goes back to it."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from sightline.rules.datafile import Table, current, in_order, period, read
from sightline.rules.meetings.kinds import DATA

ANY = "any"


@dataclass(frozen=True)
class Steps:
    """Steps for agencies of these kinds after these outcomes, a sentence each."""

    outcomes: tuple[str, ...]
    agencies: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(frozen=True)
class SingleAgency:
    """A version of the steps."""

    id: str
    version: str
    source: str
    commencement: date
    end: date | None
    steps: tuple[Steps, ...]

    @property
    def key(self) -> str:
        return f"{self.id} {self.version}"

    def for_agency(self, outcome: str, agency_kind: str) -> tuple[str, ...]:
        """Return what an agency of this kind can do after an outcome: for it first, then for any.

        Nothing where the outcome sends no family back.
        """
        fitting = [one for one in self.steps if outcome in one.outcomes]
        own = [words for one in fitting if agency_kind in one.agencies for words in one.words]
        every = [words for one in fitting if ANY in one.agencies for words in one.words]
        return (*own, *every)


def load_steps(path: Path) -> SingleAgency:
    """Return the steps in a TOML file. DataFileError (a ValueError) says what is wrong in it."""
    return _parse(read(path))


@cache
def shipped_steps() -> tuple[SingleAgency, ...]:
    """Return every version that comes with Sightline, oldest first."""
    return in_order(DATA, "single_agency_*.toml", load_steps)


def steps_on(day: date) -> SingleAgency:
    """Return the version in force on a day; LookupError when there is none."""
    return current(shipped_steps(), day, "No steps for one agency are")


def _parse(table: Table) -> SingleAgency:
    table.only(SingleAgency)
    commencement, end = period(table)
    return SingleAgency(
        id=table.text("id"), version=table.text("version"), source=table.text("source"),
        commencement=commencement, end=end, steps=tuple(map(_steps, table.tables("steps"))),
    )  # fmt: skip


def _steps(table: Table) -> Steps:
    table.only(Steps)
    found = Steps(table.texts("outcomes"), table.texts("agencies"), table.texts("words"))
    if not all((found.outcomes, found.agencies, found.words)):
        raise table.fault("outcomes, agencies and words must each name something")
    return found
