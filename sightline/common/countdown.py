"""How long there is left until a deadline, in words: what lists that go by the clock show."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sightline.common.clock import local_date
from sightline.common.words import clock_time, lasting, plural

A_DAY, A_MINUTE = timedelta(days=1), timedelta(minutes=1)


@dataclass(frozen=True)
class Clock:
    """Words on a deadline, and the kind of tag they are shown in."""

    words: str
    kind: str
    is_late: bool


def clock_to(due_at: datetime, now: datetime) -> Clock:
    """Return "40 min left", "8 h 41 min left", "3 days left", or "Late by 2 hours".

    The limit is before: at the very moment it is late (sightline/rules/deadlines.py).
    """
    if now >= due_at:
        return Clock(f"Late by {lasting(max(now - due_at, A_MINUTE))}", "late", is_late=True)
    kind = "due" if due_at - now < A_DAY else "plain"
    return Clock(f"{_left(due_at - now)} left", kind, is_late=False)


def _left(length: timedelta) -> str:
    minutes = int(length.total_seconds()) // 60
    if length >= 2 * A_DAY:
        return plural(length.days, "day")
    if minutes >= 60:
        return f"{minutes // 60} h {minutes % 60:02} min"
    return f"{minutes} min"


def by_when(due_at: datetime, now: datetime) -> str:
    """Return "by 09:00 today", "by 09:00 on Mon 23 Nov", "by the end of today"."""
    if clock_time(due_at) == "00:00":
        return f"by the end of {_day(local_date(due_at) - A_DAY, now, '')}"
    return f"by {clock_time(due_at)} {_day(local_date(due_at), now, 'on ')}"


def _day(on: date, now: datetime, before: str) -> str:
    return "today" if on == local_date(now) else f"{before}{on:%a} {on.day} {on:%b}"
