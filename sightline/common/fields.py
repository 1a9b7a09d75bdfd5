"""Form fields for a day and for a moment, asked for in parts, as people say and write them.

Messages say what to write, not what went wrong inside. A moment is Europe/London: a time that the
clocks skipped in March is refused, and one that came twice in October is taken as the first.
"""

import re
from calendar import month_name
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

PARTS = ("day", "month", "year", "time")
MONTHS = [name.lower() for name in month_name[1:]]
NUMBER = re.compile(r"[0-9]{1,2}")
YEAR = re.compile(r"(?:19|20)[0-9]{2}")
CLOCK = re.compile(r"([0-9]{1,2})[:.]?([0-9]{2})(?:\s*([ap])\.?m\.?)?", re.IGNORECASE)
HOUR = re.compile(r"([0-9]{1,2})\s*([ap])\.?m\.?", re.IGNORECASE)


@dataclass(frozen=True)
class Written:
    """What somebody wrote into the boxes."""

    day: str = ""
    month: str = ""
    year: str = ""
    time: str = ""

    def __bool__(self) -> bool:
        return any((self.day, self.month, self.year, self.time))


def refuse(message: str, part: str) -> ValidationError:
    """Build an error about one part; its code tells the page which box to mark."""
    return ValidationError(message, code=part)


def read_day(written: Written, called: str) -> date:
    """Return the date that was written; raise ValidationError saying what to write instead."""
    for part in ("day", "month", "year"):
        if not getattr(written, part):
            raise refuse(f"The {called} must have a {part}", part)
    if not NUMBER.fullmatch(written.day):
        raise refuse(f"The day of the {called} must be a number, such as 7", "day")
    if not YEAR.fullmatch(written.year):
        raise refuse(f"The year of the {called} must have four digits, such as 2018", "year")
    month = read_month(written.month, called)
    try:
        return date(int(written.year), month, int(written.day))
    except ValueError:
        raise refuse(f"The {called} must be a day that exists in the calendar", "day") from None


def read_month(text: str, called: str) -> int:
    """Return 1 to 12 for a number or a month's name."""
    if NUMBER.fullmatch(text) and 1 <= int(text) <= 12:
        return int(text)
    for number, name in enumerate(MONTHS, start=1):
        if len(text) >= 3 and name.startswith(text.lower()):
            return number
    raise refuse(f"The month of the {called} must be from 1 to 12, or its name", "month")


def read_time(text: str, called: str) -> time:
    """Return the time for "23:10", "23.10", "2310", "9:05" or "11.10pm"."""
    if found := CLOCK.fullmatch(text):
        hour, minute, half = int(found[1]), int(found[2]), found[3]
    elif found := HOUR.fullmatch(text):
        hour, minute, half = int(found[1]), 0, found[2]
    else:
        raise refuse(f"The time of the {called} must look like 23:10", "time")
    if half and not 1 <= hour <= 12:
        raise refuse(f"The time of the {called} has both {hour} hours and am or pm", "time")
    if half:
        hour = hour % 12 + (12 if half.lower() == "p" else 0)
    if hour > 23 or minute > 59:
        raise refuse(f"The time of the {called} must be from 00:00 to 23:59", "time")
    return time(hour, minute)


def read_moment(written: Written, called: str) -> datetime:
    """Return the moment in UTC that was written as a time in Europe/London."""
    on = read_day(written, called)
    if not written.time:
        raise refuse(f"The {called} must have a time, such as 23:10", "time")
    naive = datetime.combine(on, read_time(written.time, called))
    # In UTC from here on: Python finds times of the hour that comes twice equal to nothing.
    at = timezone.make_aware(naive).astimezone(UTC)
    back = timezone.localtime(at).replace(tzinfo=None)
    if back != naive:
        raise refuse("The clocks went forward that night and this time did not happen", "time")
    return at


class DayInput(forms.Widget):
    """Three boxes: `name-day`, `name-month`, `name-year`."""

    parts: tuple[str, ...] = ("day", "month", "year")

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Written:
        return Written(**{part: str(data.get(f"{name}-{part}", "")).strip() for part in self.parts})

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return not any(f"{name}-{part}" in data for part in self.parts)

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return f"{id_}-day" if id_ else ""

    def written(self, value: Any) -> Written:
        """Return what to show in the boxes for what was written, or for a stored value."""
        if isinstance(value, Written):
            return value
        if value is None or value == "":
            return Written()
        if isinstance(value, datetime):
            value = timezone.localtime(value)
        clock = f"{value:%H:%M}" if isinstance(value, datetime) and "time" in self.parts else ""
        return Written(str(value.day), str(value.month), str(value.year), clock)


class MomentInput(DayInput):
    """The three boxes of a day and one for the time of day."""

    parts = PARTS


class DayField(forms.Field):
    """A date in three boxes.

    `called` is what messages call it, within a sentence: "date of birth". `earliest` and `latest`
    are functions without arguments giving the first and last date that is taken.
    """

    widget: type[DayInput] = DayInput

    def __init__(
        self,
        *,
        called: str = "date",
        earliest: Callable[[], date] | None = None,
        latest: Callable[[], date] | None = None,
        **options: Any,
    ) -> None:
        self.called, self.earliest, self.latest = called, earliest, latest
        super().__init__(**options)
        self.error_messages["required"] = f"Enter the {called}"

    def to_python(self, value: Any) -> date | None:
        if not isinstance(value, Written):
            return value or None
        return self.read(value) if value else None

    def read(self, written: Written) -> date:
        return read_day(written, self.called)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is None:
            return
        on = timezone.localtime(value).date() if isinstance(value, datetime) else value
        if self.earliest and on < self.earliest():
            raise refuse(f"The {self.called} must not be before {self.earliest():%d %B %Y}", "year")
        if self.latest and on > self.latest():
            raise refuse(f"The {self.called} must not be after {self.latest():%d %B %Y}", "year")


class MomentField(DayField):
    """A date and a time of day in Europe/London; cleans to a datetime in UTC."""

    widget = MomentInput

    def read(self, written: Written) -> datetime:
        return read_moment(written, self.called)
