"""Spans of time before a day."""

from calendar import monthrange
from datetime import date

MONTHS_IN_A_YEAR = 12


def months_before(day: date, months: int) -> date:
    """The same day of the month, `months` calendar months earlier.

    Where that month has no such day, its last: one month before 31 March is 28 or 29 February.
    """
    year, month0 = divmod(day.year * MONTHS_IN_A_YEAR + day.month - 1 - months, MONTHS_IN_A_YEAR)
    last = monthrange(year, month0 + 1)[1]
    return date(year, month0 + 1, min(day.day, last))
