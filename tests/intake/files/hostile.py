"""Files that somebody has really sent somewhere, or would."""

import codecs
import io
import zipfile

from tests.intake.files.sending import COLUMNS, DANIEL, LEILA, csv_of, rows_of, xlsx_of

WORKBOOK = xlsx_of([list(COLUMNS), *[[r.get(c, "") for c in COLUMNS] for r in rows_of("NM-9")]])


def _all() -> dict[str, bytes]:
    head = ",".join(COLUMNS).encode() + b"\n"
    one = csv_of(rows_of("NM-1", LEILA))
    row = one[len(one.splitlines(keepends=True)[0]) :]
    return {
        "no line end": one.rstrip(),
        "only the header's line end": head,
        "no header": row,
        "the header twice": head + one,
        "the header at the end": one + head,
        "a title above": b"Notifications of March\n\n" + one,
        "blank lines between": one.replace(b"\n", b"\n\n\n"),
        "only carriage returns": one.replace(b"\r\n", b"\r"),
        "line ends mixed": head + row + row.replace(b"\r\n", b"\r") + row.replace(b"\r\n", b"\n"),
        "twice the mark of UTF-8": codecs.BOM_UTF8 * 2 + one,
        "the mark of UTF-16 before UTF-8": codecs.BOM_UTF16_LE + one,
        "half a character of UTF-16": one.decode().encode("utf-16")[:-1],
        "UTF-16 cut within the header": one.decode().encode("utf-16")[:33],
        "a zero at the end": one + b"\x00",
        "zeros between all": one.replace(b",", b"\x00,"),
        "end of file as DOS wrote it": one + b"\x1a",
        "a quotation mark at the end": one + b'"',
        "a quotation mark at the start": b'"' + one,
        "every quotation mark single": one.replace(b'"', b"'"),
        "nothing but quotation marks": b'"' * 999,
        "nothing but commas": b"," * 999 + b"\n" + b"," * 999,
        "nothing but names": b"reference,role\n" * 50,
        "a thousand columns": b"reference,role," + b",".join(b"c%d" % n for n in range(998)),
        "rows longer and longer": head + b"".join(b"x," * n + b"\n" for n in range(60)),
        "one very long cell": head + b'NM-1,1,"' + b"x" * 200_000 + b'"\n' + row,
        "one very long line": head + b"x," * 300_000 + b"\n" + row,
        "one reference a hundred times": csv_of(rows_of("NM-1") * 40),
        "a thousand versions": csv_of(
            [row for n in range(1, 99) for row in rows_of("NM-1", LEILA, version=str(n))]
        ),
        "a reference in every writing": csv_of(
            [row for n in ("nm-1", "NM-1 ", "ＮＭ-1", "NM‑1") for row in rows_of(n)]
        ),
        "control characters": csv_of(rows_of("NM-1", LEILA | {"surname": "Mo\x08re\x0bno"})),
        "right to left": csv_of(rows_of("NM-1", LEILA | {"surname": "\u202eoneroM"})),
        "a formula": csv_of(rows_of("=cmd|'/c calc'!A1", DANIEL)),
        "JSON": b'{"reference": "NM-1", "people": []}\n{"a": 1}\n',
        "XML": b"<?xml version='1.0'?><a/>",
        "a web page called XLS": b"\xef\xbb\xbf\r\n<html><body><table></table></body></html>",
        "an old workbook": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096),
        "a zip of nothing": b"PK\x05\x06" + bytes(18),
        "a zip of a zip": _zip({"a.xlsx": WORKBOOK}),
        "a workbook without sheets": _zip({"[Content_Types].xml": b"<Types/>"}),
        "entities that grow": _with_sheet(b"", b'<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;">]>'),
        "a sheet that never ends": _with_sheet(b"<row><c><v>1</v>" * 500),
        "cells out of all bounds": _with_sheet(
            b'<row r="99999999"><c r="ZZZZZZ99999999"><v>1</v></c></row></sheetData></worksheet>'
        ),
        "shared texts that are not there": _with_sheet(
            b'<row r="1"><c r="A1" t="s"><v>987654</v></c></row></sheetData></worksheet>'
        ),
        "a workbook cut in half": WORKBOOK[: len(WORKBOOK) // 2],
        "a workbook behind rubbish": b"rubbish" + WORKBOOK,
    }  # fmt: skip


def _zip(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def _with_sheet(cells: bytes, before: bytes = b"") -> bytes:
    """A workbook whose sheet begins with `before`, holds `cells`, and is closed by them or not."""
    opening = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    with zipfile.ZipFile(io.BytesIO(WORKBOOK)) as old:
        files = {name: old.read(name) for name in old.namelist()}
    files["xl/worksheets/sheet1.xml"] = before + opening + b"<sheetData>" + cells
    return _zip(files)


BY_HAND = _all()
