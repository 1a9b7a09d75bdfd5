"""Recording an audit of a file, and withdrawing one recorded by mistake."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from sightline.access.models import Agency, User
from sightline.access.queries import require
from sightline.access.roles import Perm
from sightline.assurance.models import FileAudit, ThemeFound
from sightline.audit.commands import record
from sightline.common.clock import local_date
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.rules.assurance.themes import Met, Theme, audit_on
from sightline.screening.models import Screening

Found = Mapping[str, tuple[str, str]]  # by id of the theme: how far it is met, what shows it


@transaction.atomic
def record_audit(
    *,
    key: UUID,
    screening: Screening,
    council: Agency,
    found: Found,
    learning: str,
    by: User,
    now: datetime,
) -> FileAudit:
    """Keep what was found in a child's file; the same `key` again is the same audit.

    Raises NotUnderstood saying everything that is missing, WrongMoment where a correction took the
    child out of the notification.
    """
    require(by, Perm.AUDIT_FILES)
    if kept := FileAudit.objects.filter(key=key).first():
        return kept
    if screening.withdrawn_at is not None:
        raise WrongMoment("A correction took this child out of the notification.")
    version = audit_on(local_date(now))
    if reasons := [why for theme in version.themes for why in _missing(theme, found)]:
        raise NotUnderstood(*reasons)
    kept = FileAudit.objects.create(
        key=key, screening=screening, council=council, themes=version.key,
        learning=learning.strip(), recorded_at=now, recorded_by=by,
    )  # fmt: skip
    ThemeFound.objects.bulk_create(
        ThemeFound(audit=kept, theme=one.id, met=found[one.id][0], evidence=found[one.id][1])
        for one in version.themes
    )
    record("file.audited", kept, by=by, at=now, themes=version.key)
    return kept


def _missing(theme: Theme, found: Found) -> list[str]:
    met, evidence = found.get(theme.id, ("", ""))
    if met not in set(Met):
        return [f"{theme.name}: say how far the file holds up."]
    if met in (Met.PARTLY, Met.NO) and not evidence.strip():
        return [f"{theme.name}: say what is missing."]
    return []


@transaction.atomic
def withdraw_audit(*, audit: FileAudit, because: str, by: User, now: datetime) -> FileAudit:
    """Take back an audit recorded by mistake; it stays to be read. Doing it again changes nothing.

    By somebody of the agency that recorded it. Raises WrongMoment for anybody else, NotUnderstood
    without a reason.
    """
    require(by, Perm.AUDIT_FILES)
    found = FileAudit.objects.select_for_update(of=("self",)).select_related("recorded_by")
    kept = found.get(pk=audit.pk)
    if kept.withdrawn_at is not None:
        return kept
    if kept.recorded_by.agency_id != by.agency_id:
        raise WrongMoment("Only the agency that recorded it may withdraw it.")
    if not because.strip():
        raise NotUnderstood("Say why it is withdrawn.")
    kept.withdrawn_at, kept.withdrawn_by = now, by
    kept.withdrawn_because = because.strip()[:300]
    kept.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])
    record("file_audit.withdrawn", kept, by=by, at=now)
    return kept
