"""A figure prepared for its page."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sightline.common.words import moment
from sightline.insight.figures.base import Counted, Figure
from sightline.insight.periods import Period
from sightline.insight.printing import records, written


@dataclass(frozen=True)
class Shown:
    """A counted figure: the table's caption, columns and cells, and what explains them."""

    caption: str
    columns: list[dict[str, Any]]
    rows: list[list[str]]
    about: list[tuple[str, str]]
    notes: list[str]
    is_empty: bool


def shown(figure: Figure, counted: Counted, period: Period, at: datetime) -> Shown:
    """Prepare what was counted at `at` for a period."""
    return Shown(
        caption=f"{figure.name}, for {period.words}",
        columns=[{"text": column.words, "numeric": column.numeric} for column in figure.columns],
        rows=[[written(cell) for cell in row] for row in counted.rows],
        about=[
            ("As at", moment(at)),
            ("Counted from", f"{counted.records:,} {records(figure, counted)}"),
        ],
        notes=figure.notes_on(counted.rows),
        is_empty=counted.records == 0,
    )


def definition(figure: Figure) -> list[tuple[str, str]]:
    """Return the definition of a figure as rows of a summary."""
    return [
        ("Who is counted", figure.who),
        ("Dates", figure.dates),
        ("Repeats", figure.repeat),
        ("Source of the definition", figure.source),
    ]
