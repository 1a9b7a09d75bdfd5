"""Counts that another figure shows too: what was chosen for that one holds for this one.

Two figures of the same records show the same number, one as a row, another as the sum of its rows.
Whoever has both tables subtracts. So one is settled first, and the other is tied to it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sightline.rules.disclosure.hiding import NOBODY, Settled
from sightline.rules.disclosure.universe import Hidden, Key, Universe

ByStep = Mapping[int, Hidden]


@dataclass(frozen=True)
class Same:
    """A count of another table (`theirs`), shown from `step` on, and which of ours add up to it."""

    theirs: Key
    count: int
    step: int
    ours: tuple[Key, ...]


@dataclass(frozen=True)
class Beside:
    """What is shared with tables that were settled before, and what is hidden of those by step."""

    same: tuple[Same, ...]
    hidden: ByStep

    def settled_in(self, universe: Universe, step: int) -> Settled:
        """Add what is shared by a step to a universe, and return what was chosen for it."""
        known = [each for each in self.same if each.step <= step and _is_in(universe, each)]
        for each in known:
            universe.add(_named(each.theirs), each.count, each.step)
            universe.add_sum(_named(each.theirs), each.ours)
        chosen = latest(self.hidden, step)
        return Settled(
            frozenset(_named(each.theirs) for each in known),
            Hidden(
                frozenset(_named(key) for key in chosen.keys),
                tuple({_named(key): by for key, by in world.items()} for world in chosen.worlds),
            ),
            frozenset(
                each.ours[0] for each in known
                if len(each.ours) == 1 and each.theirs in chosen.keys
            ),
        )  # fmt: skip


def latest(by_step: ByStep, step: int) -> Hidden:
    """Return what was chosen by a step."""
    known = [each for each in by_step if each <= step]
    return by_step[max(known)] if known else NOBODY


def _is_in(universe: Universe, same: Same) -> bool:
    """Whether ours are there, and no more than theirs: what is more is not part of it."""
    cells = [universe.cells[key] for key in same.ours if key in universe.cells]
    return bool(cells) and sum(cell.count for cell in cells) <= same.count


def _named(key: Key) -> Key:
    return ("beside", key)
