"""Which version of the screening questions there is, and which is in force on a day."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path

from sightline.rules.datafile import in_force
from sightline.rules.screening.instrument_file import parse
from sightline.rules.screening.parts import (
    Accumulation,
    Domain,
    Instrument,
    Item,
    ProtectiveFactor,
    Uplift,
)
from sightline.rules.screening.versions import load_versions

__all__ = [
    "DATA",
    "Accumulation",
    "Domain",
    "Instrument",
    "Item",
    "ProtectiveFactor",
    "Uplift",
    "instrument_called",
    "instrument_on",
    "load_instruments",
    "shipped_instruments",
]

DATA = Path(__file__).parent / "data"


def load_instruments(paths: Iterable[Path]) -> tuple[Instrument, ...]:
    """The instruments in TOML files, oldest first; a version may be based on another of them.

    DataFileError (a ValueError) names the file, the entry and the fault: an unknown domain or key,
    a duplicate id, a floor out of range, a question that asks nothing. OSError when it is absent.
    """
    return load_versions(paths, parse)


@cache
def shipped_instruments() -> tuple[Instrument, ...]:
    """Every version that comes with Sightline, oldest first."""
    return load_instruments(DATA.glob("child_matrix_*.toml"))


def instrument_on(day: date) -> Instrument:
    """The version in force on `day`; of several, the one that commenced last.

    LookupError before the first version: questions that did not exist were not asked.
    """
    current = [one for one in shipped_instruments() if in_force(one, day)]
    if not current:
        raise LookupError(f"No screening instrument is in force on {day:%Y-%m-%d}.")
    return current[-1]


def instrument_called(key: str) -> Instrument:
    """The shipped version with that key, such as "child-matrix 2026.1"; LookupError if none."""
    for instrument in shipped_instruments():
        if instrument.key == key:
            return instrument
    raise LookupError(f"No screening instrument is called {key!r}.")
