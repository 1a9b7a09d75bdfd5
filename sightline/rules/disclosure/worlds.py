"""Other counts that would look just the same from outside: the alibi of a small count.

A small count is safe when there is a world in which it is not small and everything that is shown
is as it is. Such a world is a solution of the sums; the one that changes fewest shown counts is
found by linear programming (HiGHS). It is the method of Fischetti and Salazar-González for cell
suppression, count by count.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat

import highspy
import numpy as np

from sightline.rules.disclosure.universe import Key, Universe

FREE = highspy.kHighsInf
NOTHING = 1e-6
SPREAD = 1e-3  # a price for changing what is hidden anyway: simple worlds, and stable ones


@dataclass(frozen=True)
class Tied:
    """Counts that were settled before, and the worlds that were found for them then.

    They change only as a mixture of those, so that one world fits all that has been published.
    """

    keys: frozenset[Key]
    worlds: tuple[Mapping[Key, float], ...]


class Worlds:
    """The worlds of a universe. Counts go up (`rise`) and down (`fall`), never below nothing."""

    def __init__(self, universe: Universe, tied: Sequence[Tied] = ()) -> None:
        self._keys = list(universe.cells)
        self._at = {key: place for place, key in enumerate(self._keys)}
        self._counts = np.array([cell.count for cell in universe.cells.values()], float)
        self._many = len(self._keys)
        self._mixed = sum(len(each.worlds) for each in tied)
        self._solver = highspy.Highs()  # type: ignore[no-untyped-call]
        self._solver.setOptionValue("output_flag", False)
        self._solver.setOptionValue("threads", 1)
        self._solver.setOptionValue("presolve", "off")  # the last answer is a good beginning
        self._solver.passModel(self._model(universe, tied))

    def price(self, key: Key, cost: float) -> None:
        """Say what it costs to change a count by one."""
        for column in self._both(key):
            self._solver.changeColCost(column, cost)

    def with_more(self, key: Key, by: float) -> dict[Key, float] | None:
        """Return the cheapest world in which a count is higher by `by`; None without one."""
        rise, fall = self._both(key)
        self._solver.changeColBounds(rise, by, FREE)
        self._solver.changeColBounds(fall, 0, 0)
        found = self._solve()
        self._solver.changeColBounds(rise, 0, FREE)
        self._solver.changeColBounds(fall, 0, self._counts[self._at[key]])
        return found

    def with_mixture(self, number: int) -> dict[Key, float] | None:
        """Return the cheapest world that holds a world of the first that are tied; or None."""
        column = 2 * self._many + number
        self._solver.changeColBounds(column, 1, 1)
        found = self._solve()
        self._solver.changeColBounds(column, 0, 1)
        return found

    def _both(self, key: Key) -> tuple[int, int]:
        return self._at[key], self._at[key] + self._many

    def _solve(self) -> dict[Key, float] | None:
        self._solver.run()
        if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        values = np.array(self._solver.getSolution().col_value)
        changes = values[: self._many] - values[self._many : 2 * self._many]
        changed = np.flatnonzero(np.abs(changes) > NOTHING)
        return {self._keys[place]: float(changes[place]) for place in changed}

    def _model(self, universe: Universe, tied: Sequence[Tied]) -> highspy.HighsLp:
        """Columns: rises, falls, worlds that are mixed. Rows: sums, what is tied, mixtures."""
        rows = [self._sum(each.whole, each.parts, each.weights) for each in universe.sums]
        mixtures, first = [], 2 * self._many
        for each in tied:
            columns = range(first, first + len(each.worlds))
            rows += [self._as_mixed(key, each, columns) for key in each.keys if key in self._at]
            mixtures.append(dict.fromkeys(columns, 1.0))
            first = columns.stop
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = first, len(rows) + len(mixtures)
        model.col_cost_ = np.full(first, SPREAD)
        model.col_lower_ = np.zeros(first)
        model.col_upper_ = np.concatenate(
            [np.full(self._many, FREE), self._counts, np.ones(self._mixed)]
        )
        nothing, whole = np.zeros(len(rows)), np.ones(len(mixtures))
        model.row_lower_ = np.concatenate([nothing, -FREE * whole])
        model.row_upper_ = np.concatenate([nothing, whole])
        _fill(model, [*rows, *mixtures])
        return model

    def _sum(
        self, whole: Key, parts: Sequence[Key] = (), weights: Sequence[int] = ()
    ) -> dict[int, float]:
        row: dict[int, float] = {}
        for key, weight in ((whole, -1), *zip(parts, weights or repeat(1))):  # noqa: B905
            rise, fall = self._both(key)
            row[rise], row[fall] = weight, -weight
        return row

    def _as_mixed(self, key: Key, tied: Tied, columns: range) -> dict[int, float]:
        row = self._sum(key)
        for column, world in zip(columns, tied.worlds, strict=True):
            if key in world:
                row[column] = world[key]
        return row


def _fill(model: highspy.HighsLp, rows: Sequence[Mapping[int, float]]) -> None:
    matrix = model.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kRowwise
    matrix.start_ = np.cumsum([0, *(len(row) for row in rows)])
    matrix.index_ = np.array([column for row in rows for column in row], np.int32)
    matrix.value_ = np.array([value for row in rows for value in row.values()])
