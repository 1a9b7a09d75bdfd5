"""Now, in one place, so that views and tasks ask nobody else for it."""

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """Return the present moment, aware, UTC."""
    return timezone.now()


def local_date(at: datetime) -> date:
    """Return the date in Europe/London of a moment."""
    return timezone.localtime(at).date()
