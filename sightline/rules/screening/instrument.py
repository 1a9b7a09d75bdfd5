"""Which version of the screening questions there is, and which is in force on a day."""

from datetime import date
from functools import cache
from pathlib import Path

from sightline.rules.screening.datafile import DATA, in_force, read
from sightline.rules.screening.instrument_file import parse
from sightline.rules.screening.parts import (
    Accumulation,
    Domain,
    Instrument,
    Item,
    ProtectiveFactor,
    Uplift,
)

__all__ = [
    "Accumulation",
    "Domain",
    "Instrument",
    "Item",
    "ProtectiveFactor",
    "Uplift",
    "instrument_called",
    "instrument_on",
    "load_instrument",
    "shipped_instruments",
]


def load_instrument(path: Path) -> Instrument:
    """The instrument in a TOML file.

    DataFileError (a ValueError) names the file, the entry and the fault: an unknown domain or key,
    a duplicate id, a floor out of range, a question that asks nothing. OSError when it is absent.
    """
    return parse(read(path))


@cache
def shipped_instruments() -> tuple[Instrument, ...]:
    """Every version that comes with Sightline, oldest first."""
    found = (load_instrument(path) for path in DATA.glob("child_matrix_*.toml"))
    return tuple(sorted(found, key=lambda instrument: instrument.commencement))


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
