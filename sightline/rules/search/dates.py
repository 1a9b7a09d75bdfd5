"""Days as people type them, and the days that are typed instead of the right one."""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_NAMED = "|".join(rf"{month[:3]}(?:{month[3:]}|t)?" for month in MONTHS)
DAY = re.compile(
    r"(?<!\d)(?:(?P<iso>\d{4})[-./](?P<m1>\d{1,2})[-./](?P<d1>\d{1,2})"
    r"|(?P<d2>\d{1,2})[-./](?P<m2>\d{1,2})[-./](?P<y2>\d{4}|\d{2})"
    rf"|(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?[ -](?P<m3>{_NAMED})[ ,-]+(?P<y3>\d{{4}}|\d{{2}}))(?!\d)",
    re.IGNORECASE,
)
MONTH = re.compile(
    r"(?<!\d)(?:(?P<m1>\d{1,2})[-./](?P<y1>\d{4})"
    rf"|\b(?P<m2>{_NAMED})[ -](?P<y2>\d{{4}}))(?!\d)",
    re.IGNORECASE,
)


def day(found: re.Match[str], today: date) -> date | None:
    """Return the day of a match of DAY, or None when there is no such day.

    "9.5.17" is 2017 while 2017 is past. Month first is read where nothing else makes sense.
    """
    part = found.groupdict()
    year = _year(part["iso"] or part["y2"] or part["y3"], today)
    first = int(part["d1"] or part["d2"] or part["d3"])
    second = _month(part["m1"] or part["m2"] or part["m3"])
    return _real(year, second, first) or _real(year, first, second)


def month(found: re.Match[str]) -> str | None:
    """Return "2017-05" for a match of MONTH, or None when there is no such month."""
    part = found.groupdict()
    number = _month(part["m1"] or part["m2"])
    return f"{part['y1'] or part['y2']}-{number:02}" if 1 <= number <= 12 else None


def _year(text: str, today: date) -> int:
    if len(text) == 4:
        return int(text)
    century = today.year // 100 * 100
    return century + int(text) - (100 if century + int(text) > today.year else 0)


def _month(text: str) -> int:
    if text.isdecimal():
        return int(text)
    return next(n for n, name in enumerate(MONTHS, start=1) if name[:3] == text[:3].lower())


def _real(year: int, month: int, day: int) -> date | None:
    with suppress(ValueError):
        return date(year, month, day)
    return None


def swapped(on: date) -> date | None:
    """Return the day with day and month the other way round, where that is another day."""
    return None if on.day == on.month else _real(on.year, on.day, on.month)


def one_digit_off(on: date) -> Iterator[date]:
    """Yield the days whose date differs in one digit, of years that a living person may have."""
    text = f"{on:%Y%m%d}"
    for place in range(2, len(text)):
        for digit in "0123456789":
            other = text[:place] + digit + text[place + 1 :]
            found = _real(int(other[:4]), int(other[4:6]), int(other[6:]))
            if found is not None and found != on:
                yield found
