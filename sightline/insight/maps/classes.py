"""Values in five classes for a map: about as many places in each, limits that can be read."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

FIVE = 5


@dataclass(frozen=True)
class Classes:
    """Lower limits of the classes but the first, rising; a value on a limit is in the upper one."""

    limits: tuple[Decimal, ...]
    low: Decimal
    high: Decimal

    def of(self, value: Decimal) -> int:
        """Return the class of a value, 0 for the lowest."""
        return bisect_right(self.limits, value)

    def words(self) -> list[str]:
        """Return each class in words, the lowest first."""
        starts = (self.low, *self.limits)
        ends = (*self.limits, None)
        return [
            f"{start} to under {end}" if end is not None else f"{start} to {self.high}"
            for start, end in zip(starts, ends, strict=True)
        ]


def in_classes(values: Sequence[Decimal]) -> Classes:
    """Divide values into at most five classes of about as many each."""
    order = sorted(values)
    if not order:
        return Classes((), Decimal(0), Decimal(0))
    at = [order[len(order) * part // FIVE] for part in range(1, FIVE)]
    limits = tuple(sorted({limit for limit in at if limit > order[0]}))
    return Classes(limits, order[0], order[-1])
