"""Days and times as people and spreadsheets write them. The day stands before the month.

What could be read only by guessing a century or a country is refused, with the form to write.
"""

import re
from calendar import month_name
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache
from typing import TypeVar

from sightline.common.errors import NotUnderstood

DayT = TypeVar("DayT", date, datetime)

FIRST_YEAR, LAST_YEAR = 1900, 2100
COUNTED_FROM = date(1899, 12, 30)  # what a spreadsheet's numbers for days count from
MONTHS = tuple(name.casefold() for name in month_name[1:])

DAY_FORM = "write the day as 2012-03-25 or 25/03/2012"
MOMENT_FORM = "write day and time as 2012-03-25 21:05 or 25/03/2012 21:05"
TIME_FORM = "write the time as 21:05"

_YEAR_FIRST = re.compile(r"(?P<year>\d{4})(?P<s>[-/.])(?P<month>\d{1,2})(?P=s)(?P<day>\d{1,2})")
_COMPACT = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})")
_DAY_FIRST = re.compile(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)?[-/. ]+(?P<month>\d{1,2}|[A-Za-z]{3,9})[-/., ]+(?P<year>\d+)"
)
_BETWEEN = re.compile(r"T|,?\s+(?:at\s+)?")
_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d{1,9})?)?"
    r"\s*(?P<half>[AaPp]\.?[Mm]\.?)?\s*(?P<zone>Z|UTC|GMT|BST|[+-]\d{2}:?\d{2})?"
)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")  # five figures: 1927 to 2100; four would be a year
_PART_OF_DAY = re.compile(r"0?\.\d+")


def read_day(text: str) -> date:
    """Return the day; a time behind it is left out. Raises NotUnderstood with the wanted form."""
    try:
        return _moment(text.strip()).date()
    except ValueError:
        raise NotUnderstood(_help(text.strip(), DAY_FORM)) from None


def read_moment(text: str) -> datetime:
    """Return the moment: with its offset if one was written, else without a zone (London's).

    A day alone is its first minute. Raises NotUnderstood with the wanted form.
    """
    try:
        return _moment(text.strip())
    except ValueError:
        raise NotUnderstood(_help(text.strip(), MOMENT_FORM)) from None


def read_time(text: str) -> time:
    """Return a time of day from a column of its own. Raises NotUnderstood with the wanted form."""
    text = text.strip()
    try:
        if _PART_OF_DAY.fullmatch(text):
            return _from_serial(float(text)).time()
        if text.startswith(("1899-", "1900-")):  # a spreadsheet's day for a time without one
            text = text[10:]
        return _clock(text)
    except ValueError:
        raise NotUnderstood(TIME_FORM) from None


@lru_cache(4096)  # the rows of one notification repeat its times
def _moment(text: str) -> datetime:
    """Return the moment. Raises ValueError."""
    if _SERIAL.fullmatch(text):
        return _within(_from_serial(float(text)))
    found = _YEAR_FIRST.match(text) or _COMPACT.match(text) or _DAY_FIRST.match(text)
    if found is None:
        raise ValueError
    day, rest = _day(found), text[found.end() :]
    if not rest:
        return datetime.combine(day, time())
    between = _BETWEEN.match(rest)
    if between is None:
        raise ValueError
    return datetime.combine(day, _clock(rest[between.end() :]))


def _day(found: re.Match[str]) -> date:
    if len(found["year"]) != 4:
        raise ValueError
    return _within(date(int(found["year"]), _month(found["month"]), int(found["day"])))


def _within(day: DayT) -> DayT:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError
    return day


def _month(written: str) -> int:
    if written.isdecimal():
        return int(written)
    fitting = [n for n, name in enumerate(MONTHS, 1) if name.startswith(written.casefold())]
    if len(fitting) != 1:
        raise ValueError
    return fitting[0]


def _clock(text: str) -> time:
    found = _CLOCK.fullmatch(text.strip())
    if found is None:
        raise ValueError
    hour, half = int(found["hour"]), found["half"]
    if half and not 1 <= hour <= 12:
        raise ValueError
    if half:
        hour = hour % 12 + (12 if half[0] in "Pp" else 0)
    return time(hour, int(found["minute"]), int(found["second"] or 0), tzinfo=_zone(found["zone"]))


def _zone(written: str | None) -> timezone | None:
    if not written:
        return None
    if written in ("Z", "UTC", "GMT"):
        return UTC
    if written == "BST":
        return timezone(timedelta(hours=1))
    offset = timedelta(hours=int(written[1:3]), minutes=int(written[-2:]))
    return timezone(-offset if written[0] == "-" else offset)


def _from_serial(serial: float) -> datetime:
    """Return the moment for a spreadsheet's count of days; the part of a day is the time."""
    seconds = round(serial % 1 * 86_400)
    return datetime.combine(COUNTED_FROM, time()) + timedelta(days=int(serial), seconds=seconds)


def _help(text: str, form: str) -> str:
    """Say what to write; and what was wrong, where a common slip can be told."""
    found = _DAY_FIRST.match(text)
    if found and len(found["year"]) != 4:
        return f"the year needs four digits; {form}"
    if found and found["month"].isdecimal() and int(found["month"]) > 12:
        return f"the day comes before the month; {form}"
    return f"this is no day of the calendar; {form}"
