"""Choosing what to hide: every small count, and as little else as keeps it from being worked out.

Universes grow: April is published before the quarter and the year it belongs to. What was shown
stays shown, so that with every step only what is new can be hidden, and each small count of before
is asked anew whether it still has its alibi.
"""

from collections.abc import Mapping, Sequence
from math import log2

from sightline.rules.disclosure.universe import Hidden, Key, Universe
from sightline.rules.disclosure.worlds import NOTHING, Worlds

World = Mapping[Key, float]


def hide(universe: Universe, threshold: int, margin: Hidden | None = None,
         settled: frozenset[Key] = frozenset()) -> Hidden:  # fmt: skip
    """Return what to hide so that no count from 1 to `threshold` - 1 can be known.

    `settled`: the cells of an earlier universe that are in this one too, of which `margin` says
    what is hidden; they are neither shown nor hidden anew.
    """
    return _Hiding(universe, threshold, margin or Hidden(frozenset()), settled).run()


def small_alone(universe: Universe, threshold: int) -> Hidden:
    """Return the small counts and nothing else: what is not enough."""
    cells = universe.cells
    return Hidden(frozenset(key for key in universe.small(threshold) if cells[key].shown))


class _Hiding:
    def __init__(
        self, universe: Universe, threshold: int, margin: Hidden, settled: frozenset[Key]
    ) -> None:
        self.universe, self.threshold, self.margin, self.settled = (
            universe, threshold, margin, settled,
        )  # fmt: skip
        self.hidden = set(margin.keys)
        self.open: set[Key] = set(settled)  # what has been published up to this step
        self.kept: list[World] = []
        self.solver = Worlds(universe, settled, margin.worlds)

    def run(self) -> Hidden:
        small = [key for key in self.universe.small(self.threshold) if key not in self.settled]
        cells = self.universe.cells
        for step in self.universe.steps():
            new = [key for key, cell in cells.items() if cell.step == step and cell.shown]
            self._publish([key for key in new if key not in self.settled])
            self._fit_the_margin(step)
            for key in small:
                if cells[key].step <= step:
                    self._find_alibi(key, step)
        return Hidden(frozenset(self.hidden), tuple(self.kept))

    def _publish(self, new: Sequence[Key]) -> None:
        for key in self.open - self.hidden - self.settled:
            self.solver.fix(key)
        for key in new:
            count = self.universe.cells[key].count
            if 0 < count < self.threshold:
                self.hidden.add(key)
            else:
                self.solver.price(key, 1 + log2(1 + count))
        self.open.update(new)
        self.kept = [world for world in self.kept if self._looks_the_same(world)]

    def _fit_the_margin(self, step: int) -> None:
        """Every world of the margin must be possible here too."""
        for number in range(len(self.margin.worlds)):
            self._take(self.solver.with_mixture(number), step)

    def _find_alibi(self, key: Key, step: int) -> None:
        lacks = self.threshold - self.universe.cells[key].count
        if any(world.get(key, 0) >= lacks - NOTHING for world in self.kept):
            return
        self._take(self.solver.with_more(key, lacks), step)

    def _take(self, world: World | None, step: int) -> None:
        """Hide what a world changes; where there is none, everything that is new."""
        if world is None:
            cells = self.universe.cells
            changed = [k for k in self.open - self.settled if cells[k].step == step]
        else:
            self.kept.append(world)
            changed = [key for key in world if key in self.open and key not in self.hidden]
        for key in changed:
            self.hidden.add(key)
            self.solver.price(key, 0.001)

    def _looks_the_same(self, world: World) -> bool:
        return not any(key in self.open and key not in self.hidden for key in world)
