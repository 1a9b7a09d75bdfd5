"""A region of houses: streets, and postcodes of about fifteen doors."""

from dataclasses import dataclass
from functools import lru_cache
from random import Random
from typing import NamedTuple

from benchmarks.linkage.draw import Zipf, table

DOORS = 15  # addresses a postcode
UNITS_A_SECTOR = 90
UNITS_A_STREET = 3
FLATS = 0.16  # of postcodes that are blocks of flats
_UNIT_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"  # the inward part never has C I K M O V
_STREETS = table("streets")
_LAST = Zipf(_STREETS["last"].split(), flat=2)
_FIRST = Zipf(_STREETS["first"].split(), steep=0.6)
_AREAS = _STREETS["areas"].split()


class Home(NamedTuple):
    """An address as the post office knows it."""

    house: str
    street: str
    postcode: str


@lru_cache(1 << 18)
def _unit(number: int) -> tuple[str, bool]:
    """Return the postcode of the unit, and whether it is a block of flats."""
    rest, within = divmod(number, UNITS_A_SECTOR)
    first, last = divmod(within * 4, len(_UNIT_LETTERS))
    rest, sector = divmod(rest, 9)
    district, area = divmod(rest, len(_AREAS))
    inward = f"{sector + 1}{_UNIT_LETTERS[first]}{_UNIT_LETTERS[last]}"
    flats = Random(number * 31 + 5).random() < FLATS
    return f"{_AREAS[area]}{district + 1} {inward}", flats


@lru_cache(1 << 18)
def _street(number: int) -> str:
    rng = Random(number * 17 + 3)
    return f"{_FIRST.pick(rng)} {_LAST.pick(rng)}"


@dataclass(frozen=True)
class Region:
    """Places to live; `units` postcodes, some of which send the police out far more often."""

    units: int

    def anywhere(self, rng: Random) -> Home:
        """Draw an address; half of all are in a sixth of the postcodes."""
        share = rng.random()
        unit = int(share**2.6 * self.units)
        return self._door(unit * 7919 % self.units, rng)

    def near(self, home_unit: int, rng: Random, *, spread: int = 20) -> Home:
        """Draw an address a few postcodes away."""
        return self._door((home_unit + rng.randrange(-spread, spread + 1)) % self.units, rng)

    def unit_of(self, rng: Random) -> int:
        return rng.randrange(self.units)

    def _door(self, unit: int, rng: Random) -> Home:
        postcode, flats = _unit(unit)
        door = rng.randrange(DOORS)
        street = _street(unit // UNITS_A_STREET)
        if flats:
            return Home(f"Flat {door + 1}, {unit % 90 + 1}", street, postcode)
        suffix = "a" if rng.random() < 0.04 else ""
        return Home(f"{unit % UNITS_A_STREET * DOORS + door + 1}{suffix}", street, postcode)
