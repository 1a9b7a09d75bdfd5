"""The back-history with published counts, taken in by the same door as a partnership's own files.

Killed and started again it goes on where it was: the same seed writes the same files, and the
same file is the same import.
"""

from collections.abc import Callable
from datetime import datetime
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from sightline.access.models import Agency
from sightline.demo.cast import build_cast
from sightline.demo.dudley import build, write
from sightline.intake.files.reading_table import open_table
from sightline.intake.imports import choose_columns, start_import, suggested_columns, upload
from sightline.intake.models import ImportFile, ImportKind, Notification
from sightline.pathway.imports import run_here

Progress = Callable[[int, int], None]


class NotEmptyError(Exception):
    """There are notifications that did not come with this history: figures would be of both."""


def has_begun() -> bool:
    """Whether the operator has begun to load a history here."""
    return ImportFile.objects.filter(history=True, uploaded_by=None).exists()


def load(
    bar: Callable[[str], Progress],
    *,
    now: datetime,
    seed: int = 1,
    fraction: float | Fraction = 1,
) -> None:
    """Load the cast and the history of `seed`, or what is still missing of it.

    `bar` makes a progress function from the words for what is counted. Decisions and what social
    care did name their notifications, so that these go first. Raises NotEmptyError.
    """
    with TemporaryDirectory() as folder:
        files = write(build(seed, fraction), Path(folder))
        _refuse_to_mix(files.notifications)
        police = build_cast(now=now).police
        for kind, path in (
            (ImportKind.NOTIFICATIONS, files.notifications),
            (ImportKind.DECISIONS, files.decisions),
            (ImportKind.SOCIAL_CARE, files.social_care),
        ):
            _take_in(kind, path, police, bar(f"rows of {path.name}"), now)


def _refuse_to_mix(notifications: Path) -> None:
    digest = sha256(notifications.read_bytes()).hexdigest()
    begun = ImportFile.objects.filter(digest=digest).exists()
    if not begun and Notification.objects.exists():
        raise NotEmptyError


def _take_in(
    kind: ImportKind, path: Path, sender: Agency, progress: Progress, now: datetime
) -> None:
    content = path.read_bytes()
    file = upload(
        content=content, name=path.name, kind=kind, sender=sender, by=None, history=True, now=now
    )
    if file.started_at is None:
        columns = suggested_columns(file, open_table(content).header)
        choose_columns(file=file, columns=columns, by=None, now=now)
        start_import(file=file, by=None, now=now, tell=False)
    _must_be_whole(run_here(file.pk, progress))


def _must_be_whole(file: ImportFile) -> None:
    refused = file.refused.count()
    if refused or file.failed_because:
        raise RuntimeError(f"{file.name}: {refused} rows refused. {file.failed_because}")
