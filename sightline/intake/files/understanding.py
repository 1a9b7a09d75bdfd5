"""What the cells of a row say, field by field, and what must be corrected in it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

from sightline.common.errors import NotUnderstood
from sightline.common.spreadsheets import plain
from sightline.intake.files.columns import TIME_OF, Field
from sightline.intake.files.mapping import Columns
from sightline.intake.files.reading_table import Row


@dataclass
class Understood:
    """A row: its values by field name, where each stood, and what is wrong, in words.

    `unread` are the fields whose cells are filled and could not be read.
    """

    row: Row
    values: dict[str, Any] = field(default_factory=dict)
    column_of: dict[str, str] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Fate:
    """What became of a row: accepted, the same as before, or refused for these reasons."""

    row: Row
    reasons: tuple[str, ...] = ()
    replayed: bool = False


def understand(row: Row, columns: Columns) -> Understood:
    """Read every cell of a row that has a field and is not blank."""
    understood = Understood(row, wrong=[row.wrong] if row.wrong else [])
    for known, column, cell in _filled(row, columns):
        understood.column_of[known.name] = column
        try:
            understood.values[known.name] = known.read(cell)
        except NotUnderstood as problem:
            understood.unread.add(known.name)
            understood.wrong += [f"“{column}”: {reason}." for reason in problem.reasons]
    _put_times_to_days(understood)
    return understood


def cell_of(row: Row, place: int) -> str:
    """Return one cell, trimmed, as it was before we made it safe for a spreadsheet."""
    return plain(row.cells[place]).strip() if place < len(row.cells) else ""


def _filled(row: Row, columns: Columns) -> Iterator[tuple[Field, str, str]]:
    """Yield field, name of its column and cell; several columns of one field are joined."""
    for known, places in columns.fields:
        if cell := known.join.join(filter(None, (cell_of(row, place) for place in places))):
            yield known, columns.header[places[0]], cell


def _put_times_to_days(understood: Understood) -> None:
    values = understood.values
    for time_name, day_name in TIME_OF.items():
        if time_name not in values:
            continue
        time = values.pop(time_name)
        if day_name in values:
            at = datetime.combine(timezone.localtime(values[day_name]).date(), time)
            values[day_name] = at if timezone.is_aware(at) else timezone.make_aware(at)
        elif day_name not in understood.unread:
            understood.unread.add(day_name)
            understood.wrong.append(
                f"“{understood.column_of[time_name]}”: there is a time and no day to it."
            )
