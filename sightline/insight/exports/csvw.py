"""What a CSV of a figure holds, for machines: Tabular Data on the Web (W3C, 2015)."""

from decimal import Decimal
from typing import Any

from sightline.insight.figures.base import Column
from sightline.insight.reading import Reading
from sightline.rules.disclosure.showing import HIDDEN

CONTEXT = "http://www.w3.org/ns/csvw"
TYPES = ((bool, "boolean"), (int, "integer"), (Decimal, "decimal"))


def metadata(reading: Reading) -> dict[str, Any]:
    """Return the metadata that stand beside `<id>.csv`, as `<id>.csv-metadata.json`."""
    figure = reading.figure
    return {
        "@context": [CONTEXT, {"@language": "en"}],
        "url": f"{figure.id}.csv",
        "dc:title": f"{figure.name}, for {reading.asked.period.words}",
        "dc:description": f"{figure.who} {figure.dates} {figure.repeat}",
        "dc:source": figure.source,
        "dc:modified": {"@value": reading.as_at.date().isoformat(), "@type": "xsd:date"},
        "dialect": {"encoding": "utf-8-sig", "header": True},
        "notes": list(figure.notes_on([tuple(row) for row in reading.rows])),
        "tableSchema": {
            "columns": [
                _column(column, [row[at] for row in reading.rows])
                for at, column in enumerate(figure.columns)
            ]
        },
    }


def _column(column: Column, cells: list[Any]) -> dict[str, Any]:
    """A column; what is hidden, and what there is none of, is null in it."""
    return {
        "name": column.name,
        "titles": [column.name],
        "dc:description": column.words,
        "datatype": _type(cells),
        "null": ["", HIDDEN],
    }


def _type(cells: list[Any]) -> str:
    """The narrowest type that holds every cell that is not null."""
    kinds = {_type_of(cell) for cell in cells if cell is not None and cell != HIDDEN}
    if kinds <= {"integer"}:
        return "integer" if kinds else "string"
    return "decimal" if kinds <= {"integer", "decimal"} else "string"


def _type_of(cell: Any) -> str:
    return next((name for kind, name in TYPES if isinstance(cell, kind)), "string")
