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
    there was nothing to compare. is_real: more than chance alone makes likely. words: what to make
    of it and what it rests on, in sentences; short: the same in a few words.
    """

    interval: Interval | None
    is_real: bool
    words: str
    short: str


NOTHING = Compared(
    None, False, "There is nothing to compare: one side is empty.", "Nothing to compare"
)
RISE = "This is a real rise: chance alone would seldom make one so large."
FALL = "This is a real fall: chance alone would seldom make one so large."
CHANCE = "This may be chance: no difference at all would look like this too."
SAME = "No difference"
SHORT = {RISE: "a real rise", FALL: "a real fall", CHANCE: "which may be chance"}


def compare_shares(after: Share, before: Share, z: float = USUAL) -> Compared:
    """Compare two shares by their difference in percentage points, `after` less `before`."""
    found = of_difference((after.part, after.whole), (before.part, before.whole), z)
    if found is None or after.percent is None or before.percent is None:
        return NOTHING
    points = Interval(PER_CENT * found.low, PER_CENT * found.high)
    said, moved = verdict(points, 0), _moved(after.percent - before.percent)
    return Compared(
        points, not points.holds(0),
        f"{said} {moved}: {after.percent:.1f} per cent ({after.part:,} of {after.whole:,}) against "
        f"{before.percent:.1f} ({before.part:,} of {before.whole:,}); the true difference is "
        f"likely between {_signed(points.low)} and {_signed(points.high)} points.",
        moved if moved == SAME else f"{moved}, {SHORT[said]}",
    )  # fmt: skip


def compare_counts(
    after: int, before: int, exposed: tuple[float, float] = (1, 1), z: float = USUAL, per: str = ""
) -> Compared:
    """Compare two counts by how many times the one the other is, for each unit of what exposed.

    exposed: days of the two periods, or children of two areas, in the order of the counts; `per`:
    what they are called, one of them, such as "day".
    """
    factor = of_ratio(after, before, exposed, z)
    if factor is None:
        return NOTHING
    said, counted = verdict(factor, 1), f"{after:,} against {f'{before:,}' if before else 'none'}"
    times = after / before * exposed[1] / exposed[0] if before else None
    many = f"{times:.2f} times as many{f' for each {per}' if per else ''}" if times else ""
    found = f"{counted}, {many}" if many else counted
    return Compared(
        factor, not factor.holds(1),
        f"{said} {found}; the true factor is likely between {factor.low:.2f} and "
        f"{_high(factor.high)}.",
        f"{found}, {SHORT[said]}",
    )  # fmt: skip


def verdict(interval: Interval, same: float) -> str:
    """What to make of an interval, where `same` is the value of no difference."""
    if interval.low > same:
        return RISE
    return FALL if interval.high < same else CHANCE


def _moved(points: float) -> str:
    if not round(points, 1):
        return SAME
    return f"{'Up' if points > 0 else 'Down'} {abs(points):.1f} percentage points"


def _signed(points: float) -> str:
    return f"{points:+.1f}".replace("-", "\N{MINUS SIGN}")


def _high(value: float) -> str:
    return "anything" if isinf(value) else f"{value:.2f}"
