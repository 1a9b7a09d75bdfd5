"""One figure counted everywhere: on the records, and on a snapshot of them by each engine."""

from datetime import datetime
from pathlib import Path

from sightline.insight.engine.base import Engine
from sightline.insight.engine.live import Live
from sightline.insight.engine.snapshot import Snapshot
from sightline.insight.figures.base import Counted, Figure
from sightline.insight.periods import Period
from sightline.insight.snapshots.keeping import write_on
from sightline.insight.snapshots.pseudonyms import Pseudonyms

NAMES = Pseudonyms(bytes(32))


def snapshot(folder: Path, at: datetime) -> Snapshot:
    """Write the snapshot in a folder on to a moment, and return the engine that counts over it."""
    write_on(folder, at, NAMES)
    return Snapshot(folder)


def agreed(figure: Figure, period: Period, *engines: Engine) -> Counted:
    """Return what a figure counts on the records as at the engines' moment; all count the same."""
    [moment] = {engine.as_at for engine in engines}
    live = figure.count(period, Live.at(moment))
    for engine in engines:
        assert figure.count(period, engine) == live, f"{figure.id} on {type(engine).__name__}"
    return live


def everywhere(figure: Figure, period: Period, folder: Path, at: datetime) -> Counted:
    """Return what a figure counts as at a moment, the same on the records and on a snapshot."""
    return agreed(figure, period, snapshot(folder, at))
