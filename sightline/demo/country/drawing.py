"""One council's notifications over some years, drawn at random, as columns."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from sightline.demo.dudley.published import HOUSEHOLDS, REPEATS, SHARES

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

# The days of each band of the published repeats; the last one is open and ends here.
GAPS = ((0, 7), (7, 14), (14, 30), (30, 91), (91, 182), (182, 365), (365, 730), (730, 1200))
BEFORE = 730  # days before the first: homes that were known already come again
CHILDREN = (0.08, 0.36, 0.32, 0.17, 0.07)  # shares of homes with 0, 1, 2, 3, 4 children
ALWAYS = 0.75  # of children: those whom every notification of their home names; half name others
AREAS = 204  # small areas of a council; about 35,700 in all
AREAS_A_WARD = 5
CORRECTED = 0.02  # of contacts: those that were linked to another person at first
# What followed, of all contacts: about the shares of the review's table 5.
FOLLOWED = {"initial": 0.055, "core": 0.014, "enquiry": 0.021, "conference": 0.009, "plan": 0.007}
LOOKED_AFTER = 0.12  # of plans


@dataclass(frozen=True)
class Notified:
    """A notification a row; days count from the first day, -1 for none."""

    household: Ints
    day: Ints
    second: Ints  # of the day
    area: Ints  # of the council


@dataclass(frozen=True)
class Contacts:
    """A child in a notification a row, those of one child one after another."""

    notification: Ints  # row in Notified
    child: Ints
    nth: Ints
    previous: Ints  # day, or before any for the first
    corrected: Bools
    scale: Ints
    followed: dict[str, Bools]


NONE = -1_000_000


def draw(dice: np.random.Generator, wanted: int, days: int) -> tuple[Notified, Contacts]:
    """Return about so many notifications over so many days (within a dozen), and who is in them."""
    notified = _notified(dice, wanted, days)
    return notified, _contacts(dice, notified)


def _notified(dice: np.random.Generator, wanted: int, days: int) -> Notified:
    sizes, weights = np.array(list(HOUSEHOLDS)), np.array(list(HOUSEHOLDS.values()), float)
    homes = int(wanted * (days + BEFORE) / days / (sizes @ weights / weights.sum()) * 1.4) + 50
    size = dice.choice(sizes, homes, p=weights / weights.sum())
    household = np.repeat(np.arange(homes), size)
    first = np.concatenate(([0], np.cumsum(size)[:-1]))
    gap = _gaps(dice, len(household))
    gap[first] = dice.integers(-BEFORE, days, homes)
    total = np.cumsum(gap)
    day = total - np.repeat(total[first] - gap[first], size)
    held = np.flatnonzero((day >= 0) & (day < days))[:wanted]
    area = dice.integers(0, AREAS, homes)
    return Notified(
        household[held], day[held], dice.integers(0, 86_400, len(held)), area[household[held]]
    )


def _gaps(dice: np.random.Generator, many: int) -> Ints:
    weights = np.array(list(REPEATS.values()), float)
    band = dice.choice(len(GAPS), many, p=weights / weights.sum())
    lower, upper = np.array(GAPS).T
    return lower[band] + (dice.random(many) * (upper - lower)[band]).astype(np.int64)


def _contacts(dice: np.random.Generator, notified: Notified) -> Contacts:
    homes = int(notified.household.max(initial=0)) + 1
    children = dice.choice(len(CHILDREN), homes, p=CHILDREN)
    many = children[notified.household]
    row = np.repeat(np.arange(len(many)), many)
    place = np.arange(len(row)) - np.repeat(np.cumsum(many) - many, many)
    child = notified.household[row] * len(CHILDREN) + place
    always = dice.random(homes * len(CHILDREN)) < ALWAYS
    named = np.flatnonzero(always[child] | (dice.random(len(row)) < 1 / 2))
    row, child = row[named], child[named]
    order = np.lexsort((row, notified.second[row], notified.day[row], child))
    return _in_a_row(dice, notified, row[order], child[order])


def _in_a_row(dice: np.random.Generator, notified: Notified, row: Ints, child: Ints) -> Contacts:
    many = len(row)
    begins = np.ones(many, bool)
    begins[1:] = child[1:] != child[:-1]
    start = np.maximum.accumulate(np.where(begins, np.arange(many), 0))
    day = notified.day[row]
    previous = np.where(begins, NONE, np.concatenate(([NONE], day[:-1]))[:many])
    shares = np.array([one.tenths for one in SHARES], float).mean(0)
    followed = {name: dice.random(many) < share for name, share in FOLLOWED.items()}
    followed["looked_after"] = followed["plan"] & (dice.random(many) < LOOKED_AFTER)
    return Contacts(
        row, child, np.arange(many) - start + 1, previous, dice.random(many) < CORRECTED,
        dice.choice(4, many, p=shares / shares.sum()) + 1, followed,
    )  # fmt: skip


def days_of(first: date, years: int) -> int:
    """Return how many days some years from a day on have."""
    return (first.replace(year=first.year + years) - first).days
