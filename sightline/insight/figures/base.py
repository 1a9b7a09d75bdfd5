"""What every figure has: an id, a definition in words, columns, and a count."""

from abc import ABC
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from sightline.access.roles import Perm
from sightline.insight.engine.base import Answer, Engine
from sightline.insight.engine.live import Live
from sightline.insight.facts.base import Fact
from sightline.insight.figures.measures import Cell as Cell
from sightline.insight.figures.measures import Column as Column
from sightline.insight.figures.measures import Measure
from sightline.insight.figures.measures import Row as Row
from sightline.insight.periods import FIRST, LAST, Period

DUDLEY = "Dudley Safeguarding Children Board, review of the Domestic Abuse Response Team (2013)"


@dataclass(frozen=True)
class Counted:
    """A table, and how many records it was counted from."""

    rows: list[Row]
    records: int


@dataclass(frozen=True)
class Shared:
    """A column of another figure, and the column of this one whose rows add up to it or to a part.

    `rows`: which rows do, by their first label; without it every row. `less`: a column that is part
    of ours, and taken off it. `their_row`: the first label of the row of theirs; without it the
    total, or over time the only one.
    """

    theirs: str
    ours: str
    rows: Callable[[str], bool] = lambda _: True
    less: str = ""
    their_row: str = ""


class Figure(ABC):
    """A published or publishable figure. Its docstring is no definition: the attributes are.

    `who` is counted, by which `dates`, and what a `repeat` is. `records` names, in the singular
    and the plural, what the table is counted from. `row_notes` are shown where a row of that
    label is. `perm`: whom it is for, and `also_for`; others are not told that it exists.

    What is counted is a `question` about `facts`: a query as PostgreSQL has it, over tables of
    the facts' names, with `:first` and `:last`, the days of the period, among its parameters.
    Every engine answers it alike (docs/adr/0033-figures.md says what may be in it), and `table`
    makes the rows of the figure of the answer.
    """

    id: ClassVar[str]
    name: ClassVar[str]
    source: ClassVar[str]
    who: ClassVar[str]
    dates: ClassVar[str]
    repeat: ClassVar[str]
    records: ClassVar[tuple[str, str]]
    columns: ClassVar[tuple[Column, ...]]
    notes: ClassVar[tuple[str, ...]] = ()
    row_notes: ClassVar[Mapping[str, str]] = {}
    perm: ClassVar[Perm] = Perm.SEE_FIGURES
    also_for: ClassVar[frozenset[Perm]] = frozenset()
    facts: ClassVar[tuple[Fact, ...]]
    question: ClassVar[str]
    other_questions: ClassVar[tuple[str, ...]] = ()  # that it asks in the place of it

    # What an outsider could work out (insight/protecting): columns that add up to another; rows, by
    # their label, that add up to the total in a group of their own; whether each row is a stretch
    # of the calendar; whether the months of a year add up to it (not if each child counts once);
    # whether it counts people or what happened to them, and not work; figures that show
    # some of the same counts (of the same days and places), with these counts; and the column of
    # facts of which each row is a value: such rows hold to what these figures show by that column.
    adds: ClassVar[tuple[tuple[str, tuple[str, ...]], ...]] = ()
    row_groups: ClassVar[Mapping[str, str]] = {}
    by_time: ClassVar[bool] = False
    adds_over_time: ClassVar[bool] = True
    about_people: ClassVar[bool] = True
    beside: ClassVar["Mapping[type[Figure], tuple[Shared, ...]]"] = {}
    rows_are: ClassVar[str] = ""

    # How change is shown: what is compared with the period before and drawn over time; the subjects
    # that things changed about in the field (rules/statistics/changes), and the rules of ours that
    # it rests on, by their ids.
    measures: ClassVar[tuple[Measure, ...]] = ()
    about: ClassVar[tuple[str, ...]] = ()
    rests_on: ClassVar[tuple[str, ...]] = ()

    def count(self, period: Period, engine: Engine | None = None) -> Counted:
        """Count on an engine, as was known at its moment; without one, from the records as they
        stand. One question."""
        found = (engine or Live()).ask(self.question, self.facts, self.parameters(period))
        return self.table(found, period)

    def parameters(self, period: Period) -> dict[str, Any]:
        """Return what the question is asked with: days, whole numbers and texts by name."""
        return {"first": period.first or FIRST, "last": period.last or LAST}

    def table(self, found: Answer, period: Period) -> Counted:
        """Make the table of the answer to the question."""
        raise NotImplementedError

    def rows(self, period: Period, engine: Engine | None = None) -> list[Row]:
        """Return the rows of the table, a cell for each column."""
        return self.count(period, engine).rows

    def is_for(self, perms: Collection[Perm]) -> bool:
        """Whether whoever may do these things may see it."""
        return self.perm in perms or not self.also_for.isdisjoint(perms)

    def notes_on(self, rows: list[Row]) -> list[str]:
        """Return what somebody who reads these rows must know."""
        labels = [row[0] for row in rows]
        of_rows = (note for label, note in self.row_notes.items() if label in labels)
        return [*self.notes, *of_rows]
