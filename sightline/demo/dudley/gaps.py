"""How many days lie between the notifications of a household, so that table 3 comes out exactly.

Table 3 counts a repeat by the time since the same child's previous notification. The bands are
half-open (from the lower limit, below the upper) and in calendar months; the days drawn here
keep clear of every limit, so counting by 28, 30 or 31 days a month, by date or by the hour, or
with the limits closed on the other side, gives the same table.
"""

import random
from collections import Counter
from itertools import pairwise

from sightline.demo.dudley.dice import DeadEnd
from sightline.demo.dudley.published import FIRST_DAY, LAST_DAY
from sightline.demo.dudley.shapes import Shape

WINDOW = (LAST_DAY - FIRST_DAY).days

# Band -> fewest and most days that are in it by any convention.
SAFE_DAYS = {
    "Less than 1 week": (2, 5),
    "1 to 2 weeks": (9, 12),
    "2 weeks to 1 month": (16, 26),
    "1 month to 3 months": (33, 82),
    "3 months to 6 months": (94, 166),
    "6 months to 1 year": (187, 334),
    "1 year to 2 years": (369, 670),
    "Over 2 years": (734, 1500),
}
BANDS = tuple(SAFE_DAYS)
TRIES = 20_000


def band_of(days: int) -> str | None:
    """The band that holds this many days by any convention; None if that is open to doubt."""
    return next((band for band, (low, high) in SAFE_DAYS.items() if low <= days <= high), None)


def draw_gaps(shapes: list[Shape], repeats: dict[str, int], dice: random.Random) -> list[list[int]]:
    """Days between consecutive notifications, a list for each shape in the order given.

    The time since the previous notification, over all children, falls into the bands exactly as
    often as `repeats` says. Households with most repeats draw first, while every band has room;
    those with a single repeat come last and take what is left, whatever it is.
    Raises DeadEnd if no arrangement is found.
    """
    left = Counter(repeats)
    gaps: list[list[int]] = [[] for _ in shapes]
    for index in sorted(range(len(shapes)), key=lambda index: -shapes[index].repeats()):
        if shapes[index].notifications > 1:
            weights = left if shapes[index].repeats() else repeats
            gaps[index], used = _fitting(shapes[index], weights, left, dice)
            left -= used
    return gaps


def _fitting(
    shape: Shape, weights: dict[str, int], left: Counter[str], dice: random.Random
) -> tuple[list[int], Counter[str]]:
    shares = [weights[band] for band in BANDS]
    for _ in range(TRIES):
        bands = dice.choices(BANDS, shares, k=shape.notifications - 1)
        gaps = [dice.randint(*SAFE_DAYS[band]) for band in bands]
        if sum(gaps) <= WINDOW:
            used = _bands_used(shape, gaps)
            if used is not None and used <= left:
                return gaps, used
    raise DeadEnd(f"no gaps found for a household with {shape.notifications} notifications")


def _bands_used(shape: Shape, gaps: list[int]) -> Counter[str] | None:
    """The bands of all children's repeats; None if one is not safely inside a band."""
    used: Counter[str] = Counter()
    for places in shape.children:
        for earlier, later in pairwise(places):
            band = band_of(sum(gaps[earlier:later]))
            if band is None:
                return None
            used[band] += 1
    return used
