"""Taking in the rows of one chunk, in its transaction: what becomes of each is its Fate."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog
from django.db import InterfaceError, OperationalError, transaction

from sightline.common.announce import announce
from sightline.intake.commands import Origin, Received, receive
from sightline.intake.files.bodies import (
    RAW_TYPE,
    Written,
    content_of,
    raw_of,
    reasons,
    written_in,
)
from sightline.intake.files.mapping import Columns
from sightline.intake.files.reading_table import Row
from sightline.intake.files.understanding import Fate, Understood, understand
from sightline.intake.models import Channel, ImportFile
from sightline.intake.schema import Notification as Content

log = structlog.get_logger(__name__)

Then = Callable[[Sequence[int], datetime], object]
# What takes in rows that are no notifications: one fate a row, in their order, in few queries.
Handler = Callable[[Sequence[Understood], ImportFile, datetime], list[Fate]]

OUR_FAULT = (
    "Sightline could not keep this row, through a fault of its own. Send it again; if it is "
    "refused again, tell whoever runs Sightline."
)
# The connection or the server is gone, or somebody stood in the way: not the fault of a row.
GONE = (OperationalError, InterfaceError)


@dataclass(frozen=True)
class Work:
    """What taking in a chunk needs to know."""

    file: ImportFile
    columns: Columns
    then: Then
    handler: Handler | None
    now: datetime

    @property
    def origin(self) -> Origin:
        file = self.file
        return Origin(file.sender, Channel.FILE, by=file.started_by, history=file.history)


def notifications(groups: Iterable[Sequence[Row]], work: Work) -> list[Fate]:
    """Keep the notifications in these groups of rows, and have done what follows them."""
    fates: list[Fate] = []
    new: list[int] = []
    for group in groups:
        for written in written_in(group, work.columns):
            received = _keep(written, work)
            fates += _fates(written, received)
            if received is not None and not received.replayed:
                new.append(received.notification.pk)
    _follow(new, work)
    return fates


def _keep(written: Written, work: Work) -> Received | None:
    content = content_of(written)
    if content is None:
        return None
    try:
        return _receive(content, written, work)
    except GONE:
        raise
    except Exception as error:
        log.error("import_row_failed", file=work.file.pk, kind=type(error).__name__)
        written.rows[0].wrong.append(OUR_FAULT)
        return None


def _receive(content: Content, written: Written, work: Work) -> Received:
    received = receive(
        content, raw=raw_of(written, work.columns), raw_type=RAW_TYPE, origin=work.origin,
        notes=[], now=work.now, tell=False,
    )  # fmt: skip
    if received.refusal is not None:
        for row in written.rows:
            row.wrong += received.refusal.reasons
    return received


def _fates(written: Written, received: Received | None) -> Iterator[Fate]:
    if written.wrong:
        yield from (Fate(row, why) for row, why in reasons(written))
        return
    replayed = received is not None and received.replayed
    yield from (Fate(row.row, replayed=replayed) for row in written.rows)


def _follow(new: Sequence[int], work: Work) -> None:
    """Do what follows for all at once; if that fails one by one, so that one alone stays behind."""
    if not new or _done(new, work) or len(new) == 1:
        return
    for notification in new:
        _done([notification], work)


def _done(new: Sequence[int], work: Work) -> bool:
    """Whether it could be done. For one that cannot be, a durable task tries again."""
    try:
        with transaction.atomic():
            work.then(new, work.now)
    except GONE:
        raise
    except Exception as error:
        log.error("import_stage_failed", file=work.file.pk, kind=type(error).__name__)
        if len(new) == 1:
            announce("notification.received", new[0])
        return False
    return True


def records(groups: Iterable[Sequence[Row]], work: Work) -> list[Fate]:
    """Give the rows that can be read to the handler of their kind."""
    rows = [understand(row, work.columns) for group in groups for row in group]
    for row in rows:
        _ask_for_what_is_missing(row, work.columns)
    good = iter(_handled([row for row in rows if not row.wrong], work))
    return [Fate(row.row, tuple(row.wrong)) if row.wrong else next(good) for row in rows]


def _ask_for_what_is_missing(row: Understood, columns: Columns) -> None:
    for known, places in columns.fields:
        if known.required and known.name not in row.values and known.name not in row.unread:
            row.wrong.append(f"“{columns.header[places[0]]}” is empty. Fill it in.")


def _handled(rows: Sequence[Understood], work: Work) -> list[Fate]:
    """Have all taken in at once, or one by one so that one that fails does not hold up the rest."""
    if work.handler is None:
        raise LookupError(f"nothing takes in files of {work.file.kind}")
    try:
        with transaction.atomic():
            return work.handler(rows, work.file, work.now)
    except GONE:
        raise
    except Exception as error:
        log.error("import_row_failed", file=work.file.pk, kind=type(error).__name__)
        if len(rows) == 1:
            return [Fate(rows[0].row, (OUR_FAULT,))]
    return [fate for row in rows for fate in _handled([row], work)]
