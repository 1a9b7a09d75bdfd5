"""From the rows of one reference to the notifications they say, one a version."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from sightline.intake.commands import Received
from sightline.intake.files.columns import CHILDREN, PERSON, PREFIXES, Field
from sightline.intake.files.known_fields import NOTIFICATION
from sightline.intake.files.mapping import Columns
from sightline.intake.files.reading_table import Row
from sightline.intake.files.understanding import Understood, understand
from sightline.intake.reading import Place, Problem
from sightline.intake.reading import understand as understand_body
from sightline.intake.schema import Notification as Content

RAW_TYPE = "application/json; rows of a file"


@dataclass
class Written:
    """One notification in a file: its rows, the body they make, and the cell of each part."""

    rows: list[Understood]
    content: Content | None = None  # None where something in the rows must be corrected
    received: Received | None = None
    body: dict[str, Any] = field(default_factory=dict)
    cells: dict[Place, tuple[Understood, str]] = field(default_factory=dict)

    @property
    def wrong(self) -> bool:
        return any(row.wrong for row in self.rows)

    def put(self, place: Place, value: Any, row: Understood, name: str) -> None:
        """Write a value into the body, and down where it stood."""
        inside: Any = self.body
        for part in place[:-1]:
            inside = inside[part] if isinstance(part, int) else inside.setdefault(part, {})
        inside[place[-1]] = value
        self.cells[place] = (row, row.column_of[name])


def written_in(rows: Iterable[Row], columns: Columns) -> list[Written]:
    """Return the notifications in the rows of one reference, lowest version first.

    Where it is not certain to which version a row belongs, they are one, and wrong.
    """
    understood = [understand(row, columns) for row in rows]
    if any(row.row.wrong or "version" in row.unread for row in understood):
        return [Written(understood)]
    understood.sort(key=_version)
    found = [_write(list(same), columns) for _, same in groupby(understood, key=_version)]
    for written in found:
        _read(written)
    return found


def _version(understood: Understood) -> int:
    return int(understood.values.get("version", 1))


def _read(written: Written) -> None:
    found = [] if written.wrong else understand_body(written.body)
    if isinstance(found, Content):
        written.content = found
        return
    for problem in found:
        _blame(problem, written)


def _blame(problem: Problem, written: Written) -> None:
    """Say what is wrong at the row it is from, or at the first."""
    place = problem.place
    while place and place not in written.cells:
        place = place[:-1]
    row, column = written.cells.get(place, (written.rows[0], ".".join(map(str, problem.place))))
    row.wrong.append(f"“{column}”: {problem.what}.")


def reasons(written: Written) -> Iterator[tuple[Row, tuple[str, ...]]]:
    """Yield each row with why it is refused: its own faults, or those of the rows it belongs to."""
    numbers = [row.row.number for row in written.rows if row.wrong]
    named = f"row {numbers[0]}" if len(numbers) == 1 else f"rows {_few(numbers)}"
    for row in written.rows:
        yield (
            row.row,
            tuple(row.wrong)
            or (
                f"This row belongs to one notification with {named}, to be corrected first. "
                "Send all its rows together.",
            ),
        )


def _few(numbers: list[int]) -> str:
    more = f" and {len(numbers) - 5} more" if len(numbers) > 5 else ""
    return ", ".join(map(str, numbers[:5])) + more


def raw_of(written: Written, columns: Columns) -> bytes:
    """Return the rows as they were: their numbers, and each cell by the name of its column."""
    rows = [
        {"row": row.row.number, "cells": dict(zip(columns.header, row.row.cells, strict=True))}
        for row in written.rows
    ]
    return json.dumps({"rows": rows}, ensure_ascii=False).encode()


def _write(rows: list[Understood], columns: Columns) -> Written:
    written = Written(rows)
    if not rows[0].values.get("reference") and not rows[0].unread:
        rows[0].wrong.append("The reference is missing. Give the notification its own.")
    for known, _ in columns.fields:
        if known.of == NOTIFICATION:
            _put_shared(written, known)
    written.body["people"] = []
    for row in rows:
        _put_people(written, row, columns)
    return written


def _put_shared(written: Written, known: Field) -> None:
    """Put in a field of the notification; rows that fill it must agree."""
    filled = [row for row in written.rows if known.name in row.values]
    if not filled:
        return
    first = filled[0]
    for other in filled[1:]:
        if other.values[known.name] != first.values[known.name]:
            other.wrong.append(
                f"“{other.column_of[known.name]}”: row {first.row.number} of the same notification "
                "says otherwise. Make both say the same, or give the later version a higher number."
            )
    written.put(known.path, first.values[known.name], first, known.name)


def _put_people(written: Written, row: Understood, columns: Columns) -> None:
    groups = (PERSON,) if columns.by_person else PREFIXES
    for group in groups:
        known = [f for f, _ in columns.fields if f.of == group and f.name in row.values]
        if known or group == PERSON:
            _put_person(written, row, group, known)


def _put_person(written: Written, row: Understood, group: str, known: list[Field]) -> None:
    if group == PERSON and "role" not in row.values and "role" not in row.unread:
        row.wrong.append("The role is missing. Write victim, perpetrator, child or other.")
    people = written.body["people"]
    people.append({} if group == PERSON else {"role": "child" if group in CHILDREN else group})
    for one in known:
        written.put(("people", len(people) - 1, *one.path), row.values[one.name], row, one.name)
