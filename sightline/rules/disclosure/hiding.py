"""Choosing what to hide: every small count, and as little else as keeps it from being worked out.

Universes grow: April is published before the quarter and the year it belongs to. What was shown
stays shown, so that only what is new can be hidden, and each small count of before is asked anew
whether it still has its alibi.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log2

from sightline.rules.disclosure.universe import Hidden, Key, Universe
from sightline.rules.disclosure.worlds import NOTHING, SPREAD, Tied, Worlds

World = Mapping[Key, float]
NOBODY = Hidden()


@dataclass(frozen=True)
class Settled:
    """Counts that other tables share with these, and what was chosen for those tables.

    `equal`: counts of these tables, each of which is one of the hidden ones by another name.
    """

    keys: frozenset[Key]
    hidden: Hidden
    equal: frozenset[Key] = frozenset()


def hide(
    universe: Universe, threshold: int, *, before: Hidden = NOBODY,
    settled: Sequence[Settled] = (),
) -> Hidden:  # fmt: skip
    """Return what to hide so that no count from 1 to `threshold` - 1 can be known.

    `before`: what is hidden of the earlier steps; the rest of them is known to everybody.
    `settled`: what was chosen for other tables that show some of the same counts.
    """
    return _Hiding(universe, threshold, before, settled).run()


def small_alone(universe: Universe, threshold: int) -> Hidden:
    """Return the small counts and nothing else, which is not enough."""
    cells = universe.cells
    return Hidden(frozenset(key for key in universe.small(threshold) if cells[key].shown))


class _Hiding:
    def __init__(
        self, universe: Universe, threshold: int, before: Hidden, settled: Sequence[Settled]
    ) -> None:
        self.cells, self.threshold = universe.cells, threshold
        elsewhere = {key for each in settled for key in each.keys}
        shown = {key for key, cell in self.cells.items() if cell.shown}
        self.new = {k for k in shown - elsewhere if self.cells[k].step == universe.step}
        self.small = [key for key in universe.small(threshold) if key not in elsewhere]
        equal = {key for each in settled for key in each.equal}
        self.hidden = {*before.keys, *(self.new & {*self.small, *equal})}
        self.hidden |= {key for each in settled for key in each.hidden.keys}
        self.shown = shown - self.hidden
        self.kept: list[World] = []
        self.mixtures = sum(len(each.hidden.worlds) for each in settled)
        tied = [Tied(each.keys, each.hidden.worlds) for each in settled]
        earlier = frozenset(shown - self.new - elsewhere)
        self.solver = Worlds(universe, [*tied, Tied(earlier, before.worlds)])

    def run(self) -> Hidden:
        self._price()
        for number in range(self.mixtures):
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
