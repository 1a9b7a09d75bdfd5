"""The whole of a synthetic country, council by council. The same seed makes the same country."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa

from sightline.demo.country.drawing import days_of, draw
from sightline.demo.country.writing import FACTS, Folder, Place, columns
from sightline.insight.facts import ALL
from sightline.insight.snapshots.manifest import Held, Manifest, publish

# Domestic abuse incidents recorded by police in England and Wales in 2013-14.
INCIDENTS_A_YEAR = 887_000
YEARS = 5
COUNCILS, FORCES = 175, 43
FIRST = date(2020, 4, 1)
UNEVEN = 0.6  # how much the sizes of councils differ, as the sigma of their logarithm
LONDON = ZoneInfo("Europe/London")
AT_ONCE = 300_000  # notifications that are drawn before they are written

Progress = Callable[[int, int], None]


def simulate(
    folder: Path, *, seed: int, a_year: int = INCIDENTS_A_YEAR, years: int = YEARS,
    plain: Path | None = None, progress: Progress = lambda done, total: None,
) -> Manifest:  # fmt: skip
    """Write a country into a folder in the shape of a snapshot, and return its manifest.

    `a_year`: notifications a year. `plain`: a folder for the same as plain rows, beside it.
    """
    days = days_of(FIRST, years)
    written = Folder(folder, plain)
    facts = {fact.name: Held() for fact in ALL}
    wanted = _sizes(seed, a_year * years)
    for batch, some in enumerate(_batches(a_year * years)):
        drawn = [_council(seed, council, int(wanted[council - 1]), days) for council in some]
        tables = [pa.concat_tables(one) for one in zip(*drawn, strict=True)]
        for name, held in written.write(batch, tables[0], tables[1], years_span(years)).items():
            facts[name] = Held(facts[name].rows + held.rows, facts[name].ends + held.ends)
        progress(some[-1], COUNCILS)
    facts |= {fact.name: written.tallied(fact, facts[fact.name]) for fact in FACTS}
    manifest = Manifest(f"simulated, seed {seed}", "", tuple(_months(years)), facts)
    publish(folder, manifest)
    return manifest


def _batches(total: int) -> Iterator[range]:
    """Yield the councils that are written together."""
    at_once = -(-COUNCILS // max(1, total // AT_ONCE))
    for begin in range(1, COUNCILS + 1, at_once):
        yield range(begin, min(begin + at_once, COUNCILS + 1))


def years_span(years: int) -> range:
    """Return the calendar years in which days of it lie, those of decisions too."""
    return range(FIRST.year, FIRST.year + years + 1)


def _sizes(seed: int, total: int) -> np.ndarray:
    """Return how many notifications each council has: they add up to the total."""
    weight = np.random.default_rng([seed, 0]).lognormal(0, UNEVEN, COUNCILS)
    upto = np.rint(np.cumsum(weight) / weight.sum() * total).astype(np.int64)
    return np.diff(upto, prepend=0)


def _council(seed: int, council: int, wanted: int, days: int) -> list[pa.Table]:
    notified, contacts = draw(np.random.default_rng([seed, council]), wanted, days)
    place = Place(council, (council - 1) * FORCES // COUNCILS + 1)
    return columns(place, notified, contacts, FIRST)


def _months(years: int) -> Iterator[datetime]:
    """The moments as at which it can be asked: when each month was over."""
    for month in range(FIRST.month, FIRST.month + 12 * years + 1):
        yield datetime(FIRST.year + month // 12, month % 12 + 1, 1, tzinfo=LONDON)
