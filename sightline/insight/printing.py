"""A counted figure as text for a terminal and as a file for a spreadsheet."""

import io
import textwrap
from collections.abc import Iterator, Sequence

from sightline.common.spreadsheets import write_csv
from sightline.insight.figures.base import Cell, Column, Counted, Figure, Row
from sightline.insight.periods import Period

WIDTH = 100


def as_csv(figure: Figure, rows: Sequence[Row]) -> str:
    """Return the table with its header as RFC 4180 has it, no cell a formula."""
    text = io.StringIO(newline="")
    write_csv(text, header(figure), rows)
    return text.getvalue()


def header(figure: Figure) -> list[str]:
    """Return the names of the columns in files."""
    return [column.name for column in figure.columns]


def as_text(figure: Figure, counted: Counted, period: Period) -> str:
    """Return the table in columns, with what it is of and what one must know to read it."""
    return "\n".join(
        [
            f"{figure.id}  {figure.name}",
            f"for {period.words}, counted from {counted.records:,} {records(figure, counted)}",
            "",
            *_lines(figure.columns, counted.rows),
            "",
            *(textwrap.fill(note, WIDTH) for note in figure.notes_on(counted.rows)),
            "",
        ]
    )


def records(figure: Figure, counted: Counted) -> str:
    """Return the word for what was counted, in the singular or the plural."""
    one, many = figure.records
    return one if counted.records == 1 else many


def written(cell: Cell) -> str:
    """Return a cell as it is read: thousands apart, nothing for a share of nothing."""
    if cell is None:
        return ""
    return f"{cell:,}" if isinstance(cell, int) else str(cell)


def _lines(columns: Sequence[Column], rows: Sequence[Row]) -> Iterator[str]:
    cells = [[column.name for column in columns], *([written(c) for c in row] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for line in cells:
        yield "  ".join(
            cell.rjust(width) if column.numeric else cell.ljust(width)
            for cell, width, column in zip(line, widths, columns, strict=True)
        ).rstrip()
