"""A day or a moment by which something must be done, with the reason in words.

The reason is shown to the worker and kept in the audit; it holds dates only, nothing of a person.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True)
class Due:
    """A moment (aware, Europe/London) before which something must have been done, and why."""

    at: datetime
    because: str


@dataclass(frozen=True, slots=True)
class DueDay:
    """A day by whose end something must have been done, and why."""

    by: date
    because: str

    @property
    def at(self) -> datetime:
        """The moment the day is over: midnight in London, aware."""
        return datetime.combine(self.by + timedelta(days=1), time(0), LONDON)


def is_late(due: Due | DueDay, done_at: datetime | None, now: datetime) -> bool:
    """Whether it was done too late, or is still not done and the moment has passed.

    The limit is "before": done exactly at the limit is late. Times must be aware.
    """
    return (done_at or now) >= due.at


def in_london(moment: datetime) -> datetime:
    """Return a moment as the clock in London shows it. A naive time raises ValueError."""
    if moment.tzinfo is None:
        raise ValueError("a time without a zone has no deadline")
    return moment.astimezone(LONDON)


def say(day: date) -> str:
    """Return "Monday 2 November 2026"."""
    return f"{day:%A} {day.day} {day:%B %Y}"
