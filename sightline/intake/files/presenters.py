"""How files on their way in are shown: counts and words, never what a row says of a person."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from sightline.common.words import plural
from sightline.intake.files.columns import PREFIXES, fields_of, who
from sightline.intake.files.known_fields import NOTIFICATION, PERSON, RECORD
from sightline.intake.files.mapping import apart
from sightline.intake.files.reading_table import Row, Table
from sightline.intake.models import ImportFile, ImportKind

SAMPLES, SAMPLE_ROWS, SAMPLE_LENGTH = 3, 20, 60


@dataclass(frozen=True)
class State:
    """How far a file is: a word and the kind of its tag."""

    word: str
    kind: str


@dataclass(frozen=True)
class FileRow:
    """A file in the list, and the top of its own page."""

    pk: int
    name: str
    kind: str
    sender: str
    history: bool
    uploaded_at: datetime
    rows: int
    state: State

    @classmethod
    def of(cls, file: ImportFile, refused: int) -> "FileRow":
        return cls(
            file.pk, file.name or "A file without a name", ImportKind(file.kind).label,
            file.sender.name, file.history, file.uploaded_at, file.rows_total,
            state_of(file, refused),
        )  # fmt: skip


def state_of(file: ImportFile, refused: int) -> State:
    """Return how far a file is."""
    if file.failed_because:
        return State("Could not be read to its end", "late")
    if file.finished_at and refused:
        return State(f"Taken in, {plural(refused, 'row')} refused", "due")
    if file.finished_at:
        return State("Taken in", "done")
    if file.started_at:
        return State("Being taken in", "going")
    return State("Waiting for its columns", "waiting")


def counts_of(file: ImportFile, refused: int) -> list[tuple[str, str]]:
    """Return what became of the rows, each count with its words. They add up to those done."""
    return [
        ("Rows in the file", f"{file.rows_total:,}"),
        ("Dealt with", f"{file.rows_done:,}"),
        ("Taken in", f"{file.accepted:,}"),
        ("Known already, so not taken in again", f"{file.replayed:,}"),
        ("Refused", f"{refused:,}"),
    ]


@dataclass(frozen=True)
class ColumnRow:
    """A column on the page on which columns are chosen, with the first values in it."""

    number: int
    name: str
    samples: tuple[str, ...]
    who: str
    field: str


def column_rows(table: Table, chosen: dict[str, str]) -> list[ColumnRow]:
    """Return every column with its first values and what is chosen for it."""
    first = list(islice(table.rows(), SAMPLE_ROWS))
    return [
        ColumnRow(place, name, tuple(_samples(first, place)), *apart(chosen.get(name, "")))
        for place, name in enumerate(table.header)
    ]


def _samples(rows: Sequence[Row], place: int) -> Iterator[str]:
    cells = (row.cells[place].strip() for row in rows if place < len(row.cells))
    for cell in islice(dict.fromkeys(filter(None, cells)), SAMPLES):
        yield f"{cell[:SAMPLE_LENGTH]}…" if len(cell) > SAMPLE_LENGTH else cell


def field_choices(kind: str, by_person: bool) -> list[tuple[str, str]]:
    """Return the fields to choose from, as (name, words). `by_person`: a row is one person."""
    fields = fields_of(kind).values()
    left_out = () if by_person else ("role",)
    shown = (NOTIFICATION, PERSON, RECORD)
    return [(f.name, f.label) for f in fields if f.of in shown and f.name not in left_out]


def who_choices() -> list[tuple[str, str]]:
    """Return whom a column may speak of, where a row is a whole notification."""
    return [(prefix, who(prefix)) for prefix in PREFIXES]


def needed(kind: str) -> list[str]:
    """Return the words for the fields that a file must have."""
    return [field.label for field in fields_of(kind).values() if field.required]
