"""Choosing what to hide: every small count, and as little else as keeps it from being worked out.

Universes grow: April is published before the quarter and the year it belongs to. What was shown
stays shown, so that only what is new can be hidden, and each small count of before is asked anew
whether it still has its alibi.
"""

from collections.abc import Mapping
from math import log2

from sightline.rules.disclosure.universe import Hidden, Key, Universe
from sightline.rules.disclosure.worlds import NOTHING, SPREAD, Tied, Worlds

World = Mapping[Key, float]
NOBODY = Hidden()


def hide(
    universe: Universe, threshold: int, *, before: Hidden = NOBODY, margin: Hidden = NOBODY,
    settled: frozenset[Key] = frozenset(),
) -> Hidden:  # fmt: skip
    """Return what to hide so that no count from 1 to `threshold` - 1 can be known.

    `before`: what is hidden of the earlier steps; the rest of them is known to everybody.
    `settled`: the counts that other tables share with these, and `margin`: what of them is hidden.
    """
    return _Hiding(universe, threshold, before, margin, settled).run()


def small_alone(universe: Universe, threshold: int) -> Hidden:
    """Return the small counts and nothing else, which is not enough."""
    cells = universe.cells
    return Hidden(frozenset(key for key in universe.small(threshold) if cells[key].shown))


class _Hiding:
    def __init__(
        self, universe: Universe, threshold: int, before: Hidden, margin: Hidden,
        settled: frozenset[Key],
    ) -> None:  # fmt: skip
        self.cells, self.threshold, self.margin = universe.cells, threshold, margin
        shown = {key for key, cell in self.cells.items() if cell.shown}
        self.new = {k for k in shown - settled if self.cells[k].step == universe.step}
        self.small = [key for key in universe.small(threshold) if key not in settled]
        self.hidden = {*before.keys, *margin.keys, *(self.new & set(self.small))}
        self.shown = shown - self.hidden
        self.kept: list[World] = []
        earlier = frozenset(shown - self.new - settled)
        tied = [Tied(settled, margin.worlds), Tied(earlier, before.worlds)]
        self.solver = Worlds(universe, tied)

    def run(self) -> Hidden:
        self._price()
        for number in range(len(self.margin.worlds)):
            self._take(self.solver.with_mixture(number))
        for key in self.small:
            self._find_alibi(key)
        return Hidden(frozenset(self.hidden & self.cells.keys()), tuple(self.kept))

    def _price(self) -> None:
        for key in self.new & self.shown:
            cell = self.cells[key]
            self.solver.price(key, cell.weight * (1 + log2(1 + cell.count)))

    def _find_alibi(self, key: Key) -> None:
        lacks = self.threshold - self.cells[key].count
        if not any(world.get(key, 0) >= lacks - NOTHING for world in self.kept):
            self._take(self.solver.with_more(key, lacks))

    def _take(self, world: World | None) -> None:
        """Hide what a world changes; where there is none, everything that is new."""
        if world is not None:
            self.kept.append(world)
        changed = self.shown & (self.new if world is None else world.keys())
        for key in changed:
            self.solver.price(key, SPREAD)
        self.hidden |= changed
        self.shown -= changed
