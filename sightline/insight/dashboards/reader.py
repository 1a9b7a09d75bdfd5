"""What somebody may see of figures, asked for one dashboard or one report."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from sightline.access.models import User
from sightline.insight.catalogue import BY_ID
from sightline.insight.figures.base import Figure
from sightline.insight.periods import Period
from sightline.insight.reading import Asked, NotWholeError, Reading, closed, read, usual
from sightline.insight.series import record_began
from sightline.rules.disclosure.showing import Shown

Rows = list[list[Shown]]


@dataclass
class Reader:
    """Who reads, when, which days; `only` by column what they are narrowed to, a force's own."""

    user: User
    now: datetime
    period: Period = field(default_factory=Period)
    only: Mapping[str, str | int] = field(default_factory=dict)

    @cached_property
    def began(self) -> date | None:
        """The first day on record."""
        return record_began()

    def reading(self, figure_id: str, period: Period | None = None) -> Reading:
        """Return a figure for the days asked for, or others; narrowed as far as it can be."""
        figure = BY_ID[figure_id]
        days = self.days(figure) if period is None else period
        return read(self.user, figure, Asked(days, self._narrowed(figure)), self.now)

    def days(self, figure: Figure) -> Period:
        """Return the days asked for, or the usual ones."""
        if self.period != Period():
            return self.period
        return usual(figure, closed(self.now)).period

    def lately(self, figure_id: str) -> Reading:
        """Return a figure by time for the usual days, long enough to see a change in."""
        return self.reading(figure_id, usual(BY_ID[figure_id], closed(self.now)).period)

    def of_each(self, figure_id: str, periods: Iterable[Period]) -> list[Reading]:
        """Return a figure for each of several stretches of days, leaving out those not allowed."""
        found = []
        for period in periods:
            try:
                found.append(self.reading(figure_id, period))
            except NotWholeError:
                continue
        return found

    def _narrowed(self, figure: Figure) -> Mapping[str, str | int]:
        """Raises LookupError where a figure cannot be narrowed to what its reader may see."""
        known = {c: v for c, v in self.only.items() if all(c in f.columns for f in figure.facts)}
        if self.only and not known:
            raise LookupError(f"{figure.id} cannot be narrowed to {', '.join(self.only)}")
        return dict([next(iter(known.items()))]) if known else {}


def number(cell: Shown) -> int | None:
    """Return a count; None where it is hidden or there is none."""
    return cell if isinstance(cell, int) else None


def place(figure: Figure, name: str) -> int:
    """Return where a column stands."""
    return [column.name for column in figure.columns].index(name)


def column(reading: Reading, name: str) -> list[Shown]:
    """Return the cells of a column, by its name."""
    at = place(reading.figure, name)
    return [row[at] for row in reading.rows]
