"""Taking a file in, chunk by chunk, so that a killed import goes on where it was.

A chunk's notifications, its refused rows and the count of rows done are one transaction. Rows that
cannot be kept are refused and the others go on.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from itertools import islice
from typing import TypeVar

import structlog
from django.db import OperationalError, transaction
from psycopg import errors

from sightline.audit.commands import record
from sightline.common.errors import NotUnderstood
from sightline.intake.files import taking
from sightline.intake.files.grouping import groups
from sightline.intake.files.mapping import Columns, check
from sightline.intake.files.reading_table import Row, open_table
from sightline.intake.files.taking import Handler, Then, Work
from sightline.intake.files.understanding import Fate
from sightline.intake.models import ImportFile, ImportKind, RefusedRow

CHUNK = {ImportKind.NOTIFICATIONS: 100, ImportKind.DECISIONS: 500, ImportKind.SOCIAL_CARE: 500}
TRIES = 5

log = structlog.get_logger(__name__)

Group = list[Row]
Progress = Callable[[int, int], None]
AtEnd = Callable[[ImportFile], None]
T = TypeVar("T")


class OvertakenError(Exception):
    """Another process is taking this file in; it has done rows that we were about to do."""


def run_import(
    file_id: int,
    *,
    then: Then,
    now: Callable[[], datetime],
    handlers: Mapping[str, Handler],
    progress: Progress | None = None,
    at_end: AtEnd | None = None,
) -> ImportFile:
    """Take a started file in, from where it was, and return it as it then is.

    then: what follows notifications, given their ids; where it fails, durable tasks do it.
    handlers: what takes in the rows of a kind of file that is not of notifications.
    progress: told rows done and rows in all, after each chunk. at_end: what follows once all rows
    are in; a killed import does it again.
    """
    file = ImportFile.objects.get(pk=file_id)
    if file.started_at is None or file.finished_at is not None:
        return file
    because = ""
    try:
        _run(file, then, now, handlers.get(file.kind), progress or _say_nothing)
        if at_end is not None:
            at_end(file)
    except NotUnderstood as problem:
        because = problem.reasons[0]
    except OvertakenError:
        log.info("import_overtaken", file=file.pk)
        return file
    return _finish(file, because, now())


def _say_nothing(done: int, total: int) -> None:
    del done, total


def _run(
    file: ImportFile,
    then: Then,
    now: Callable[[], datetime],
    handler: Handler | None,
    progress: Progress,
) -> None:
    table = open_table(bytes(file.content))
    columns = check(file.kind, table.header, file.columns)
    to_do = _skip(groups(table, columns), file.rows_done)
    while chunk := list(islice(to_do, CHUNK[ImportKind(file.kind)])):
        _persistently(chunk, Work(file, columns, then, handler, now()))
        progress(file.rows_done, file.rows_total)


def _skip(all_groups: Iterator[Group], done: int) -> Iterator[Group]:
    """Leave out the groups whose rows have been done; they come in the same order every time."""
    while done > 0 and (group := next(all_groups, None)):
        done -= len(group)
    return all_groups


def _persistently(chunk: list[Group], work: Work) -> None:
    """Take a chunk in; where another transaction stood in the way, once more from its start."""
    for left in reversed(range(TRIES)):
        try:
            _take(chunk, work)
            break
        except OperationalError as error:
            if not left or not isinstance(error.__cause__, errors.DeadlockDetected):
                raise
    work.file.refresh_from_db(fields=["rows_done", "accepted", "replayed"])


@transaction.atomic
def _take(chunk: list[Group], work: Work) -> None:
    file, before = work.file, work.file.rows_done
    held = ImportFile.objects.select_for_update().values_list("rows_done").get(pk=file.pk)
    if held != (before,):
        raise OvertakenError
    take = taking.notifications if file.kind == ImportKind.NOTIFICATIONS else taking.records
    fates = take(chunk, work)
    RefusedRow.objects.bulk_create(_refused(file, fates, work.columns), batch_size=500)
    _count(file, fates)


def _refused(file: ImportFile, fates: list[Fate], columns: Columns) -> Iterator[RefusedRow]:
    for fate in fates:
        if fate.reasons:
            yield RefusedRow(
                file=file, number=fate.row.number, reasons=list(fate.reasons),
                row=_by_column(fate.row, columns.header),
            )  # fmt: skip


def _by_column(row: Row, header: tuple[str, ...]) -> list[list[str]]:
    """Return the cells with the names of their columns; those beyond the header have none."""
    names = (*header, *[""] * (len(row.cells) - len(header)))
    return [[name, cell] for name, cell in zip(names, row.cells, strict=False)]


def _count(file: ImportFile, fates: list[Fate]) -> None:
    replayed = sum(fate.replayed for fate in fates)
    refused = sum(bool(fate.reasons) for fate in fates)
    ImportFile.objects.filter(pk=file.pk).update(
        rows_done=file.rows_done + len(fates),
        accepted=file.accepted + len(fates) - replayed - refused,
        replayed=file.replayed + replayed,
    )


@transaction.atomic
def _finish(file: ImportFile, because: str, at: datetime) -> ImportFile:
    file.finished_at, file.failed_because = at, because[:300]
    file.save(update_fields=["finished_at", "failed_because"])
    record("import.finished", file, by=file.started_by, at=at, failed=bool(because))
    return file
