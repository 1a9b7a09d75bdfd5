"""Somebody with everything that is published, a spreadsheet and a solver.

They know what adds up to what, that no count is below nothing, and each number that is not hidden.
For each hidden small count they ask how high it could be: if it must be small, they know.
"""

from collections.abc import Collection

import numpy as np
from scipy.optimize import linprog

from sightline.rules.disclosure.universe import Key, Universe

NOTHING = 1e-6


def known_to_be_small(universe: Universe, hidden: Collection[Key], threshold: int) -> list[Key]:
    """Return the small counts that must be small whatever the hidden ones are."""
    unknown = [key for key, cell in universe.cells.items() if key in hidden or not cell.shown]
    at = {key: place for place, key in enumerate(unknown)}
    rows, totals = _equations(universe, at)
    found = []
    for key in universe.small(threshold):
        if _is_behind_a_share(key):  # the same as a count, which is asked for itself
            continue
        upwards = np.zeros(len(unknown))
        upwards[at[key]] = -1
        answer = linprog(upwards, A_eq=rows, b_eq=totals, bounds=(0, None))
        if answer.status == 0 and -answer.fun < threshold - NOTHING:
            found.append(key)
    return found


def _is_behind_a_share(key: Key) -> bool:
    return isinstance(key, tuple) and isinstance(key[-1], tuple)


def _equations(universe: Universe, at: dict[Key, int]) -> tuple[np.ndarray, np.ndarray]:
    rows, totals = [], []
    for each in universe.sums:
        row, total = np.zeros(len(at)), 0.0
        weights = each.weights or (1,) * len(each.parts)
        for key, weight in ((each.whole, -1), *zip(each.parts, weights, strict=True)):
            if key in at:
                row[at[key]] += weight
            else:
                total -= weight * universe.cells[key].count
        if row.any():
            rows.append(row)
            totals.append(total)
    return np.array(rows), np.array(totals)
