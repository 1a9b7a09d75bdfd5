"""Intervals of shares and counts: between which values the truth may lie, as chance goes.

Every function takes `z`, the distance of the limits in standard errors: USUAL holds the truth 95
times in 100; MANY, 998 times in 1,000, is for looking at many areas at once, of which otherwise
one in twenty would stand out by chance (Spiegelhalter 2005, Funnel plots for comparing
institutional performance, Statistics in Medicine 24: 1185-1202).
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import exp, inf, sqrt
from statistics import NormalDist

USUAL = 1.959963984540054
MANY = 3.090232306167813
FEW = 10  # below it Byar's approximation is replaced by the exact limits


@dataclass(frozen=True, slots=True)
class Interval:
    """From `low` to `high`, both included; `high` may be infinite."""

    low: float
    high: float

    def holds(self, value: float) -> bool:
        """Whether a value lies in it."""
        return self.low <= value <= self.high


def of_share(part: int, whole: int, z: float = USUAL) -> Interval | None:
    """Return the interval of a share, from 0 to 1; None for a share of nothing.

    Source: Wilson's score interval without continuity correction, method 3 of Newcombe 1998,
    Two-sided confidence intervals for the single proportion, Statistics in Medicine 17: 857-872.
    """
    if not whole:
        return None
    share, square = part / whole, z * z
    middle = share + square / (2 * whole)
    reach = z * sqrt(share * (1 - share) / whole + square / (4 * whole * whole))
    below = 0.0 if part == 0 else (middle - reach) / (1 + square / whole)
    above = 1.0 if part == whole else (middle + reach) / (1 + square / whole)
    return Interval(max(0.0, below), min(1.0, above))


def of_difference(
    after: tuple[int, int], before: tuple[int, int], z: float = USUAL
) -> Interval | None:
    """Return the interval of the share `after` less the share `before`, each (part, whole).

    Source: Newcombe 1998, Interval estimation for the difference between independent proportions,
    Statistics in Medicine 17: 873-890, method 10.
    """
    a, b = of_share(*after, z), of_share(*before, z)
    if a is None or b is None:
        return None
    p, q = after[0] / after[1], before[0] / before[1]
    return Interval(
        p - q - sqrt((p - a.low) ** 2 + (b.high - q) ** 2),
        p - q + sqrt((a.high - p) ** 2 + (q - b.low) ** 2),
    )


def of_count(count: int, z: float = USUAL) -> Interval:
    """Return the interval of the number that was to be expected where `count` was found.

    Source: Byar's approximation, as in Breslow and Day 1987, Statistical Methods in Cancer Research
    volume 2; below ten the exact limits of Garwood 1936, as official statistics of health in
    England have it.
    """
    if count < FEW:
        return _exact(count, z)
    low = count * (1 - 1 / (9 * count) - z / (3 * sqrt(count))) ** 3
    more = count + 1
    return Interval(low, more * (1 - 1 / (9 * more) + z / (3 * sqrt(more))) ** 3)


def of_ratio(
    after: int, before: int, exposed: tuple[float, float] = (1, 1), z: float = USUAL
) -> Interval | None:
    """Return the interval of how many times the rate before the rate after is; None for 0 and 0.

    exposed: the days, or the children, from which the two counts (after, before) come.

    Of both together, the share that fell after is a binomial one, so that its score interval gives
    that of the ratio. Source: Graham, Mengersen and Morton 2003, Confidence limits for the ratio of
    two rates based on likelihood scores, Statistics in Medicine 22: 2071-2083.
    """
    share = of_share(after, after + before, z)
    if share is None:
        return None
    scale = exposed[1] / exposed[0]
    return Interval(_odds(share.low) * scale, _odds(share.high) * scale)


def _odds(share: float) -> float:
    return inf if share >= 1 else share / (1 - share)


def _exact(count: int, z: float) -> Interval:
    """The expectations under which so many, or so few, are just as rare as `z` says."""
    tail = _beyond(z)
    low = 0.0 if count == 0 else _where(lambda mean: 1 - _at_most(count - 1, mean), tail)
    return Interval(low, _where(lambda mean: -_at_most(count, mean), -tail))


def _beyond(z: float) -> float:
    """The share of a normal distribution above z."""
    return 1 - NormalDist().cdf(z)


def _at_most(count: int, mean: float) -> float:
    """How likely no more than `count` events are, of a Poisson distribution of that mean."""
    term = total = exp(-mean)
    for n in range(1, count + 1):
        term *= mean / n
        total += term
    return total


def _where(rising: Callable[[float], float], target: float) -> float:
    """Where a rising function of an expectation under 60 reaches a value."""
    low, high = 0.0, 60.0
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if rising(middle) < target else (low, middle)
    return low
