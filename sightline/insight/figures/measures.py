"""Tables, and what of one is compared between periods and drawn over time: counts, or shares.

A measure names columns of the figure's table. Of a table it takes the sum over the rows that are
no totals; of one row, that row's.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sightline.rules.disclosure.tables import TOTALS
from sightline.rules.rounding import Share
from sightline.rules.statistics.intervals import of_share

Cell = str | int | Decimal | None  # None: a share of nothing
Row = tuple[Cell, ...]
TOTAL = "total"


@dataclass(frozen=True)
class Column:
    """A column: its name in files, and its heading where people read it.

    `part_of`: the column of counts of which this one counts a part, so that what is left can be
    worked out; "" where it is part of none; None where it is not said: then of the first column of
    counts, if it never is above it. `times`: the column that this one is, times the row's number.
    `calendar`: it says nothing of anybody, such as the days of a month.
    """

    name: str
    words: str
    numeric: bool = True
    part_of: str | None = None
    times: str = ""
    calendar: bool = False


@dataclass(frozen=True)
class Measure:
    """`part` counted, of `whole` where it is a share; both are names of columns.

    A column of per cents is its own part and whole: what it was worked out of.

    only: the rows of which the part is taken, by the row's first cell; the whole is of all rows.
    back: how many months it looks back; where the record is younger there is too little of it.
    """

    words: str
    part: str
    whole: str = ""
    only: Callable[[Cell], bool] | None = None
    back: int = 0

    @property
    def of_all_rows(self) -> bool:
        return self.only is None

    @property
    def is_share(self) -> bool:
        return bool(self.whole)

    def of(self, columns: Sequence[Column], rows: Iterable[Row]) -> tuple[int, int]:
        """Return how many, and of how many (0 where it is no share), in these rows together."""
        counted = [row for row in rows if str(row[0]).lower() not in TOTALS]
        part = _place(columns, self.part)
        some = sum(_number(row[part]) for row in counted if self.only is None or self.only(row[0]))
        if not self.is_share:
            return some, 0
        whole = _place(columns, self.whole)
        return some, sum(_whole(row[whole]) for row in counted)


def likely(part: int, whole: int) -> tuple[Decimal | None, Decimal | None]:
    """Return between which per cents the true share is likely to lie, to one place."""
    found = of_share(part, whole)
    if found is None:
        return None, None
    low, high = (Decimal(f"{100 * limit:.1f}") for limit in (found.low, found.high))
    return low, high


LIKELY = (
    Column("low_pct", "Likely at least (per cent)"),
    Column("high_pct", "Likely at most (per cent)"),
)


def _place(columns: Iterable[Column], name: str) -> int:
    return [column.name for column in columns].index(name)


def _number(cell: Cell) -> int:
    """A count, or the part that a share was worked out of."""
    if isinstance(cell, Share):
        return int(cell.part)
    return int(cell) if isinstance(cell, int | Decimal) else 0


def _whole(cell: Cell) -> int:
    """A count, or the whole that a share is of."""
    return int(cell.whole) if isinstance(cell, Share) else _number(cell)
