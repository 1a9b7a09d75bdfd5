"""Taking in the rows of one chunk, in its transaction: what becomes of each is its Fate."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog
from django.db import InterfaceError, OperationalError, transaction

from sightline.common.announce import announce
from sightline.intake.commands import Arrival, Origin, receive_many
from sightline.intake.files.bodies import (
    RAW_TYPE,
    Written,
    raw_of,
    reasons,
    written_in,
)
from sightline.intake.files.mapping import Columns
from sightline.intake.files.reading_table import Row
from sightline.intake.files.understanding import Fate, Understood, understand
from sightline.intake.models import Channel, ImportFile

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
    found = [written for group in groups for written in written_in(group, work.columns)]
    _receive([written for written in found if written.content is not None], work)
    received = [written.received for written in found if written.received is not None]
    _follow([one.notification.pk for one in received if not one.replayed], work)
    return [fate for written in found for fate in _fates(written)]


def _receive(found: Sequence[Written], work: Work) -> None:
    """Keep all at once, or one by one so that one that fails does not hold up the rest."""
    try:
        arrivals = [
            Arrival(written.content, raw_of(written, work.columns), RAW_TYPE)
            for written in found
            if written.content is not None
        ]
        received = receive_many(arrivals, origin=work.origin, now=work.now, tell=False)
    except GONE:
        raise
    except Exception as error:
        log.error("import_row_failed", file=work.file.pk, kind=type(error).__name__)
        if len(found) == 1:
            found[0].rows[0].wrong.append(OUR_FAULT)
        else:
            for written in found:
                _receive([written], work)
        return
    for written, one in zip(found, received, strict=True):
        written.received = one
        for row in written.rows if one.refusal else ():
            row.wrong += one.refusal.reasons if one.refusal else []


def _fates(written: Written) -> Iterator[Fate]:
    if written.wrong:
        yield from (Fate(row, why) for row, why in reasons(written))
        return
    replayed = written.received is not None and written.received.replayed
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
