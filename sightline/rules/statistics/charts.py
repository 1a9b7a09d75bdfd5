"""Run charts with limits: whether a series is one steady process, or something has changed.

Which chart: of counts a u chart, its unit of exposure a day, so that February is no fall; of shares
a p chart; of measures, such as a median wait, an XmR chart. Notifications come in families, and
scatter more than single events would: the limits of u and p charts are widened by as much as the
series shows (Laney 2002, Improved control charts for attributes, Quality Engineering 14: 531-537),
and never narrowed. Limits are three standard deviations from the middle (Shewhart).

What counts as a change: a point outside the limits; or a run on one side of the middle that is
longer, or crossings of the middle that are fewer, than chance explains. The last two by Anhøj and
Olesen 2014, Run charts revisited, PLoS ONE 9(11): e113825; they hold for any length of a series,
where the usual "eight in a row" raises more and more false alarms as it grows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby, pairwise
from math import comb, log2, sqrt

FEWEST = 10  # points; under this no limits: too little to know what is usual
SIGMAS = 3
D2 = 1.128  # mean range of two values of a normal distribution, in standard deviations
FEWER = 0.05  # fewer crossings than in this share of steady series are a change


class Kind(StrEnum):
    """What the points are. COUNT: events in days. SHARE: some of all. MEASURE: neither."""

    COUNT = "count"
    SHARE = "share"
    MEASURE = "measure"


@dataclass(frozen=True)
class Point:
    """One point of a series. number: events, the part, or the value. of: days, or the whole."""

    label: str
    number: float
    of: float = 1


@dataclass(frozen=True)
class Drawn:
    """One point with its limits, as drawn: counts for a count, per cent for a share.

    low and high are None on a series too short for limits. outside: -1 under the lower limit, 1
    over the upper one, else 0. in_run: part of a run too long for chance.
    """

    label: str
    value: float
    middle: float
    low: float | None
    high: float | None
    outside: int
    in_run: bool


@dataclass(frozen=True)
class Chart:
    """A series that was looked at. is_steady: nothing but chance in it, None: too short to say.

    words: what a reader without training should make of it, a sentence each.
    """

    kind: Kind
    points: tuple[Drawn, ...]
    is_steady: bool | None
    words: tuple[str, ...]


def run_chart(kind: Kind, series: Sequence[Point]) -> Chart:
    """Look at a series, oldest first. Points of nothing (of = 0) are left out."""
    points = [point for point in series if point.of]
    if not points:
        return Chart(kind, (), None, ("There is nothing to show.",))
    middle = _middle(kind, points)
    spread = _spread(kind, points, middle) if len(points) >= FEWEST else None
    run = _too_long(points, middle) if spread is not None else range(0)
    drawn = tuple(
        _drawn(kind, point, middle, spread, place in run) for place, point in enumerate(points)
    )
    if spread is None:
        return Chart(kind, drawn, None, (_too_short(len(points)),))
    words = tuple(_signals(points, drawn, run, middle))
    return Chart(kind, drawn, not words, words or (STEADY,))


STEADY = (
    "Nothing here but chance: every point lies within the limits and on both sides of the middle "
    "line as often as it should. A rise or fall from one point to the next means nothing."
)


def longest_by_chance(points: int) -> int:
    """The longest run on one side of the middle that chance explains, of so many points."""
    return round(log2(points) + 3)


def fewest_by_chance(points: int) -> int:
    """The fewest crossings of the middle that chance explains, of so many points."""
    pairs, total, crossings = points - 1, 0.0, 0
    while True:
        total += comb(pairs, crossings) / 2**pairs
        if total >= FEWER:
            return crossings
        crossings += 1


def _middle(kind: Kind, points: Sequence[Point]) -> float:
    """Events a day, the share of all, or the mean."""
    if kind is Kind.MEASURE:
        return sum(point.number for point in points) / len(points)
    return sum(point.number for point in points) / sum(point.of for point in points)


def _spread(kind: Kind, points: Sequence[Point], middle: float) -> float:
    """The standard deviation of a measure; of counts and shares how much wider than by theory."""
    if kind is Kind.MEASURE:
        return _moving([point.number for point in points])
    by_theory = [_by_theory(kind, point.of, middle) for point in points]
    if not all(by_theory):
        return 1.0
    standard = [
        (point.number / point.of - middle) / theory
        for point, theory in zip(points, by_theory, strict=True)
    ]
    return max(1.0, _moving(standard))


def _by_theory(kind: Kind, of: float, middle: float) -> float:
    """The standard deviation of a rate, or a share, of that many, if single events were alone."""
    return sqrt((middle if kind is Kind.COUNT else middle * (1 - middle)) / of)


def _moving(values: Sequence[float]) -> float:
    """The standard deviation, by how far each value lies from the one before."""
    steps = [abs(after - before) for before, after in pairwise(values)]
    return sum(steps) / len(steps) / D2


def _drawn(kind: Kind, point: Point, middle: float, spread: float | None, in_run: bool) -> Drawn:
    scale = {Kind.COUNT: point.of, Kind.SHARE: 100.0, Kind.MEASURE: 1.0}[kind]
    rate = point.number if kind is Kind.MEASURE else point.number / point.of
    if spread is None:
        return Drawn(point.label, rate * scale, middle * scale, None, None, 0, in_run)
    one = spread if kind is Kind.MEASURE else spread * _by_theory(kind, point.of, middle)
    low, high = max(0.0, middle - SIGMAS * one), middle + SIGMAS * one
    high = min(1.0, high) if kind is Kind.SHARE else high
    outside = (rate > high) - (rate < low)
    return Drawn(
        point.label, rate * scale, middle * scale, low * scale, high * scale, outside, in_run
    )


def _sides(points: Sequence[Point], middle: float) -> list[tuple[int, int]]:
    """The place and the side of each point that does not lie on the middle."""
    rates = [point.number / point.of for point in points]
    return [(n, 1 if rate > middle else -1) for n, rate in enumerate(rates) if rate != middle]


def _too_long(points: Sequence[Point], middle: float) -> range:
    """The places of the longest run on one side, if it is too long for chance."""
    sides = _sides(points, middle)
    runs = [[place for place, _ in run] for _, run in groupby(sides, key=lambda each: each[1])]
    longest = max(reversed(runs), key=len, default=[])  # of two alike the later: it is what is now
    if not longest or len(longest) <= longest_by_chance(len(sides)):
        return range(0)
    return range(longest[0], longest[-1] + 1)


def _signals(
    points: Sequence[Point], drawn: Sequence[Drawn], run: range, middle: float
) -> list[str]:
    found = [
        f"{point.label} lies {'above' if point.outside > 0 else 'below'} the limits: ask what "
        "happened then."
        for point in drawn
        if point.outside
    ]
    sides = _sides(points, middle)
    if run:
        found.append(_of_run(drawn, run, len(sides)))
    elif len(sides) > 1 and _crossings(sides) < fewest_by_chance(len(sides)):
        found.append(
            f"The series crosses its middle {_crossings(sides)} times; chance alone would make "
            f"{fewest_by_chance(len(sides))} or more of it. It has moved, slowly or in steps."
        )
    return found


def _of_run(drawn: Sequence[Drawn], run: range, points: int) -> str:
    first, last = drawn[run[0]], drawn[run[-1]]
    side = "above" if first.value > first.middle else "below"
    return (
        f"From {first.label} to {last.label} {len(run)} points in a row lie {side} the middle "
        f"line; of {points} points chance explains a run of {longest_by_chance(points)}. "
        "Something has changed."
    )


def _crossings(sides: Sequence[tuple[int, int]]) -> int:
    return sum(one != other for (_, one), (_, other) in pairwise(sides))


def _too_short(points: int) -> str:
    return (
        f"With fewer than {FEWEST} points, here {points}, nobody can say what is usual: "
        "there are no limits, and no rise or fall is proved."
    )
