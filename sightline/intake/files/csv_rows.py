"""The records of a CSV text, one bad one never swallowing the next.

A quotation mark that is never closed would make one cell of everything behind it. So a record that
cannot be read costs its first line only, and reading goes on at the next line.
"""

import csv
import re
from collections import deque
from collections.abc import Iterator
from typing import TextIO

from sightline.common.errors import NotUnderstood

DELIMITERS = (",", ";", "\t")
LONGEST_LINE = 1_000_000
LONGEST_HEADER = 100_000
QUOTES = (
    "A quotation mark in this row is not closed, or stands in the middle of a cell. Put the whole "
    'cell in quotation marks and double those inside it: "he said ""no""".'
)
ENDLESS = (
    f"A line of the file is longer than {LONGEST_LINE:,} characters, so it cannot be one row. "
    "Export the file again."
)
CUT_OFF = "The file ends in the middle of this row. Save or export it again."
_SEPARATOR = re.compile(r"sep=(.)\r?\n?")  # what Excel writes above the header on request


class Lines(Iterator[str]):
    """The lines of a text, from which those of the record in hand can be given back."""

    def __init__(self, text: TextIO) -> None:
        self._text = text
        self._back: deque[str] = deque()
        self._taken: list[str] = []

    def __next__(self) -> str:
        line = self._back.popleft() if self._back else self._text.readline(LONGEST_LINE)
        if not line:
            raise StopIteration
        if len(line) >= LONGEST_LINE:
            raise NotUnderstood(ENDLESS)
        self._taken.append(line)
        return line

    def begin(self) -> None:
        """A new record begins here."""
        self._taken.clear()

    def at_the_end(self) -> bool:
        """Whether the record in hand has no line end: only the last of a file can."""
        return bool(self._taken) and not self._taken[-1].endswith(("\n", "\r"))

    def give_back(self) -> str:
        """Return the first line of the record in hand; the others will be read again."""
        first, *others = self._taken
        self._back.extendleft(reversed(others))
        return first


def records(text: TextIO) -> Iterator[tuple[list[str], str]]:
    """Yield each record's cells and what is wrong with it ("" for nothing). A blank one is [].

    Raises NotUnderstood where a line has no end.
    """
    delimiter = _to_the_first_record(text)
    lines = Lines(text)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    width = 0
    while True:
        lines.begin()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield lines.give_back().rstrip("\r\n").split(delimiter), QUOTES
            continue
        width = width or len(cells)
        yield cells, CUT_OFF if len(cells) < width and lines.at_the_end() else ""


def _to_the_first_record(text: TextIO) -> str:
    """Return what parts the cells, and leave `text` where the first record begins."""
    line = text.readline(LONGEST_LINE)
    said = _SEPARATOR.fullmatch(line)
    if said:
        return said[1]
    while line.isspace():
        line = text.readline(LONGEST_LINE)
    text.seek(0)
    start = line[:LONGEST_HEADER]
    return max(
        DELIMITERS, key=lambda delimiter: len(next(csv.reader([start], delimiter=delimiter)))
    )
