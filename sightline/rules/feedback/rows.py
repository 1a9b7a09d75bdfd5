"""Which agency may know what of the outcome of its own report."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

from sightline.rules.screening.datafile import Table, in_force, no_duplicates, period, read

DATA = Path(__file__).parent / "data"


class Extent(StrEnum):
    """How much may be known."""

    FACT = "fact"
    SUMMARY = "summary"


@dataclass(frozen=True)
class Feedback:
    """What agencies of a kind may know, and why."""

    to: str
    extent: Extent
    because: str


EVERYBODY_ELSE = Feedback("", Extent.FACT, "An agency that reported is told that it was considered")


@dataclass(frozen=True)
class FeedbackRules:
    """Rows that belong together, in force from `commencement` to `end`, both included."""

    id: str
    version: str
    title: str
    source: str
    commencement: date
    end: date | None
    rows: tuple[Feedback, ...]

    def to(self, kind: str) -> Feedback:
        """What an agency of this kind may know."""
        return next((row for row in self.rows if row.to == kind), EVERYBODY_ELSE)


def load_rules(path: Path) -> FeedbackRules:
    """The rules in a TOML file. DataFileError (a ValueError) names what is wrong in it."""
    table = read(path)
    table.only(FeedbackRules)
    commencement, end = period(table)
    rows = tuple(_row(one) for one in table.tables("rows", name="to"))
    no_duplicates((row.to for row in rows), table)
    return FeedbackRules(
        id=table.text("id"), version=table.text("version"), title=table.text("title"),
        source=table.text("source"), commencement=commencement, end=end, rows=rows,
    )  # fmt: skip


@cache
def shipped_rules() -> tuple[FeedbackRules, ...]:
    """Every set of rows that comes with Sightline, oldest first."""
    found = (load_rules(path) for path in DATA.glob("feedback_*.toml"))
    return tuple(sorted(found, key=lambda one: one.commencement))


def rules_on(day: date) -> FeedbackRules:
    """The rules in force on a day, of several those that commenced last; LookupError if none."""
    current = [one for one in shipped_rules() if in_force(one, day)]
    if not current:
        raise LookupError(f"No rules for feedback are in force on {day:%Y-%m-%d}.")
    return current[-1]


def feedback_for(kind: str, day: date) -> Feedback:
    """What an agency of a kind may know on a day of what came of its report."""
    return rules_on(day).to(kind)


def _row(table: Table) -> Feedback:
    table.only(Feedback)
    try:
        extent = Extent(table.text("extent"))
    except ValueError as error:
        raise table.fault(f"extent must be one of {', '.join(Extent)}") from error
    return Feedback(table.text("to"), extent, table.text("because"))
