"""Which rows of a file are one notification.

In the layout of a row a person, all rows of one reference are taken together, wherever in the file
they stand: so a notification is kept whole or refused with all its rows, and never half of it.
Rows that are not beneath each other wait until the last of them has been read, MOST_HELD at most.
"""

from collections import Counter
from collections.abc import Iterator

from sightline.common.errors import NotUnderstood
from sightline.intake.files.mapping import Columns
from sightline.intake.files.reading_table import Row, Table
from sightline.intake.files.understanding import cell_of

MOST_HELD = 100_000
SORT_IT = (
    f"More than {MOST_HELD:,} rows wait for others of the same reference. Sort the file by "
    "reference and send it again."
)


def groups(table: Table, columns: Columns) -> Iterator[list[Row]]:
    """Yield the rows of each reference, in the order of their last rows, the same every time.

    Raises NotUnderstood where too many would have to wait.
    """
    place = columns.place("reference")
    if place is None or not columns.by_person:
        yield from ([row] for row in table.rows())
        return
    to_come = Counter(cell_of(row, place) for row in table.rows())
    waiting: dict[str, list[Row]] = {}
    held = 0
    for row in table.rows():
        reference = cell_of(row, place)
        waiting.setdefault(reference, []).append(row)
        to_come[reference] -= 1
        held += 1
        if not to_come[reference] or not reference:
            held -= len(waiting[reference])
            yield waiting.pop(reference)
        elif held > MOST_HELD:
            raise NotUnderstood(SORT_IT)
