"""A program of its own: a workbook comes in, CSV in UTF-8 goes out. It imports nothing of ours.

A workbook of a few kilobytes can be made to fill any memory (one cell in the last row and column,
one long text used a million times), and the library gives up by ending the process. So it runs
in a process that may end, with bounded memory and time; `reading_table` says what came of it.
"""

import csv
import io
import sys
import zipfile
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

MEMORY = 3 << 30
SECONDS = 90
UNPACKED = 1 << 30
MOST_ROWS = 1_000_001

# How the process ends, and what that means.
DONE, TOO_BIG, PROTECTED, UNREADABLE, NO_SHEET, MANY_SHEETS = 0, 10, 11, 12, 13, 14


def main() -> int:
    """Turn the workbook on standard input into CSV on standard output. Returns how it ended."""
    _bound()
    content = sys.stdin.buffer.read()
    try:
        if _unpacked(content) > UNPACKED:
            return TOO_BIG
        return _write(content, io.TextIOWrapper(sys.stdout.buffer, "utf-8", newline=""))
    except MemoryError:
        return TOO_BIG
    except Exception as error:
        return PROTECTED if type(error).__name__ == "PasswordError" else UNREADABLE


def _bound() -> None:
    """Bound memory and time where the system can (Linux; elsewhere the caller's clock does)."""
    import resource

    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _unpacked(content: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return sum(member.file_size for member in archive.infolist())


def _write(content: bytes, out: io.TextIOWrapper) -> int:
    from python_calamine import CalamineWorkbook, SheetTypeEnum

    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    places = [n for n, s in enumerate(book.sheets_metadata) if s.typ == SheetTypeEnum.WorkSheet]
    sheets = (book.get_sheet_by_index(place) for place in places)
    filled = [sheet for sheet in sheets if sheet.height]
    if len(filled) != 1:
        return MANY_SHEETS if filled else NO_SHEET
    if filled[0].total_height > MOST_ROWS:
        return TOO_BIG
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows(_rows(filled[0].iter_rows()))
    out.flush()
    return DONE


def _rows(rows: Iterator[list[Any]]) -> Iterator[list[str]]:
    """Yield the cells as text, without empty ones at a row's end."""
    for row in rows:
        cells = [_text(cell) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        yield cells


def _text(cell: Any) -> str:
    """Return a cell as somebody would type it: 9990000123 and not 9990000123.0."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, time | timedelta):
        return str(cell).partition(".")[0]
    return str(cell)


if __name__ == "__main__":
    sys.exit(main())
