"""From when on somebody may be in a file of rows that leaves."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from sightline.rules.datafile import current, heading, in_order, read

DATA = Path(__file__).parent / "data"
LONGEST = 366


@dataclass(frozen=True)
class EmbargoRules:
    """How many days whoever is new is held back, in force from `commencement` to `end`, both
    included."""

    id: str
    version: str
    title: str
    source: str
    commencement: date
    end: date | None
    days: int

    def holds_back(self, first_known: datetime, now: datetime) -> bool:
        """Whether somebody first known at a moment is still to be left out. Both are aware."""
        return now < first_known + timedelta(days=self.days)


def load_rules(path: Path) -> EmbargoRules:
    """The rules in a TOML file. DataFileError (a ValueError) names what is wrong in it."""
    table = read(path)
    table.only(EmbargoRules)
    return EmbargoRules(**heading(table), days=table.whole("days", 1, LONGEST))


@cache
def shipped_rules() -> tuple[EmbargoRules, ...]:
    """Every version that comes with Sightline, oldest first."""
    return in_order(DATA, "embargo_*.toml", load_rules)


def rules_on(day: date) -> EmbargoRules:
    """The rules in force on a day, of several those that commenced last; LookupError if none."""
    return current(shipped_rules(), day, "No rule for new people in files is")
