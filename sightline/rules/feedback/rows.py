"""Which agency may know what of the outcome of its own report."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

from sightline.rules.datafile import (
    Table,
    current,
    heading,
    in_order,
    no_duplicates,
    read,
)

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
    rows = tuple(_row(one) for one in table.tables("rows", name="to"))
    no_duplicates((row.to for row in rows), table)
    return FeedbackRules(
        **heading(table), rows=rows,
    )  # fmt: skip


@cache
def shipped_rules() -> tuple[FeedbackRules, ...]:
    """Every set of rows that comes with Sightline, oldest first."""
    return in_order(DATA, "feedback_*.toml", load_rules)


def rules_on(day: date) -> FeedbackRules:
    """The rules in force on a day, of several those that commenced last; LookupError if none."""
    return current(shipped_rules(), day, "No set of rules for feedback is")


def feedback_for(kind: str, day: date) -> Feedback:
    """What an agency of a kind may know on a day of what came of its report."""
    return rules_on(day).to(kind)


def _row(table: Table) -> Feedback:
    table.only(Feedback)
    return Feedback(table.text("to"), table.one_of("extent", Extent), table.text("because"))
