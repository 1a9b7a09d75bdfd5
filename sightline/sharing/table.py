"""The sharing rules in force: those that come with Sightline, with the partnership's own rows.

A row that was changed holds from its commencement, once somebody has signed it; whatever was in
force on an earlier day can be asked for still.
"""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max, Q, QuerySet

from sightline.access.models import User
from sightline.access.queries import require
from sightline.access.roles import Perm
from sightline.audit.commands import record
from sightline.common.announce import announce
from sightline.common.clock import local_date
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.rules.datafile import DataFileError
from sightline.rules.sharing.pack_file import pack_on, with_rows
from sightline.rules.sharing.parts import Pack
from sightline.sharing.models import SharingRow

REASON = 10  # characters: fewer are no reason
ALONE = 7_250_011  # advisory lock: two versions at once could answer one question


def pack_in_force(day: date) -> Pack:
    """Return the rules in force on a day. One query. LookupError before the first."""
    return _with(_in_force(day), day)


def _in_force(day: date) -> list[SharingRow]:
    """The signed versions that have commenced, in the order in which a later one wins."""
    signed = SharingRow.objects.filter(signed_at__isnull=False, commencement__lte=day)
    return [one for one in _in_order(signed) if local_date(one.signed_at) <= day]  # type: ignore[arg-type]


def _in_order(rows: QuerySet[SharingRow]) -> QuerySet[SharingRow]:
    return rows.order_by("commencement", "number", "pk")


def _with(versions: Collection[SharingRow], day: date) -> Pack:
    pack = pack_on(day)
    if not versions:
        return pack
    said = {one.row: _content(one, pack) for one in versions}
    return with_rows(pack, said)


def _content(one: SharingRow, pack: Pack) -> dict[str, Any] | None:
    if one.content is None:
        return None
    return {**one.content, "version": version_words(one, pack)}


def version_words(one: SharingRow, pack: Pack) -> str:
    """Return "sharing 2026.1, SH-05 version 2", which answers and records name."""
    return f"{pack.key}, {one.row} version {one.number}"


@transaction.atomic
def change_row(
    *,
    row: str,
    content: dict[str, Any] | None,
    commencement: date,
    because: str,
    key: UUID,
    by: User,
    now: datetime,
) -> SharingRow:
    """Write down a new version of a row, which holds once it is signed. The same `key` again
    returns what was written. No content: the row ends on that day.

    Raises NotUnderstood for what the rules cannot be: the same things that a file is refused for;
    for a commencement in the past; without a reason.
    """
    require(by, Perm.KEEP_RULES)
    if before := SharingRow.objects.filter(key=key).first():
        return before
    because = " ".join(because.split())
    if len(because) < REASON:
        raise NotUnderstood("Say in a sentence why the row changes.")
    if commencement < local_date(now):
        raise NotUnderstood("A row changes from today on, or later: what was in force stays.")
    _alone()
    last = SharingRow.objects.filter(row=row).aggregate(last=Max("number"))["last"] or 0
    made = SharingRow(
        key=key, row=row, number=last + 1, content=content, commencement=commencement,
        because=because, changed_at=now, changed_by=by,
    )  # fmt: skip
    _refuse_faults(made)
    made.save(force_insert=True)
    record("sharing_row.changed", made, by=by, at=now, row=row, number=made.number)
    return made


@transaction.atomic
def sign_row(*, version: SharingRow, by: User, now: datetime) -> SharingRow:
    """Sign a version, which holds from its commencement on; signed late, from today on. Twice is
    once. Raises WrongMoment where it does not fit the other rows any more, or another follows it.
    """
    require(by, Perm.KEEP_RULES)
    _alone()
    version = SharingRow.objects.select_for_update().get(pk=version.pk)
    if version.signed_at is not None:
        return version
    later = SharingRow.objects.filter(row=version.row, number__gt=version.number)
    if later.filter(signed_at__isnull=False).exists():
        raise WrongMoment("A later version of this row is signed: change the row anew.")
    try:
        _refuse_faults(version)
    except NotUnderstood as fault:
        raise WrongMoment(str(fault)) from fault
    version.signed_at, version.signed_by = now, by
    version.save(update_fields=["signed_at", "signed_by"])
    record("sharing_row.signed", version, by=by, at=now, row=version.row, number=version.number)
    announce("sharing.row_signed", version.pk)
    return version


def _alone() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [ALONE])


def _refuse_faults(version: SharingRow) -> None:
    """Read the rules with this version as on every day from its own on when something commences."""
    signed = SharingRow.objects.filter(signed_at__isnull=False)
    later = signed.filter(commencement__gt=version.commencement)
    days = {version.commencement, *later.values_list("commencement", flat=True)}
    for day in sorted(days):
        there = [*_in_order(signed.filter(commencement__lte=day).exclude(row=version.row)), version]
        try:
            _with(there, day)
        except DataFileError as fault:
            raise NotUnderstood(str(fault)) from fault


def versions_of(row: str) -> QuerySet[SharingRow]:
    """Return every version of a row, the latest first."""
    found = SharingRow.objects.filter(row=row).select_related("changed_by", "signed_by")
    return found.order_by("-number")


def waiting(today: date) -> QuerySet[SharingRow]:
    """Return the versions that wait for a signature, or for their day."""
    waits = SharingRow.objects.filter(Q(signed_at__isnull=True) | Q(commencement__gt=today))
    return waits.order_by("commencement", "row", "number")
