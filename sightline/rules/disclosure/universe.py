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
    """A count; `step`, when it is published (0 first); `shown`, whether it can stand in a table.

    `weight`: how many times as much as others its readers would miss it.
    """

    count: int
    step: int = 0
    shown: bool = True
    weight: int = 1


@dataclass(frozen=True)
class Sum:
    """`whole` is what `parts` add up to, each as often as its weight says; once without weights."""

    whole: Key
    parts: tuple[Key, ...]
    weights: tuple[int, ...] = ()


@dataclass
class Universe:
    """Everything somebody may lay side by side."""

    cells: dict[Key, Cell] = field(default_factory=dict)
    sums: list[Sum] = field(default_factory=list)

    def add(self, key: Key, count: int, step: int = 0, weight: int = 1) -> None:
        """Add a count that is published."""
        self.cells[key] = Cell(count, step, weight=weight)

    def add_sum(self, whole: Key, parts: Iterable[Key]) -> None:
        """Say that counts add up to another, together with a rest that can be worked out."""
        known = tuple(part for part in parts if part in self.cells)
        if whole not in self.cells or not known:
            return
        left = self.cells[whole].count - sum(self.cells[part].count for part in known)
        if left > 0:
            rest = ("rest", whole, len(self.sums))
            step = max(self.cells[key].step for key in (whole, *known))
            self.cells[rest] = Cell(left, step, shown=False)
            known += (rest,)
        self.sums.append(Sum(whole, known))

    def add_multiple(self, multiple: Key, of: Key, times: int) -> None:
        """Say that a count is another, multiplied."""
        if multiple in self.cells and of in self.cells:
            self.sums.append(Sum(multiple, (of,), (times,)))

    def add_part(self, part: Key, base: Key) -> None:
        """Say that a count is part of another: what is left of it can be worked out."""
        if part not in self.cells or base not in self.cells:
            return
        rest = rest_of(part, base)
        left = max(self.cells[base].count - self.cells[part].count, 0)
        step = max(self.cells[base].step, self.cells[part].step)
        self.cells[rest] = Cell(left, step, shown=False)
        self.sums.append(Sum(base, (part, rest)))

    def small(self, threshold: int) -> list[Key]:
        """Return the counts that are too small to be known, the earliest and smallest first."""
        found = [key for key, cell in self.cells.items() if 0 < cell.count < threshold]
        return sorted(found, key=lambda key: (self.cells[key].step, self.cells[key].count))

    @property
    def step(self) -> int:
        """The step in which the newest of it is published."""
        return max((cell.step for cell in self.cells.values()), default=0)


def rest_of(part: Key, base: Key) -> Key:
    """Return the key of what is left of a count without a part of it."""
    return ("rest", part, base)


@dataclass(frozen=True)
class Hidden:
    """What is hidden, and the other worlds that show why that is enough.

    `worlds`: changes to counts that leave everything shown as it is.
    """

    keys: frozenset[Key] = frozenset()
    worlds: tuple[Mapping[Key, float], ...] = ()
