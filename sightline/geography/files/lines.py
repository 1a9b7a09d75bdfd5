"""The lines of a reference file: how it begins, and the rest in blocks with their places.

These files are written by machines, one row a line: a national postcode directory of a gigabyte
is read in blocks of bytes, and lines that name none of the wanted councils are not even parted.
"""

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from sightline.common.errors import NotUnderstood
from sightline.geography.files.columns import Recognised, recognise

HEAD = 256 * 1024
BLOCK = 4 * 1024 * 1024
HEADER_WITHIN = 20  # lines: some publishers write a title above the names of the columns
UTF_8_MARK = b"\xef\xbb\xbf"
GEOJSON = re.compile(rb"\s*\{")


@dataclass(frozen=True)
class Block:
    """Some lines, the number of the first, and where in the file they end."""

    first: int
    lines: list[bytes]
    ends: int


@dataclass(frozen=True)
class Beginning:
    """The file's kind and columns, and where its rows begin."""

    recognised: Recognised
    position: int
    lines: int


def is_geojson(head: bytes) -> bool:
    """Whether a file begins like GeoJSON."""
    return bool(GEOJSON.match(head.removeprefix(UTF_8_MARK)))


def beginning(head: bytes) -> Beginning:
    """Find the header among the first lines. Raises NotUnderstood with what to do instead."""
    _must_be_text(head)
    position, problems = 0, NotUnderstood("The file is empty.")
    longest = 0
    for number, line in enumerate(head.splitlines(keepends=True)[:HEADER_WITHIN], start=1):
        position += len(line)
        cells = cells_of(line.removeprefix(UTF_8_MARK))
        try:
            return Beginning(recognise(cells), position, number)
        except NotUnderstood as problem:
            if len(cells) > longest:  # of titles and a header, the header has most columns
                longest, problems = len(cells), problem
    raise problems


def _must_be_text(head: bytes) -> None:
    if head.startswith(b"PK"):
        raise NotUnderstood(
            "This is a ZIP archive or an Excel workbook. Unpack it, or save its sheet as CSV."
        )
    if b"\0" in head[:4096]:
        raise NotUnderstood("This is no text. Save the sheet as “CSV UTF-8”.")


def cells_of(line: bytes) -> list[str]:
    """Return the cells of a line; [] for a blank one."""
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        text = line.decode("cp1252", "replace")
    return next(csv.reader([text.strip("\r\n")]), [])


def blocks(file: BinaryIO, position: int, lines: int) -> Iterator[Block]:
    """Yield the lines from a place on, some megabytes at a time."""
    file.seek(position)
    while read := file.readlines(BLOCK):
        position += sum(map(len, read))
        yield Block(lines + 1, read, position)
        lines += len(read)


def geojson(content: bytes) -> tuple[list[dict[str, Any]], object]:
    """Return the features of a GeoJSON file, and what it says of its coordinates.

    Raises NotUnderstood.
    """
    try:
        read = json.loads(content)
    except (ValueError, RecursionError):
        raise NotUnderstood(
            "The GeoJSON is cut off or damaged. Download it again, and see that it is whole."
        ) from None
    features = read.get("features") if isinstance(read, dict) else None
    if not isinstance(features, list):
        features = []
    areas = [one for one in features if isinstance(one, dict)]
    if not areas:
        raise NotUnderstood("This GeoJSON is no collection of areas: it has no “features”.")
    return areas, read.get("crs")
