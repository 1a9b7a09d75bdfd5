"""Files on their way in: what takes in each kind, and what follows a notification."""

from collections.abc import Callable

from sightline.actions.importing import import_events
from sightline.common.clock import now
from sightline.intake.files.running import run_import
from sightline.intake.files.taking import Handler
from sightline.intake.models import ImportFile, ImportKind
from sightline.meetings.importing import import_decisions
from sightline.pathway.stages import take_through

HANDLERS: dict[str, Handler] = {
    ImportKind.DECISIONS: import_decisions,
    ImportKind.SOCIAL_CARE: import_events,
}


def run_here(file_id: int, progress: Callable[[int, int], None] | None = None) -> ImportFile:
    """Take a started file in, in this process, from where it was. See `run_import`."""
    return run_import(file_id, then=take_through, now=now, handlers=HANDLERS, progress=progress)
