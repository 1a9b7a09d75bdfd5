"""From the bytes of a CSV or XLSX file to its header and rows, or to what is wrong with it.

A file is refused as a whole only where no row of it can be read for certain; anything wrong with
one row is said of that row.
"""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path
from string import ascii_uppercase

from sightline.common.errors import NotUnderstood
from sightline.intake.files import workbook
from sightline.intake.files.csv_rows import records
from sightline.intake.files.encodings import UNREADABLE, encoding_of, text_of

MOST_ROWS = workbook.MOST_ROWS - 1
MOST_COLUMNS = 400
LONGEST_CELL = 20_000
LONGEST_NAME = 200

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
SAVE_AS = "Save it as CSV (UTF-8) or XLSX and send it again."
EMPTY = "The file is empty."
NO_TEXT = f"The file is neither CSV nor XLSX, or is damaged. {SAVE_AS}"
PROTECTED = "The workbook is protected with a password. Take the password off and send it again."
NO_ROWS = "The file has a header and no rows beneath it."
NO_HEADER = "The first row must name the columns, one name a column."
TOO_MANY_ROWS = f"The file has more than {MOST_ROWS:,} rows. Divide it into several files."
TOO_MANY_COLUMNS = f"The file has more than {MOST_COLUMNS} columns. Take out those not needed."
SAID_OF_WORKBOOKS = {
    workbook.TOO_BIG: "The workbook is too large to open. Save the sheet as CSV (UTF-8) instead.",
    workbook.PROTECTED: PROTECTED,
    workbook.UNREADABLE: NO_TEXT,
    workbook.NO_SHEET: EMPTY,
    workbook.MANY_SHEETS: "Several sheets of the workbook are filled, and only one can be meant. "
    "Save that sheet on its own and send it again.",
}

UNREADABLE_CELL = (
    "This row holds characters that cannot be read. Save the file as CSV (UTF-8) and look at them."
)
TOO_LONG = f"A cell of this row holds more than {LONGEST_CELL:,} characters. Shorten it."
TOO_WIDE = (
    "This row has more cells than the header has names. A comma in a text may have parted it: "
    "put that text in quotation marks."
)


@dataclass(frozen=True, slots=True)
class Row:
    """A row that is not blank. `number` is what a spreadsheet shows beside it; the header is 1.

    `cells` are as many as the header's names; where `wrong` says so, the rest is one cell more.
    """

    number: int
    cells: tuple[str, ...]
    wrong: str = ""


@dataclass(frozen=True)
class Table:
    """The header of a file, and its rows as often as they are asked for."""

    content: bytes  # CSV

    @cached_property
    def _encoding(self) -> str:
        return encoding_of(self.content)

    def _records(self) -> Iterator[tuple[int, tuple[list[str], str]]]:
        return enumerate(records(text_of(self.content, self._encoding)), start=1)

    @cached_property
    def header(self) -> tuple[str, ...]:
        """The names of the columns, each once."""
        return self._header_and_number[0]

    @cached_property
    def _header_and_number(self) -> tuple[tuple[str, ...], int]:
        for number, (cells, wrong) in self._records():
            if any(cell.strip() for cell in cells):
                return _header(cells, wrong), number
        raise NotUnderstood(EMPTY)

    def rows(self) -> Iterator[Row]:
        """Yield the rows that are not blank."""
        header, behind = self._header_and_number
        for number, (cells, wrong) in islice(self._records(), behind, None):
            if any(cell.strip() for cell in cells):
                yield _row(number, cells, wrong, len(header))

    def count(self) -> int:
        """Return how many rows there are. Raises NotUnderstood for none and for too many."""
        counted = sum(1 for _ in islice(self.rows(), MOST_ROWS + 1))
        if not counted:
            raise NotUnderstood(NO_ROWS)
        if counted > MOST_ROWS:
            raise NotUnderstood(TOO_MANY_ROWS)
        return counted


def open_table(content: bytes) -> Table:
    """Open a CSV or XLSX file. Raises NotUnderstood with what to do where it is neither."""
    if not content.strip():
        raise NotUnderstood(EMPTY)
    if content.startswith(OLE):
        raise NotUnderstood(
            "The workbook is protected with a password or in the old format XLS. "
            "Save it as XLSX without a password and send it again."
        )
    table = Table(_csv_of(content) if content.startswith(ZIP) else _text_or_not(content))
    _ = table.header
    return table


def _text_or_not(content: bytes) -> bytes:
    start = content[:4096]
    zeros = 0 in start and not encoding_of(start).startswith("utf-16")
    if zeros or start.lstrip(b"\xef\xbb\xbf \r\n").startswith((b"<", b"%PDF")):
        raise NotUnderstood(NO_TEXT)
    return content


def _header(cells: list[str], wrong: str) -> tuple[str, ...]:
    names = [" ".join(cell.split()) for cell in cells]
    while names and not names[-1]:
        names.pop()
    if wrong or any(len(name) > LONGEST_NAME for name in names):
        raise NotUnderstood(NO_HEADER)
    if any(not name.isprintable() or UNREADABLE.search(name) for name in names):
        raise NotUnderstood(NO_TEXT)
    if len(names) > MOST_COLUMNS:
        raise NotUnderstood(TOO_MANY_COLUMNS)
    named = tuple(name or f"Column {letters(place)}" for place, name in enumerate(names))
    _refuse_twice(named)
    return named


def _refuse_twice(names: tuple[str, ...]) -> None:
    seen: set[str] = set()
    for name in names:
        if name.casefold() in seen:
            raise NotUnderstood(f"Two columns are called “{name}”. Give each a name of its own.")
        seen.add(name.casefold())


def letters(place: int) -> str:
    """Return what a spreadsheet calls the column at `place`, counted from 0: A, B ... Z, AA."""
    name = ""
    place += 1
    while place:
        place, letter = divmod(place - 1, 26)
        name = ascii_uppercase[letter] + name
    return name


def _row(number: int, cells: list[str], wrong: str, width: int) -> Row:
    while len(cells) > width and not cells[-1].strip():
        cells.pop()
    wrong = wrong or _wrong_with(cells, width)
    if len(cells) > width:
        cells[width:] = [",".join(cells[width:])]
    padded = (*cells, *[""] * (width - len(cells)))
    return Row(number, tuple(map(_storable, padded)) if wrong else padded, wrong)


def _wrong_with(cells: list[str], width: int) -> str:
    if len(cells) > width:
        return TOO_WIDE
    text = "".join(cells)
    if len(text) > LONGEST_CELL and any(len(cell) > LONGEST_CELL for cell in cells):
        return TOO_LONG
    return UNREADABLE_CELL if UNREADABLE.search(text) else ""


def _storable(cell: str) -> str:
    """Return a cell as the database can hold it; the bytes of the file are kept besides."""
    return UNREADABLE.sub("\ufffd", cell)[:LONGEST_CELL]


def _csv_of(content: bytes) -> bytes:
    """Have the workbook read in a process of its own. Raises NotUnderstood."""
    program = [sys.executable, "-I", str(Path(workbook.__file__))]
    try:
        ended = subprocess.run(  # noqa: S603  our own program, no shell
            program, input=content, capture_output=True, timeout=2 * workbook.SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise NotUnderstood(SAID_OF_WORKBOOKS[workbook.TOO_BIG]) from None
    if ended.returncode != workbook.DONE:
        too_big = SAID_OF_WORKBOOKS[workbook.TOO_BIG]  # the system ended it, or it gave up
        raise NotUnderstood(SAID_OF_WORKBOOKS.get(ended.returncode, too_big))
    return ended.stdout
