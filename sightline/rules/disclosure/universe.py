"""What is published together: counts, and which of them add up to which.

Tables of one figure over months, quarters and a year, over rows and over places, are one universe:
whoever has all of them can subtract. A count that nobody publishes but everybody can work out (the
rest of a whole, of which a part is published) is in it too.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field

Key = Hashable


@dataclass(frozen=True)
class Cell:
    """A count; `step`, when it is published (0 first); `shown`, whether it can stand in a table."""

    count: int
    step: int = 0
    shown: bool = True


@dataclass(frozen=True)
class Sum:
    """`whole` is what `parts` add up to."""

    whole: Key
    parts: tuple[Key, ...]


@dataclass
class Universe:
    """Everything somebody may lay side by side. `margin`: the cells that were settled before."""

    cells: dict[Key, Cell] = field(default_factory=dict)
    sums: list[Sum] = field(default_factory=list)

    def add(self, key: Key, count: int, step: int = 0) -> None:
        """Add a count that is published."""
        self.cells[key] = Cell(count, step)

    def add_sum(self, whole: Key, parts: Iterable[Key]) -> None:
        """Say that counts add up to another; those that are not there count nothing."""
        known = tuple(part for part in parts if part in self.cells)
        if whole in self.cells and known:
            self.sums.append(Sum(whole, known))

    def add_part(self, part: Key, base: Key) -> None:
        """Say that a count is part of another: what is left of it can be worked out."""
        if part not in self.cells or base not in self.cells:
            return
        rest = ("rest", part, base)
        left = max(self.cells[base].count - self.cells[part].count, 0)
        step = max(self.cells[base].step, self.cells[part].step)
        self.cells[rest] = Cell(left, step, shown=False)
        self.sums.append(Sum(base, (part, rest)))

    def small(self, threshold: int) -> list[Key]:
        """Return the counts that are too small to be known, the earliest and smallest first."""
        found = [key for key, cell in self.cells.items() if 0 < cell.count < threshold]
        return sorted(found, key=lambda key: (self.cells[key].step, self.cells[key].count))

    def steps(self) -> list[int]:
        """Return the steps in which it is published, in their order."""
        return sorted({cell.step for cell in self.cells.values()})


@dataclass(frozen=True)
class Hidden:
    """What is hidden, and the other worlds that explain why that is enough.

    `worlds`: changes to counts that leave everything shown as it is. `none`: no way was found, so
    that everything is hidden.
    """

    keys: frozenset[Key]
    worlds: tuple[Mapping[Key, float], ...] = ()
