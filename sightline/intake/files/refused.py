"""The list of refused rows: as they were, behind what to do about each, to be sent again."""

from collections.abc import Iterator

from sightline.intake.files.mapping import OURS
from sightline.intake.models import ImportFile, RefusedRow


def refused_table(file: ImportFile) -> tuple[list[str], Iterator[list[str]]]:
    """Return the header and the rows of the list. Cells beyond the header stand at the end."""
    first = file.refused.first()
    names = [name for name, _ in first.row if name] if first else []
    return [*OURS, *names], (_cells(row) for row in file.refused.iterator(2000))


def _cells(refused: RefusedRow) -> list[str]:
    return [str(refused.number), " ".join(refused.reasons), *(cell for _, cell in refused.row)]
