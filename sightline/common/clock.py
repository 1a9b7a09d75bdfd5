"""Now, in one place, so that views and tasks ask nobody else for it."""

from datetime import date, datetime, time

from django.utils import timezone


def now() -> datetime:
    """Return the present moment, aware, UTC."""
    return timezone.now()


def local_date(at: datetime) -> date:
    """Return the date in Europe/London of a moment."""
    return timezone.localtime(at).date()


def midnight(at: datetime) -> datetime:
    """Return when the day of a moment began in Europe/London."""
    return timezone.make_aware(datetime.combine(local_date(at), time()))
