"""Two periods, or two areas, side by side: what differs, and whether chance alone might do it."""

from dataclasses import dataclass
from math import isinf

from sightline.rules.statistics.intervals import (
    USUAL,
    Interval,
    of_difference,
    of_ratio,
)

PER_CENT = 100


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    part: int
    whole: int

    @property
    def percent(self) -> float | None:
        return PER_CENT * self.part / self.whole if self.whole else None


@dataclass(frozen=True)
class Compared:
    """What a comparison says.

    interval: of a difference of shares in percentage points, of two counts the factor; None where
    there was nothing to compare. is_real: more than chance alone makes likely. words: a sentence
    of the difference, and one of what to make of it.
    """

    interval: Interval | None
    is_real: bool
    words: str


NOTHING = Compared(None, False, "There is nothing to compare: one side is empty.")


def compare_shares(after: Share, before: Share, z: float = USUAL) -> Compared:
    """Compare two shares by their difference in percentage points, `after` less `before`."""
    found = of_difference((after.part, after.whole), (before.part, before.whole), z)
    if found is None or after.percent is None or before.percent is None:
        return NOTHING
    points = Interval(PER_CENT * found.low, PER_CENT * found.high)
    change = after.percent - before.percent
    moved = "No difference" if round(change, 1) == 0 else _moved(change)
    return Compared(
        points, not points.holds(0),
        f"{moved}: {after.percent:.1f} per cent ({after.part:,} of {after.whole:,}) against "
        f"{before.percent:.1f} ({before.part:,} of {before.whole:,}); the true difference is "
        f"likely between {points.low:+.1f} and {points.high:+.1f} points. {verdict(points, 0)}",
    )  # fmt: skip


def compare_counts(
    after: int, before: int, exposed: tuple[float, float] = (1, 1), z: float = USUAL
) -> Compared:
    """Compare two counts by how many times the one the other is, for each unit of what exposed.

    exposed: days of the two periods, or children of two areas, in the order of the counts.
    """
    factor = of_ratio(after, before, exposed, z)
    if factor is None:
        return NOTHING
    return Compared(
        factor, not factor.holds(1),
        f"{_counted(after, before, exposed)}; the true factor is likely between "
        f"{factor.low:.2f} and {_high(factor.high)}. {verdict(factor, 1)}",
    )  # fmt: skip


def verdict(interval: Interval, same: float) -> str:
    """What to make of an interval, where `same` is the value of no difference."""
    if interval.low > same:
        return "This is a real rise: chance alone would seldom make one so large."
    if interval.high < same:
        return "This is a real fall: chance alone would seldom make one so large."
    return "This may be chance: no difference at all would look like this too."


def _moved(points: float) -> str:
    return f"{'Up' if points > 0 else 'Down'} {abs(points):.1f} percentage points"


def _counted(after: int, before: int, exposed: tuple[float, float]) -> str:
    if not before:
        return f"{after:,} against none"
    factor = after / before * exposed[1] / exposed[0]
    scaled = "" if exposed[0] == exposed[1] else ", length or size allowed for"
    return f"{after:,} against {before:,}, {factor:.2f} times as many{scaled}"


def _high(value: float) -> str:
    return "anything" if isinf(value) else f"{value:.2f}"
