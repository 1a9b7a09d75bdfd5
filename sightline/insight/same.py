"""Which counts of a figure another one shows too (Figure.beside), by their keys."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

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
from sightline.rules.disclosure.universe import Key, rest_of


def same_counts(
    figure: Figure, tables: Sequence[Laid], shape: Shape, shared: Sequence[Shared],
    other: Figure, their_tables: Sequence[Laid], their_shape: Shape,
) -> tuple[Same, ...]:  # fmt: skip
    """Return the counts that a figure shares with another, of the same days and places.

    Of tables divided by place only the places': what is everywhere has been settled before. Where
    only theirs are divided, their places are rows of ours.
    """
    divided = any(table.place != EVERYWHERE for table in tables)
    ours = [table for table in tables if not (divided and table.place == EVERYWHERE)]
    return tuple(
        same
        for table in ours
        for their in their_tables if their.when == table.when
        for each in (_in_row(each, table, their) for each in shared)
        if each
        for same in _same(each, figure, table, shape, other, their, their_shape)
    )  # fmt: skip


def _in_row(shared: Shared, table: Laid, their: Laid) -> Shared | None:
    """What is shared with a table of the same place, or of one that is a row of ours."""
    if their.place == table.place:
        return shared
    if table.place == EVERYWHERE:
        return replace(shared, rows=lambda label: label == their.place)
    return None


def _same(
    shared: Shared, figure: Figure, ours: Laid, shape: Shape,
    other: Figure, their: Laid, their_shape: Shape,
) -> Iterator[Same]:  # fmt: skip
    """The row of theirs that is meant: of a figure over time there is no other."""
    column = _place(other, shared.theirs)
    keys = _keys(shared, figure, ours, shape)
    for row in their.rows:
        label = label_of(row, their_shape)
        meant = label[0] == shared.their_row if shared.their_row else is_total(label)
        if other.by_time or meant:
            key = key_of(their, label, column)
            yield Same(key, int(row[column] or 0), max(ours.step, their.step), keys)


def _keys(shared: Shared, figure: Figure, table: Laid, shape: Shape) -> tuple[Key, ...]:
    column = _place(figure, shared.ours)
    labels = [label_of(row, shape) for row in table.rows]
    labels = [label for label in labels if shared.rows(label[0])]
    keys = (key_of(table, label, column) for label in labels)
    if not shared.less:
        return tuple(keys)
    less = _place(figure, shared.less)
    parts = (key_of(table, label, less) for label in labels)
    return tuple(rest_of(part, key) for part, key in zip(parts, keys, strict=True))


def _place(figure: Figure, name: str) -> int:
    return [column.name for column in figure.columns].index(name)
