"""Ending what somebody got in with: it stays on record and opens nothing any more."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from sightline.access.models import User
from sightline.audit.commands import record


@transaction.atomic
def end(rows: QuerySet[Any], *, by: User, now: datetime) -> None:
    """End each of these that has not ended; doing it again changes nothing."""
    for one in rows.select_for_update().filter(ended_at=None):
        one.ended_at, one.ended_by = now, by
        one.save(update_fields=["ended_at", "ended_by"])
        record(f"{one._meta.model_name}.ended", one, by=by, at=now)
