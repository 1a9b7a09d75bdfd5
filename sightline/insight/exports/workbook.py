"""A workbook of figures as the Government Analysis Function asks for: cover, contents, notes, and
a table a sheet that a screen reader can find its way in. gptables makes it so.
"""

import tempfile
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.http import HttpResponse

from sightline.common.spreadsheets import XLSX, neutral
from sightline.common.words import moment
from sightline.insight.presenters import definition
from sightline.insight.reading import Reading
from sightline.rules.disclosure.showing import HIDDEN

NONE = "[z]"  # not applicable, as official statistics of the United Kingdom mark it
LEGEND = f"{HIDDEN} = hidden, so that nobody can be found; {NONE} = there is no such number"
OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False}


def workbook_response(name: str, title: str, readings: Sequence[Reading]) -> HttpResponse:
    """Return an XLSX download called `name`.xlsx of these figures, a sheet each."""
    response = HttpResponse(workbook(title, readings), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


def workbook(title: str, readings: Sequence[Reading]) -> bytes:
    """Return the workbook as a file."""
    gptables = _gptables()

    sheets = {_sheet(reading): _table(reading) for reading in readings}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "figures.xlsx"
        gptables.write_workbook(
            str(path), sheets, cover=_cover(title, readings), contentsheet="Contents",
            notes_table=_notes(readings), workbook_options=OPTIONS,
        )  # fmt: skip
        return path.read_bytes()


def _gptables() -> Any:
    """It brings pandas, which takes a second: only where a workbook is made. It leaves a file open
    when it is first imported, of which Python warns."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        import gptables
    return gptables


def _sheet(reading: Reading) -> str:
    return reading.figure.id.replace(".", " ")


def _cover(title: str, readings: Sequence[Reading]) -> Any:
    gptables = _gptables()
    first = readings[0]
    about = [f"For {first.asked.period.words}, as known on {moment(first.as_at)}.", LEGEND]
    if first.policy:
        about.append(f"Small counts are hidden by the policy {first.policy.key}.")
    return gptables.Cover(
        title=title, intro=["Counted by Sightline from the records."], about=about
    )


def _table(reading: Reading) -> Any:
    gptables = _gptables()
    import pandas as pd

    figure = reading.figure
    headings = _unlike([column.words for column in figure.columns])
    rows = [[neutral(_written(cell)) for cell in row] for row in reading.rows]
    rows = rows or [[NONE] * len(headings)]
    return gptables.GPTable(
        table=pd.DataFrame(rows, columns=headings, dtype=object),
        table_name=f"table_{figure.id.replace('.', '_')}",
        title=f"{figure.name}, for {reading.asked.period.words}{_marks(reading)}",
        source=figure.source, legend=[LEGEND], index_columns={2: 0},
        instructions="This sheet has one table. What is counted, and how, is on the sheet Notes.",
    )  # fmt: skip


def _written(cell: Any) -> Any:
    return NONE if cell in (None, "") else cell if isinstance(cell, int | str) else float(cell)


def _unlike(headings: Sequence[str]) -> list[str]:
    """Headings that two columns share are numbered: a heading names one column."""
    seen: dict[str, int] = {}
    for heading in headings:
        seen[heading] = seen.get(heading, 0) + 1
    count: dict[str, int] = {}
    found = []
    for heading in headings:
        count[heading] = count.get(heading, 0) + 1
        found.append(heading if seen[heading] == 1 else f"{heading} ({count[heading]})")
    return found


def _notes(readings: Sequence[Reading]) -> Any:
    import pandas as pd

    rows = [
        (mark, f"{reading.figure.name}. {words}: {text}")
        for reading in readings
        for mark, (words, text) in zip(_names(reading), _said(reading), strict=True)
    ]
    return pd.DataFrame(rows, columns=["Note number", "Note text"])


def _names(reading: Reading) -> list[str]:
    """What the notes of a figure are called until gptables numbers them."""
    name = reading.figure.id.replace(".", "_")
    return [f"{name}_{number}" for number in range(len(_said(reading)))]


def _marks(reading: Reading) -> str:
    return "".join(f"$${name}$$" for name in _names(reading))


def _said(reading: Reading) -> list[tuple[str, str]]:
    notes = reading.figure.notes_on([tuple(row) for row in reading.rows])
    return [*definition(reading.figure), *(("Note", note) for note in notes)]
