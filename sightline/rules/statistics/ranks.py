"""Whether two things that are measured of the same places go together, by their ranks."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import atanh, sqrt, tanh

from sightline.rules.statistics.intervals import USUAL, Interval

FEWEST = 10  # places: of fewer, an interval by this approximation says too much
WEAK, STRONG = 0.3, 0.6


@dataclass(frozen=True)
class Together:
    """A rank correlation from -1 to 1, its interval, of how many places, and what to make of it."""

    value: float
    interval: Interval
    places: int
    words: str


def together(pairs: Sequence[tuple[float, float]], z: float = USUAL) -> Together | None:
    """Return Spearman's rank correlation; None for fewer than ten pairs or where one side is flat.

    Equal values share the mean of their ranks. Source of the interval: Bonett and Wright 2000,
    Sample size requirements for estimating Pearson, Kendall and Spearman correlations,
    Psychometrika 65: 23-28: Fisher's transformation, with the variance (1 + r²/2) / (n - 3).
    """
    if len(pairs) < FEWEST:
        return None
    found = _correlation(ranks([one for one, _ in pairs]), ranks([other for _, other in pairs]))
    if found is None:
        return None
    reach = z * sqrt((1 + found * found / 2) / (len(pairs) - 3))
    at = atanh(max(-1 + 1e-12, min(1 - 1e-12, found)))
    interval = Interval(tanh(at - reach), tanh(at + reach))
    return Together(found, interval, len(pairs), _words(found, interval))


def ranks(values: Sequence[float]) -> list[float]:
    """Return the rank of each value, 1 for the smallest; equal values share their mean rank."""
    order = sorted(range(len(values)), key=values.__getitem__)
    found = [0.0] * len(values)
    start = 0
    while start < len(order):
        end = start
        while end + 1 < len(order) and values[order[end + 1]] == values[order[start]]:
            end += 1
        for place in order[start : end + 1]:
            found[place] = (start + end) / 2 + 1
        start = end + 1
    return found


def _correlation(one: Sequence[float], other: Sequence[float]) -> float | None:
    middle = (len(one) + 1) / 2
    across = sum((a - middle) * (b - middle) for a, b in zip(one, other, strict=True))
    width = sum((a - middle) ** 2 for a in one) * sum((b - middle) ** 2 for b in other)
    return across / sqrt(width) if width else None


def _words(value: float, interval: Interval) -> str:
    if interval.holds(0):
        return "the two need not go together at all: chance alone would look like this too"
    strength = "strongly" if abs(value) >= STRONG else "weakly" if abs(value) < WEAK else "clearly"
    return f"the two go together {strength}, more than chance makes likely"
