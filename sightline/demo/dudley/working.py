"""Days on which a screening team or children's social care works, near enough for a history.

Weekends and the three fixed holidays are left out; movable bank holidays are not, because
nothing counted here depends on them.
"""

from datetime import date, timedelta

_FIXED_HOLIDAYS = {(1, 1), (12, 25), (12, 26)}


def working_day_from(day: date) -> date:
    """The day itself if it is a working day, else the next one."""
    while day.weekday() >= 5 or (day.month, day.day) in _FIXED_HOLIDAYS:
        day += timedelta(days=1)
    return day


def working_day_after(day: date, days: int = 1) -> date:
    """The first working day at least `days` calendar days later."""
    return working_day_from(day + timedelta(days=days))
