"""Percentages as official tables print them, and what they are worked out of."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Self


class Share(Decimal):
    """A percentage that knows the counts behind it: who hides a count must hide it too."""

    part: int | Decimal
    whole: int | Decimal

    @classmethod
    def of(cls, part: int | Decimal, whole: int | Decimal, rounded: Decimal) -> Self:
        """Return `rounded`, the percentage that `part` is of `whole`, with both."""
        share = cls(rounded)
        share.part, share.whole = part, whole
        return share

    def __reduce__(self) -> tuple[Any, ...]:
        """Keep both in a cache too: a plain Decimal is pickled as its digits alone."""
        return Share.of, (self.part, self.whole, Decimal(self))


def percent(part: int | Decimal, whole: int | Decimal, places: int = 1) -> Share | None:
    """`part` as a percentage of `whole`, rounded half up; None when there is no whole.

    Half up (2.25 is 2.3), as the published tables of this field round; Python's own round() would
    give 2.2. Numbers are exact, never float.
    """
    if not whole:
        return None
    exact = Decimal(part) * 100 / Decimal(whole)
    rounded = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return Share.of(part, whole, rounded)


def to_nearest(count: int, base: int) -> int:
    """A count to the nearest multiple of `base`, halves up; as it is where `base` is 0."""
    return (2 * count + base) // (2 * base) * base if base else count
