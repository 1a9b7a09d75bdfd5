"""What people do with an escalation: say that they know, and close it with what they did."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sightline.access.models import User
from sightline.access.queries import require
from sightline.access.roles import Perm
from sightline.audit.commands import record
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.escalation.models import Escalation
from sightline.escalation.queries import before_user

CLOSED = "This has been closed. What was written is below."


@transaction.atomic
def acknowledge(*, escalation: Escalation, by: User, now: datetime) -> Escalation:
    """Say that one knows of it and sees to it. Saying so twice is saying it once."""
    escalation = _before(escalation, by)
    if escalation.acknowledged_at is not None:
        return escalation
    if escalation.closed_at is not None:
        raise WrongMoment(CLOSED)
    escalation.acknowledged_at, escalation.acknowledged_by = now, by
    escalation.save(update_fields=["acknowledged_at", "acknowledged_by"])
    record("escalation.acknowledged", escalation, by=by, at=now)
    return escalation


@transaction.atomic
def close(*, escalation: Escalation, note: str, by: User, now: datetime) -> Escalation:
    """Close it and say what was done about it. The same twice is once.

    What it is about stays open until it is done: it may be escalated again, one tier higher.
    """
    escalation, note = _before(escalation, by), note.strip()
    if not note:
        raise NotUnderstood("Say what was done or agreed about it.")
    if escalation.closed_at is not None:
        if escalation.closing_note != note:
            raise WrongMoment(CLOSED)
        return escalation
    if escalation.acknowledged_at is None:
        acknowledge(escalation=escalation, by=by, now=now)
        escalation.refresh_from_db()
    escalation.closed_at, escalation.closed_by, escalation.closing_note = now, by, note
    escalation.save(update_fields=["closed_at", "closed_by", "closing_note"])
    record("escalation.closed", escalation, by=by, at=now)
    return escalation


def _before(escalation: Escalation, by: User) -> Escalation:
    """Hold an escalation that was put before this user, or before somebody they answer for."""
    require(by, Perm.SEE_ESCALATIONS)
    found = Escalation.objects.select_for_update(of=("self",)).filter(before_user(by))
    held = found.filter(pk=escalation.pk).first()
    if held is None:
        raise PermissionDenied
    return held
