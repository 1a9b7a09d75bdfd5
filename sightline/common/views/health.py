"""For whoever watches over the machine: is it alive, and is it ready? No personal data."""

from datetime import datetime
from functools import cache
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Min, Q
from django.http import HttpRequest, JsonResponse
from procrastinate.contrib.django.models import ProcrastinateJob

from sightline.common.clock import now


@login_not_required
def live(request: HttpRequest) -> JsonResponse:
    """Answer that this process serves requests; asks nothing of the database."""
    return JsonResponse({"live": True})


@login_not_required
def ready(request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database is there and up to date, else 503 and what is the matter.

    The age of the oldest task is in seconds; what age is too old is for the watcher to say.
    """
    try:
        state = _state(now())
    except DatabaseError:
        return JsonResponse({"ready": False, "database": "cannot be reached"}, status=503)
    return JsonResponse(state, status=200 if state["ready"] else 503)


def _state(at: datetime) -> dict[str, Any]:
    missing = pending_migrations()
    if missing:
        return {"ready": False, "database": "not up to date", "migrations_pending": missing}
    waiting = oldest_waiting(at)
    age = int((at - waiting).total_seconds()) if waiting else None
    return {"ready": True, "database": "up to date", "oldest_task_waits_seconds": age}


@cache
def _migrations_on_disk() -> frozenset[tuple[str, str]]:
    """The code of a running process does not change, so its migrations are listed once."""
    return frozenset(MigrationLoader(None).disk_migrations)


def pending_migrations() -> int:
    """Return how many migrations of this code the database does not have."""
    return len(_migrations_on_disk() - MigrationRecorder(connection).applied_migrations().keys())


def oldest_waiting(at: datetime) -> datetime | None:
    """Return since when the oldest task that is due has been waiting, or None when none waits."""
    due = Q(scheduled_at__isnull=True) | Q(scheduled_at__lte=at)
    waiting = ProcrastinateJob.objects.filter(due, status="todo")
    times = waiting.aggregate(since=Min("scheduled_at"), queued=Min("procrastinateevent__at"))
    found = [moment for moment in times.values() if moment]
    return min(found) if found else None
