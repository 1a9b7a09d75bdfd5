"""Where a figure is counted: over the newest snapshot if that is fresh, else from the records."""

from datetime import datetime, timedelta

from django.conf import settings

from sightline.insight.engine.base import Engine
from sightline.insight.engine.live import Live
from sightline.insight.engine.snapshot import Snapshot
from sightline.insight.facts import ALL
from sightline.insight.snapshots.keeping import definition_of
from sightline.insight.snapshots.manifest import Manifest, read

FRESH = timedelta(hours=1)  # what is older is not what stands now
SMALL = 5_000  # notifications: so many are counted as quickly from the records, to the minute


def engine_for(as_at: datetime | None, now: datetime) -> Engine:
    """Return the engine for what is known now, or was known at a moment."""
    folder = settings.SNAPSHOTS
    held = read(folder) if folder else None
    if folder and held and _answers(held, as_at, now):
        return Snapshot(folder, as_at)
    return Live.at(as_at) if as_at else Live()


def _answers(held: Manifest, as_at: datetime | None, now: datetime) -> bool:
    if held.definition != definition_of(ALL):  # written by another version of Sightline
        return False
    if as_at:
        return as_at in held.moments
    return held.as_at >= now - FRESH and held.rows("notification") >= SMALL
