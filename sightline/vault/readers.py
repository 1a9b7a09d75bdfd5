"""The text of an answer, whatever kind of file it is. What nobody can read does not leave."""

import html
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from sightline.common.spreadsheets import XLSX
from sightline.rules.scanning.words import text_of

FOLDED = re.compile(r"\r?\n[ \t]")  # a line of a calendar goes on in the next (RFC 5545, 3.1)
HARMLESS = ("image/", "font/", "text/css", "text/javascript", "application/javascript")


class NotReadable(Exception):
    """A kind of file, or a file, of which we cannot say what is in it."""


def text_in(body: bytes, content_type: str) -> str:
    """Return all that a reader of this file could read. Raises NotReadable."""
    kind = content_type.partition(";")[0].strip().lower()
    reader = READERS.get(kind)
    if reader is not None:
        return reader(body)
    if body and not kind.startswith(HARMLESS):
        raise NotReadable(kind)
    return ""


def _plain(body: bytes) -> str:
    return body.decode("utf-8", "replace")


def _page(body: bytes) -> str:
    return text_of(_plain(body))


def _calendar(body: bytes) -> str:
    return FOLDED.sub("", _plain(body)).replace("\\", " ")


def _json(body: bytes) -> str:
    try:
        return " | ".join(_texts(json.loads(body)))
    except ValueError:
        return _plain(body)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inside in value.items():
            yield name
            yield from _texts(inside)
    elif isinstance(value, list):
        for inside in value:
            yield from _texts(inside)
    else:
        yield str(value)


def _workbook(body: bytes) -> str:
    """Row by row as it is shown, and every part as it is stored: comments and properties too."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(body))
        rows = [
            " ".join(map(str, row)) for name in book.sheet_names
            for row in book.get_sheet_by_name(name).to_python()
        ]  # fmt: skip
        with zipfile.ZipFile(io.BytesIO(body)) as parts:
            stored = [parts.read(name) for name in parts.namelist() if not name.endswith("/")]
    except (CalamineError, zipfile.BadZipFile) as error:
        raise NotReadable(XLSX) from error
    return "\n".join([*rows, *(html.unescape(_page(part)) for part in stored)])


READERS: dict[str, Callable[[bytes], str]] = {
    "text/html": _page, "text/plain": _plain, "text/csv": _plain, "text/calendar": _calendar,
    "text/markdown": _plain, "text/xml": _page, "application/xml": _page,
    "application/json": _json, "application/problem+json": _json, "image/svg+xml": _page,
    XLSX: _workbook,
}  # fmt: skip
