"""Tables that lie side by side, as a universe of counts.

The tables of one figure: of every month, quarter and year that has been published, of everything
and of every place. What their rows, columns, places and days add up to is said here.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from sightline.rules.disclosure.universe import Key, Universe
from sightline.rules.rounding import Share

Row = Sequence[str | int | Decimal | None]
Label = tuple[str, ...]
TOTALS = frozenset({"total", "grand total"})
EVERYWHERE = ""
OF_TOTALS = 10  # a total is what readers look for first


@dataclass(frozen=True)
class Shape:
    """What the columns of a figure are, by their places.

    `labels` name a row. `parts`: a count and the one it is part of. `adds`: a count and those it is
    the sum of. `multiples`: a count that is another, times the number that names the row. `groups`:
    by first label, which rows add up to the total together; "" where it is not said. `shares`: of a
    share, the columns in which its part and its whole stand as counts, and `wholes`, columns of
    shares that are all there is of one whole; `like` reads them off. `open`: columns that say
    nothing of anybody.
    """

    labels: frozenset[int]
    parts: tuple[tuple[int, int], ...] = ()
    adds: tuple[tuple[int, tuple[int, ...]], ...] = ()
    multiples: tuple[tuple[int, int], ...] = ()
    groups: Mapping[str, str] = field(default_factory=dict)
    shares: Mapping[tuple[str, int], int] = field(default_factory=dict)
    wholes: tuple[tuple[int, ...], ...] = ()
    open: frozenset[int] = frozenset()

    def like(self, rows: Iterable[Row]) -> "Shape":
        """Return the shape that also knows the counts behind the shares of these rows."""
        known = list(rows)
        behind = _counts_behind(known, self.labels)
        return replace(self, shares=behind, wholes=tuple(_wholes(known)))


@dataclass(frozen=True)
class Laid:
    """One table: which days and which place it is of, and the step in which it is published.

    `weight`: how many times as much as of others its readers would miss a count of it.
    """

    when: str
    place: str
    step: int
    rows: Sequence[Row]
    weight: int = 1


def label_of(row: Row, shape: Shape) -> Label:
    """Return what names a row."""
    return tuple(str(cell) for at, cell in enumerate(row) if at in shape.labels)


def is_total(label: Label) -> bool:
    """Whether a row is the sum of the others."""
    return bool(label) and label[0].lower() in TOTALS


def key_of(table: Laid, label: Label, column: int | tuple[str, int]) -> Key:
    """Return the key of a count in a universe of tables.

    `column`: where it stands; ("part", column) and ("whole", column) are behind a share.
    """
    return (table.when, table.place, label, column)


def is_count(cell: object) -> bool:
    return isinstance(cell, int)


def is_share_of_counts(cell: object) -> bool:
    return isinstance(cell, Share) and isinstance(cell.part, int) and isinstance(cell.whole, int)


def universe_of(
    tables: Sequence[Laid], shape: Shape, spans: Mapping[str, Sequence[str]]
) -> Universe:
    """Return everything the tables show, and what adds up to what.

    `spans`: the days of which tables are made up of those of others, such as a quarter's months.
    """
    universe = Universe()
    for table in tables:
        for row in table.rows:
            _add_row(universe, table, row, shape)
    for table in tables:
        _add_rows_up(universe, table, shape)
    _add_places_up(universe, tables)
    _add_spans_up(universe, tables, spans)
    return universe


def _add_row(universe: Universe, table: Laid, row: Row, shape: Shape) -> None:
    label = label_of(row, shape)
    for column, cell in enumerate(row):
        if column not in shape.labels and is_count(cell):
            weight = OF_TOTALS if is_total(label) else table.weight
            universe.add(key_of(table, label, column), int(cell or 0), table.step, weight)
    for part, base in shape.parts:
        universe.add_part(key_of(table, label, part), key_of(table, label, base))
    for whole, parts in shape.adds:
        universe.add_sum(
            key_of(table, label, whole), [key_of(table, label, part) for part in parts]
        )
    for multiple, of in shape.multiples:
        if label[0].isdecimal():
            keys = key_of(table, label, multiple), key_of(table, label, of)
            universe.add_multiple(*keys, int(label[0]))
    for column, cell in enumerate(row):
        if isinstance(cell, Share) and is_share_of_counts(cell):
            _add_share(universe, table, label, column, cell, shape)
    for columns in shape.wholes:
        behind = [key_of(table, label, ("part", column)) for column in columns]
        universe.add_sum(key_of(table, label, ("whole", columns[0])), behind)


def _add_share(
    universe: Universe, table: Laid, label: Label, column: int, share: Share, shape: Shape
) -> None:
    """A share is as good as its part to whoever knows the whole, which stands in the table or not.

    Where a count of the row is that part or that whole, the two are hidden together.
    """
    part, whole = (key_of(table, label, (name, column)) for name in ("part", "whole"))
    universe.add(part, int(share.part), table.step)
    universe.add(whole, int(share.whole), table.step)
    universe.add_part(part, whole)
    for name, key in (("part", part), ("whole", whole)):
        if (name, column) in shape.shares:
            universe.add_multiple(key, key_of(table, label, shape.shares[name, column]), 1)


def _counts_behind(rows: Sequence[Row], labels: frozenset[int]) -> dict[tuple[str, int], int]:
    """Return in which column the part and the whole of each share stand: equal in every row."""
    columns = range(max(map(len, rows), default=0))
    counts = [c for c in columns if c not in labels and all(is_count(row[c]) for row in rows)]
    found = {}
    for column in columns:
        shared = [row for row in rows if is_share_of_counts(row[column])]
        for name in ("part", "whole"):
            same = [
                c for c in counts if all(row[c] == getattr(row[column], name) for row in shared)
            ]
            if shared and same:
                found[name, column] = same[0]
    return found


def _wholes(rows: Sequence[Row]) -> Iterator[tuple[int, ...]]:
    """Yield columns whose shares add up to their whole in every row: in one alone it is chance."""
    alike: dict[tuple[int | None, ...], list[int]] = {}
    for column in range(max(map(len, rows), default=0)):
        cells = [row[column] if is_share_of_counts(row[column]) else None for row in rows]
        wholes = tuple(int(c.whole) if isinstance(c, Share) else None for c in cells)
        if any(wholes):
            alike.setdefault(wholes, []).append(column)
    for wholes, columns in alike.items():
        parts = [sum(_part(row[column]) for column in columns) for row in rows]
        if len(columns) > 1 and parts == [whole or 0 for whole in wholes]:
            yield tuple(columns)


def _part(cell: object) -> int:
    return int(cell.part) if isinstance(cell, Share) and is_share_of_counts(cell) else 0


def _add_rows_up(universe: Universe, table: Laid, shape: Shape) -> None:
    labels = list(dict.fromkeys(label_of(row, shape) for row in table.rows))
    parts: dict[str, list[Label]] = {}
    for label in labels:
        if not is_total(label):
            parts.setdefault(shape.groups.get(label[0], ""), []).append(label)
    for total in filter(is_total, labels):
        for column in _columns(table):
            for members in parts.values():
                universe.add_sum(
                    key_of(table, total, column),
                    [key_of(table, label, column) for label in members],
                )


def _columns(table: Laid) -> range:
    return range(max((len(row) for row in table.rows), default=0))


def _add_places_up(universe: Universe, tables: Sequence[Laid]) -> None:
    """Every count of everywhere is made up of those of the places."""
    places = dict.fromkeys(table.place for table in tables if table.place != EVERYWHERE)
    if not places:
        return
    whens = {table.when for table in tables if table.place != EVERYWHERE}
    for key in _counts(universe):
        when, place, label, column = key
        if when in whens and place == EVERYWHERE:
            universe.add_sum(key, [(when, each, label, column) for each in places])


def _add_spans_up(
    universe: Universe, tables: Sequence[Laid], spans: Mapping[str, Sequence[str]]
) -> None:
    laid = {(table.when, table.place) for table in tables}
    for key in _counts(universe):
        when, place, label, column = key
        parts = spans.get(when, ())
        if parts and all((part, place) in laid for part in parts):
            universe.add_sum(key, [(part, place, label, column) for part in parts])


def _counts(universe: Universe) -> list[tuple[str, str, Label, int | tuple[str, int]]]:
    """The keys of what stands in tables or behind their shares."""
    return [key for key, cell in universe.cells.items() if cell.shown and isinstance(key, tuple)]
