"""Files on their way in: what takes in each kind, and what follows a notification."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sightline.actions.importing import import_events
from sightline.common.announce import quietly
from sightline.common.clock import now
from sightline.intake.files.running import run_import
from sightline.intake.files.taking import Handler
from sightline.intake.models import ImportFile, ImportKind
from sightline.meetings.importing import import_decisions
from sightline.pathway import back_load, stages

HANDLERS: dict[str, Handler] = {
    ImportKind.DECISIONS: import_decisions,
    ImportKind.SOCIAL_CARE: import_events,
}


def run_here(file_id: int, progress: Callable[[int, int], None] | None = None) -> ImportFile:
    """Take a started file in, in this process, from where it was. See `run_import`.

    Of a back-load everything is written down first, then linked together (`back_load`).
    """
    file = ImportFile.objects.only("history", "kind").get(pk=file_id)
    past = file.history and file.kind == ImportKind.NOTIFICATIONS
    return run_import(
        file_id, then=_only_record if past else stages.take_through, now=now, handlers=HANDLERS,
        progress=progress, at_end=_link_and_open if past else None,
    )  # fmt: skip


def _only_record(notification_ids: Sequence[int], at: datetime) -> None:
    with quietly("source.recorded"):
        stages.record(notification_ids, at)


def _link_and_open(file: ImportFile) -> None:
    del file
    back_load.link_and_open(now())
