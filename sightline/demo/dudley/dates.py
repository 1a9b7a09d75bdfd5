"""The date of every notification, so that the contacts of each year of table 5 come out exactly."""

import random
from collections.abc import Sequence
from datetime import date, timedelta

from sightline.demo.dudley.dice import DeadEnd
from sightline.demo.dudley.gaps import WINDOW
from sightline.demo.dudley.published import FIRST_DAY, Contacts
from sightline.demo.dudley.shapes import Shape

STARTS_TRIED = 12


def date_notifications(
    shapes: Sequence[Shape],
    gaps: Sequence[Sequence[int]],
    years: Sequence[Contacts],
    dice: random.Random,
) -> list[list[date]]:
    """Dates of each household's notifications, ascending, from 1 April 2008 to 31 December 2012.

    A notification that names three children is three contacts of its year. Households with
    several notifications are placed where there is most room; those with one fill up each year
    to its figure, those with most children first, so that the last ones fit wherever one is
    missing.
    """
    room = _Room(years)
    dates: list[list[date]] = [[] for _ in shapes]
    for index in sorted(range(len(shapes)), key=lambda index: -_weight(shapes[index])):
        if gaps[index]:
            dates[index] = _place_run(shapes[index], gaps[index], room, dice)
    for index in sorted(range(len(shapes)), key=lambda index: -_weight(shapes[index])):
        if not gaps[index]:
            dates[index] = [_place_one(shapes[index].children_at(0), room, dice)]
    return dates


class _Room:
    """How many contacts each year may still take."""

    def __init__(self, years: Sequence[Contacts]) -> None:
        self.years = years
        self.wanted = [year.contacts for year in years]
        self.left = list(self.wanted)

    def year_of(self, day: date) -> int:
        return next(place for place, year in enumerate(self.years) if day <= year.ends)

    def take(self, year: int, contacts: int) -> None:
        self.left[year] -= contacts

    def emptiness(self, needed: Sequence[tuple[int, int]]) -> float:
        """Share still free in the years of (year, contacts) pairs; negative if one is too full."""
        after = list(self.left)
        for year, contacts in needed:
            after[year] -= contacts
        if min(after) < 0:
            return -1.0
        return sum(self.left[year] / self.wanted[year] * contacts for year, contacts in needed)


def _place_run(shape: Shape, gaps: Sequence[int], room: _Room, dice: random.Random) -> list[date]:
    """Of a few random starts, the one whose years have most room."""
    offsets = [sum(gaps[:place]) for place in range(shape.notifications)]
    found: list[tuple[float, list[date], list[tuple[int, int]]]] = []
    for _ in range(STARTS_TRIED):
        start = FIRST_DAY + timedelta(days=dice.randint(0, WINDOW - offsets[-1]))
        days = [start + timedelta(days=offset) for offset in offsets]
        needed = [(room.year_of(day), shape.children_at(at)) for at, day in enumerate(days)]
        found.append((room.emptiness(needed), days, needed))
    emptiness, days, needed = max(found)
    if emptiness < 0:
        raise DeadEnd("no year has room for a household's notifications")
    for year, contacts in needed:
        room.take(year, contacts)
    return days


def _place_one(contacts: int, room: _Room, dice: random.Random) -> date:
    fitting = [left if left >= contacts else 0 for left in room.left]
    if not any(fitting):
        raise DeadEnd("no year has room for a household's only notification")
    [year] = dice.choices(range(len(fitting)), fitting)
    room.take(year, contacts)
    span = room.years[year]
    return span.starts + timedelta(days=dice.randint(0, (span.ends - span.starts).days))


def _weight(shape: Shape) -> int:
    return sum(len(places) for places in shape.children)
