"""What counts: an engine answers a question about facts, as they were known at a moment."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Self

from sightline.common.clock import local_date
from sightline.insight.facts.base import Fact

Answer = list[tuple[Any, ...]]


class Engine(ABC):
    """One of the places where facts are held.

    `as_at`: the moment whose knowledge counts; None is whatever is known. `only`: by column, the
    one value that counts; facts without that column are not narrowed.
    """

    as_at: datetime | None = None
    only: Mapping[str, str | int] = {}

    @property
    @abstractmethod
    def clock(self) -> datetime:
        """The moment at which clocks are read that are still running."""

    @property
    def today(self) -> date:
        """The day in London at that moment."""
        return local_date(self.clock)

    @abstractmethod
    def answer(self, question: str, facts: Sequence[Fact], parameters: Mapping[str, Any]) -> Answer:
        """Return the rows that a question in PostgreSQL's SQL has over these facts."""

    def ask(self, question: str, facts: Sequence[Fact], parameters: Mapping[str, Any]) -> Answer:
        """Answer with `today`, `minute` (minute_of) and what narrows it among the parameters; whole
        numbers are int."""
        given = {"today": self.today, "minute": minute_of(self.clock), **parameters}
        given |= {f"only_{column}": value for column, value in self.only.items()}
        return [tuple(map(_plain, row)) for row in self.answer(question, facts, given)]

    def numbers(self, thing: str) -> Callable[[int], int]:
        """Return what gives the number that a thing of this kind has here by its id of ours."""
        return int

    def narrowed(self, **only: str | int) -> Self:
        """Return the same engine in which only rows with these values count."""
        narrower = copy(self)
        narrower.only = {**self.only, **only}
        return narrower

    def narrowing(self, fact: Fact) -> str:
        """Return the condition under which a row of a fact counts, with named parameters."""
        return " and ".join(f"{name} = :only_{name}" for name in self.only if name in fact.columns)


def minute_of(moment: datetime) -> int:
    """Return the minute of a moment, since 1970: facts hold when a clock began as such (MINUTE)."""
    return int(moment.timestamp() // 60)


def _plain(cell: Any) -> Any:
    """PostgreSQL sums whole numbers to a Decimal; the same number is the same cell everywhere."""
    if isinstance(cell, Decimal) and cell == cell.to_integral_value() and cell.as_tuple()[2] == 0:
        return int(cell)
    return cell
