"""Counting a clock from its start to the day or the moment it is over."""

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta

from sightline.rules.calendar import Holidays, add_working_days
from sightline.rules.clocks.clock import Clock, Limit, Unit
from sightline.rules.due import Due, DueDay, in_london, say


def due_day(clock: Clock, start: date, holidays: Holidays) -> DueDay:
    """By the end of which day a clock that began on `start` is over, with the reason.

    The day of the start is never counted, where the text is silent on it. ValueError for a clock
    in hours: it has a moment (`due_moment`).
    """
    return after(clock.length, start, clock.start, holidays)


def due_moment(clock: Clock, start: datetime) -> Due:
    """At which moment a clock in hours is over. `start` must be aware.

    An hour is sixty minutes: in the night in which the clocks change, 24 hours after 22:00 is
    21:00 or 23:00.
    """
    if clock.unit is not Unit.HOURS:
        raise ValueError(f"{clock.id} runs in {clock.unit.value}, not in hours")
    began = in_london(start)
    at = in_london(start.astimezone(UTC) + timedelta(hours=clock.limit))
    since = f"{clock.start} on {say(began.date())} at {began:%H:%M}"
    by = f"by {at:%H:%M} on {say(at.date())}"
    return Due(at, f"{clock.length.words} after {since}: {by}.")


def after(limit: Limit, start: date, since: str, holidays: Holidays) -> DueDay:
    """By the end of which day `limit` after `start` is over; `since` says what `start` was."""
    by = last_day(limit, start, holidays)
    return DueDay(by, f"{limit.words} after {since} on {say(start)}: by {say(by)}.")


def last_day(limit: Limit, start: date, holidays: Holidays) -> date:
    """The last day of a limit that began on `start`."""
    if limit.unit is Unit.WORKING_DAYS:
        return add_working_days(start, limit.many, holidays)
    if limit.unit is Unit.CALENDAR_DAYS:
        return start + timedelta(days=limit.many)
    if limit.unit is Unit.MONTHS:
        return add_months(start, limit.many)
    raise ValueError("hours are counted from a moment, not from a day")


def add_months(start: date, months: int) -> date:
    """The same day so many months later; the last of that month where it has no such day.

    Three months after 30 November is 28 February, or 29 in a leap year.
    """
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, last))


def in_working_days(start: date, days: int, holidays: Holidays, since: str) -> DueDay:
    """Due by the end of the `days`-th working day after `start`; `since` says what `start` was."""
    return after(Limit(days, Unit.WORKING_DAYS), start, since, holidays)
