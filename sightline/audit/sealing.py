"""Sealing the logs, a chain of digests each, and finding out whether a seal still fits.

A seal covers whole transactions: every line whose transaction is older than the oldest that is
still running. No line can come in below that any more, so a seal is final, nobody has to wait for
it, and writing a line costs nothing but the number of its transaction.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from psycopg import sql

from sightline.audit.models import Event, Logged, Read, Seal, Search

LOGS: tuple[type[Logged], ...] = (Event, Read, Search)
SEALING = 7_204_004  # advisory lock: two sealing at once would seal the same lines twice
AT_ONCE = 5000  # lines fetched at a time
BEGINNING = "0" * 64


@dataclass(frozen=True)
class Broken:
    """A seal that does not fit what the log holds now."""

    seal: Seal
    because: str


@transaction.atomic
def seal(now: datetime) -> list[Seal]:
    """Seal what every log holds that is not sealed yet; nothing new makes no seal."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [SEALING])
        cursor.execute("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        (below,) = cursor.fetchone()
    made = (_seal(log, below, now) for log in LOGS)
    return [one for one in made if one is not None]


def _seal(log: type[Logged], below: int, now: datetime) -> Seal | None:
    table = log._meta.db_table
    last = Seal.objects.filter(log=table).order_by("-below_tx").first()
    start, before = (last.below_tx, last.digest) if last else (0, BEGINNING)
    if not log._default_manager.filter(tx__gte=start, tx__lt=below).exists():
        return None
    columns = [field.column for field in log._meta.concrete_fields if field.column]
    lines, digest = _digest(table, columns, start, below, before)
    return Seal.objects.create(
        log=table, columns=",".join(columns), from_tx=start, below_tx=below, lines=lines,
        digest=digest, sealed_at=now,
    )  # fmt: skip


def broken(newest: int | None = None) -> Iterator[Broken]:
    """Yield every seal that does not fit; of each log the `newest` only, or all of them."""
    for log in LOGS:
        seals = Seal.objects.filter(log=log._meta.db_table).order_by("-below_tx")
        chain = list(seals[: newest + 1] if newest else seals)[::-1]
        before = None if newest and len(chain) > newest else Seal(below_tx=0, digest=BEGINNING)
        for one in chain:
            if before is not None and (because := _misfit(one, before)):
                yield Broken(one, because)
            before = one


def _misfit(one: Seal, before: Seal) -> str:
    if one.from_tx != before.below_tx:
        return "the seal before it is missing"
    lines, digest = _digest(
        one.log, one.columns.split(","), one.from_tx, one.below_tx, before.digest
    )
    if lines != one.lines:
        return f"it sealed {one.lines} lines, and there are {lines}"
    return "" if digest == one.digest else "a line, or the seal before it, was changed"


def _digest(
    table: str, columns: Sequence[str], start: int, below: int, before: str
) -> tuple[int, str]:
    """Return how many lines there are and the digest of them and of the digest before."""
    found, lines = hashlib.sha256(before.encode()), 0
    with connection.chunked_cursor() as cursor:
        cursor.execute(_LINES.format(_listed(columns), sql.Identifier(table)), [start, below])
        while rows := cursor.fetchmany(AT_ONCE):
            lines += len(rows)
            found.update("".join(f"\n{line}" for (line,) in rows).encode())
    return lines, found.hexdigest()


_LINES = sql.SQL(
    "select jsonb_build_array({})::text from {} where tx >= %s and tx < %s order by tx, id"
)


def _listed(columns: Sequence[str]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, columns))


def heads() -> dict[str, Seal]:
    """Return the newest seal of each log."""
    newest = Seal.objects.order_by("log", "-below_tx").distinct("log")
    return {one.log: one for one in newest}
