"""Tables for download, safe to open in a spreadsheet: what somebody wrote never runs as a formula.

A cell that begins with one of `STARTS_A_FORMULA` gets an apostrophe in front; `plain` takes it off
again when such a file comes back.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter
from django.http import HttpResponse

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_CELL = 32_767  # of XLSX

Rows = Iterable[Sequence[Any]]


def neutral(cell: Any) -> Any:
    """Return a cell that no spreadsheet takes for a formula; numbers and dates as they are."""
    if isinstance(cell, str) and cell.startswith(STARTS_A_FORMULA):
        return f"'{cell}"
    return cell


def plain(cell: str) -> str:
    """Return a cell as it was before `neutral`."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(STARTS_A_FORMULA) else cell


def csv_response(name: str, header: Sequence[str], rows: Rows) -> HttpResponse:
    """Return a CSV download called `name`.csv, with the mark by which Excel knows UTF-8."""
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    write_csv(response, header, rows)
    return _download(response, f"{name}.csv")


def write_csv(file: Any, header: Sequence[str], rows: Rows) -> None:
    """Write neutral rows to a text file."""
    writer = csv.writer(file)
    writer.writerows([neutral(cell) for cell in row] for row in (header, *rows))


def xlsx_response(name: str, header: Sequence[str], rows: Rows) -> HttpResponse:
    """Return an XLSX download called `name`.xlsx, every text a text."""
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
               "default_date_format": "yyyy-mm-dd", "remove_timezone": True}  # fmt: skip
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        for number, row in enumerate((header, *rows)):
            sheet.write_row(number, 0, [_fitting(neutral(cell)) for cell in row])
    return _download(HttpResponse(file.getvalue(), content_type=XLSX), f"{name}.xlsx")


def _fitting(cell: Any) -> Any:
    return cell[:LONGEST_CELL] if isinstance(cell, str) else cell


def _download(response: HttpResponse, file_name: str) -> HttpResponse:
    response["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return response
