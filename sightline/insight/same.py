"""Which counts of a figure another one shows too (Figure.beside), by their keys."""

from collections.abc import Iterator, Sequence

from sightline.insight.figures.base import Figure, Shared
from sightline.rules.disclosure.beside import Same
from sightline.rules.disclosure.tables import (
    EVERYWHERE,
    Laid,
    Shape,
    is_total,
    key_of,
    label_of,
)
from sightline.rules.disclosure.universe import Key


def same_counts(
    figure: Figure, tables: Sequence[Laid], shape: Shape,
    other: Figure, their_tables: Sequence[Laid], their_shape: Shape,
) -> tuple[Same, ...]:  # fmt: skip
    """Return the counts that a figure shares with another, of the same days and places.

    Of tables divided by place only the places': what is everywhere has been settled before.
    """
    divided = any(table.place != EVERYWHERE for table in tables)
    theirs = {(table.when, table.place): table for table in their_tables}
    both = [
        (table, theirs[table.when, table.place]) for table in tables
        if (table.when, table.place) in theirs and not (divided and table.place == EVERYWHERE)
    ]  # fmt: skip
    return tuple(
        same
        for ours, their in both
        for shared in figure.shared
        for same in _same(shared, figure, ours, shape, other, their, their_shape)
    )


def _same(
    shared: Shared, figure: Figure, ours: Laid, shape: Shape,
    other: Figure, their: Laid, their_shape: Shape,
) -> Iterator[Same]:  # fmt: skip
    """The row of theirs that is of everything: of a figure over time there is no other."""
    column = _place(other, shared.theirs)
    keys = _keys(shared, figure, ours, shape)
    for row in their.rows:
        label = label_of(row, their_shape)
        if other.by_time or is_total(label):
            key = key_of(their, label, column)
            yield Same(key, int(row[column] or 0), max(ours.step, their.step), keys)


def _keys(shared: Shared, figure: Figure, table: Laid, shape: Shape) -> tuple[Key, ...]:
    column = _place(figure, shared.ours)
    labels = [label_of(row, shape) for row in table.rows]
    return tuple(key_of(table, label, column) for label in labels if shared.rows(label[0]))


def _place(figure: Figure, name: str) -> int:
    return [column.name for column in figure.columns].index(name)
