"""Writing files and sending them in, as a person at the page or the terminal would."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import xlsxwriter

from sightline.intake.files.reading_table import open_table
from sightline.intake.files.running import run_import
from sightline.intake.imports import choose_columns, start_import, suggested_columns, upload
from sightline.intake.models import ImportFile, ImportKind
from sightline.pathway.imports import HANDLERS
from sightline.pathway.stages import take_through
from tests.world import World

COLUMNS = (
    "reference", "version", "notified_at", "started_at", "address", "postcode", "summary",
    "officer_grade", "role", "given_name", "surname", "date_of_birth", "sex", "nhs_number",
    "presence", "school_name",
)  # fmt: skip
INCIDENT = {
    "version": "1",
    "notified_at": "2026-11-20 23:30",
    "started_at": "2026-11-20T22:10:00+00:00",
    "address": "12 Brook Lane, Castlebrook",
    "postcode": "ZZ9 4QT",
    "summary": "Daniel Crowe pushed Maria Moreno against a door.",
    "officer_grade": "medium",
}
MARIA = {
    "role": "victim",
    "given_name": "Maria",
    "surname": "Moreno",
    "date_of_birth": "14/03/1992",
    "sex": "F",
    "nhs_number": "9990000018",
}
DANIEL = {
    "role": "perpetrator",
    "given_name": "Daniel",
    "surname": "Crowe",
    "date_of_birth": "02/07/1988",
    "sex": "M",
}
LEILA = {"role": "child", "given_name": "Leila", "surname": "Moreno", "date_of_birth": "09/05/2017",
         "sex": "F", "nhs_number": "9990000026", "presence": "in the home",
         "school_name": "Brook Lane Primary School"}  # fmt: skip

Row = dict[str, str]


def rows_of(reference: str, *people: Row, **changes: str) -> list[Row]:
    """Return a notification's rows, one a person; of Maria, Daniel and Leila unless told."""
    incident = {"reference": reference} | INCIDENT | changes
    return [incident | person for person in people or (MARIA, DANIEL, LEILA)]


def csv_of(rows: Iterable[Row], columns: Sequence[str] = COLUMNS, **form: Any) -> bytes:
    """Return a CSV file; `encoding` and `delimiter` as asked."""
    encoding = form.pop("encoding", "utf-8")
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, extrasaction="ignore", **form)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


def xlsx_of(rows: Iterable[Sequence[Any]], sheets: int = 1) -> bytes:
    """Return a workbook with these cells (text, numbers, dates) on each of its sheets."""
    file = io.BytesIO()
    listed = list(rows)
    with xlsxwriter.Workbook(file, {"default_date_format": "dd/mm/yyyy hh:mm"}) as book:
        for _ in range(sheets):
            sheet = book.add_worksheet()
            for number, row in enumerate(listed):
                sheet.write_row(number, 0, row)
    return file.getvalue()


@dataclass
class Door:
    """Sends files in for the police of the world."""

    world: World

    def upload(
        self, content: bytes, kind: str = ImportKind.NOTIFICATIONS, **more: Any
    ) -> ImportFile:
        return upload(**{
            "content": content, "name": "file.csv", "kind": kind, "sender": self.world.cast.police,
            "by": self.world.user("administrator"), "history": True, "now": self.world.now,
        } | more)  # fmt: skip

    def choose(self, file: ImportFile, columns: dict[str, str] | None = None) -> ImportFile:
        header = open_table(bytes(file.content)).header
        return choose_columns(
            file=file, columns=columns or suggested_columns(file, header),
            by=self.world.user("administrator"), now=self.world.now,
        )  # fmt: skip

    def start(self, file: ImportFile) -> ImportFile:
        return start_import(
            file=file, by=self.world.user("administrator"), now=self.world.now, tell=False
        )

    def run(
        self, file: ImportFile, then: Callable[..., object] = take_through, **more: Any
    ) -> ImportFile:
        return run_import(file.pk, then=then, now=self._now, handlers=HANDLERS, **more)

    def _now(self) -> datetime:
        return self.world.now

    def send(
        self, content: bytes, kind: str = ImportKind.NOTIFICATIONS, *,
        then: Callable[..., object] = take_through, **more: Any,
    ) -> ImportFile:  # fmt: skip
        """Send a file the whole way in."""
        file = self.upload(content, kind, **more)
        return self.run(self.start(self.choose(file)), then)
