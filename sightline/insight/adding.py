"""Rows of several months as rows of all of them together."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import zip_longest

from sightline.insight.figures.base import Cell, Row
from sightline.rules.rounding import Share, percent


def added(rows: Iterable[Row]) -> list[Row]:
    """Return one row for all that have the same texts.

    Counts are added up, shares worked out anew; a median cannot be, and is left empty.
    """
    alike: dict[tuple[Cell, ...], list[Row]] = {}
    for row in rows:
        alike.setdefault(tuple(c for c in row if isinstance(c, str)), []).append(row)
    return [tuple(_cell(cells) for cells in zip_longest(*group)) for group in alike.values()]


def _cell(cells: Sequence[Cell]) -> Cell:
    first = cells[0]
    if isinstance(first, str):
        return first
    shares = [cell for cell in cells if isinstance(cell, Share)]
    if shares:
        return percent(sum(s.part for s in shares), sum(s.whole for s in shares))
    if any(isinstance(cell, Decimal) for cell in cells) or None in cells:
        return None
    return sum(int(cell or 0) for cell in cells)
