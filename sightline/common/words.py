"""How dates, durations and counts are written, the same on every page. Times are Europe/London."""

from datetime import date, datetime, timedelta

from django.utils import timezone

# On everything that reaches health: an abuser may read the record of a victim or a child in an app.
NOT_FOR_ONLINE_VIEW = (
    "Not for online view. If you keep any of this, hide it from online access to the record, a "
    "parent’s or carer’s included."
)


def _on(when: date | datetime) -> date:
    """Return the day in Europe/London of a moment, or the day itself."""
    return timezone.localtime(when).date() if isinstance(when, datetime) else when


def day(when: date | datetime) -> str:
    """Return "Tuesday 24 November 2026"."""
    on = _on(when)
    return f"{on:%A} {on.day} {on:%B %Y}"


def short_day(when: date | datetime) -> str:
    """Return "24 Nov 2026"."""
    on = _on(when)
    return f"{on.day} {on:%b %Y}"


def clock_time(at: datetime) -> str:
    """Return "08:20"."""
    return f"{timezone.localtime(at):%H:%M}"


def moment(at: datetime) -> str:
    """Return "24 November 2026, 08:20"."""
    on = _on(at)
    return f"{on.day} {on:%B %Y}, {clock_time(at)}"


def plural(count: int, one: str, many: str = "") -> str:
    """Return the count with its noun: "1 child", "3 children", "1,204 notifications"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def lasting(length: timedelta) -> str:
    """Return a duration in its largest whole unit: "41 minutes", "3 hours", "18 days"."""
    seconds = int(abs(length).total_seconds())
    if seconds >= 2 * 86_400:
        return plural(seconds // 86_400, "day")
    if seconds >= 3600:
        return plural(seconds // 3600, "hour")
    return plural(seconds // 60, "minute")
