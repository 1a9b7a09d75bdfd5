"""Drawing from lists whose first entries are common and whose last are rare."""

import tomllib
from bisect import bisect
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any, Generic, TypeVar

T = TypeVar("T")
DATA = Path(__file__).with_name("data")


def table(name: str) -> dict[str, Any]:
    """Read one of the tables of names and streets."""
    return tomllib.loads((DATA / f"{name}.toml").read_text("utf-8"))


class Zipf(Generic[T]):
    """A list to draw from; the n-th entry is drawn in proportion to 1 / (n + flat) ** steep."""

    def __init__(self, entries: Sequence[T], *, steep: float = 1.0, flat: float = 8.0) -> None:
        self.entries = entries
        weights = ((rank + flat) ** -steep for rank in range(len(entries)))
        self._sums = list(accumulate(weights))
        self._total = self._sums[-1]

    def pick(self, rng: Random) -> T:
        return self.entries[bisect(self._sums, rng.random() * self._total)]


class Weighted(Zipf[T]):
    """A list to draw from, each entry with its own weight."""

    def __init__(self, weights: dict[T, float]) -> None:
        self.entries = list(weights)
        self._sums = list(accumulate(weights.values()))
        self._total = self._sums[-1]
