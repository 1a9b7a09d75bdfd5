"""Files on their way in: uploaded, columns chosen, started. files/running.py takes them in."""

import hashlib
from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction

from sightline.access.models import Agency, User
from sightline.access.queries import require
from sightline.access.roles import Perm
from sightline.audit.commands import record
from sightline.common.announce import announce
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.intake.files.grouping import groups
from sightline.intake.files.mapping import check, header_key, suggest
from sightline.intake.files.reading_table import Table, open_table
from sightline.intake.files.values import wording
from sightline.intake.models import ColumnMapping, ImportFile, ImportKind

STARTED = "This import has started, so its columns stay as they are."


@transaction.atomic
def upload(
    *,
    content: bytes,
    name: str,
    kind: str,
    sender: Agency,
    by: User | None,
    history: bool,
    now: datetime,
) -> ImportFile:
    """Keep a file to be imported, with the columns of the last file that had its header.

    The same file of the same sender again is the first one, unless that could not be read to its
    end. `by` is None for the operator at the terminal. Raises NotUnderstood.
    """
    _require(by)
    if len(content) > settings.IMPORT_MAX_BYTES:
        most = settings.IMPORT_MAX_BYTES // (1024 * 1024)
        raise NotUnderstood(f"The file is larger than {most} MB. Divide it into several files.")
    digest = hashlib.sha256(content).hexdigest()
    before = _before(sender, kind, digest)
    if before is not None:
        return _again(before, history)
    table = open_table(content)
    file = ImportFile.objects.create(
        sender=sender, kind=ImportKind(kind), name=_file_name(name), digest=digest,
        content=content, history=history, uploaded_at=now, uploaded_by=by,
        rows_total=table.count(), columns=_as_last_time(sender, kind, table.header),
    )  # fmt: skip
    record("import.uploaded", file, by=by, at=now, kind=kind, rows=file.rows_total)
    return file


def _require(by: User | None) -> None:
    if by is not None:
        require(by, Perm.IMPORT_FILES)


def _file_name(name: str) -> str:
    """Return the last part of a name, as short as we keep it, ending included."""
    return "".join(c for c in name.replace("\\", "/").rpartition("/")[2] if c.isprintable())[-200:]


def _before(sender: Agency, kind: str, digest: str) -> ImportFile | None:
    """Find the same file; of two uploads at once, the second waits and finds the first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(hashtextextended(%s, 1))", [f"{sender.pk}:{digest}"]
        )
    files = ImportFile.objects.defer("content").order_by("pk")
    return files.filter(sender=sender, kind=kind, digest=digest, failed_because="").first()


def _again(file: ImportFile, history: bool) -> ImportFile:
    if file.started_at is None and file.history != history:
        file.history = history
        file.save(update_fields=["history"])
    return file


def _as_last_time(sender: Agency, kind: str, header: tuple[str, ...]) -> dict[str, str]:
    """Return the columns chosen for the last file with this header, in this one's spelling."""
    kept = ColumnMapping.objects.filter(
        sender=sender, kind=kind, header_key=header_key(header)
    ).first()
    if kept is None:
        return {}
    chosen = {wording(column): name for column, name in kept.columns.items()}
    return {c: chosen[wording(c)] for c in header if wording(c) in chosen}


@transaction.atomic
def choose_columns(
    *, file: ImportFile, columns: Mapping[str, str], by: User | None, now: datetime
) -> ImportFile:
    """Set which column is which field, and keep that for the next file with this header.

    Raises NotUnderstood with everything that is wrong with the choice, WrongMoment once started.
    """
    _require(by)
    file = ImportFile.objects.select_for_update().get(pk=file.pk)
    if file.started_at is not None:
        raise WrongMoment(STARTED)
    table = open_table(bytes(file.content))
    checked = check(file.kind, table.header, columns)
    for _ in groups(table, checked):
        pass  # raises where the rows would have to be sorted first
    file.columns = {column: name for column, name in columns.items() if name}
    file.save(update_fields=["columns"])
    _keep_for_next_time(file, table, by, now)
    record("import.columns_chosen", file, by=by, at=now, fields=sorted(file.columns.values()))
    return file


def _keep_for_next_time(file: ImportFile, table: Table, by: User | None, now: datetime) -> None:
    ColumnMapping.objects.update_or_create(
        sender_id=file.sender_id,
        kind=file.kind,
        header_key=header_key(table.header),
        defaults={"columns": file.columns, "saved_at": now, "saved_by": by},
    )


def suggested_columns(file: ImportFile, header: tuple[str, ...]) -> dict[str, str]:
    """Return the columns chosen for this file or one like it, else those that the header says."""
    return dict(file.columns) or suggest(file.kind, header)


@transaction.atomic
def start_import(
    *, file: ImportFile, by: User | None, now: datetime, tell: bool = True
) -> ImportFile:
    """Have the file taken in. Starting it twice starts it once.

    `tell=False`: the caller runs it. Raises WrongMoment before its columns have been chosen.
    """
    _require(by)
    file = ImportFile.objects.select_for_update().defer("content").get(pk=file.pk)
    if not file.columns:
        raise WrongMoment("Say first which column is which.")
    if file.started_at is not None:
        return file
    file.started_at, file.started_by = now, by
    file.save(update_fields=["started_at", "started_by"])
    record("import.started", file, by=by, at=now)
    if tell:
        announce("import.started", file.pk)
    return file
