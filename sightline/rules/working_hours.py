"""Working hours: clocks that stand still at night, at weekends and on bank holidays.

All times are Europe/London. A working day has the same hours in summer and in winter: the clocks
change at night, when nothing counts.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sightline.rules.calendar import Holidays, add_working_days, is_working_day
from sightline.rules.due import LONDON, Due, in_london, say


@dataclass(frozen=True, slots=True)
class WorkingDay:
    """When a working day starts, when it ends, and until when something is still begun that day.

    Raises ValueError unless starts < cut_off <= ends.
    """

    starts: time
    ends: time
    cut_off: time

    def __post_init__(self) -> None:
        if not self.starts < self.cut_off <= self.ends:
            raise ValueError("a working day must start before its cut-off, which is not after it")

    @property
    def length(self) -> timedelta:
        return _between(self.starts, self.ends)


def clock_starts(asked: datetime, day: WorkingDay, holidays: Holidays) -> datetime:
    """When the clock of something that was asked at a moment starts to run.

    At once in working hours before the cut-off; before they begin, when they begin; else at the
    start of the next working day. `asked` must be aware; a naive time raises ValueError.
    """
    here = in_london(asked)
    if is_working_day(here.date(), holidays) and here.time() < day.cut_off:
        return here if here.time() >= day.starts else _at(here.date(), day.starts)
    return _at(add_working_days(here.date(), 1, holidays), day.starts)


def due_in_working_hours(asked: datetime, hours: int, day: WorkingDay, holidays: Holidays) -> Due:
    """When so many working hours are over, and why: bank holidays, weekends and nights left out.

    Of `hours` that end exactly with a working day the limit is the end of that day. Raises
    ValueError for no hours or fewer, or a naive time.
    """
    if hours < 1:
        raise ValueError("a clock runs for an hour at least")
    start = clock_starts(asked, day, holidays)
    on, left = start.date(), timedelta(hours=hours)
    today = _between(start.time(), day.ends)
    while left > today:
        left -= today
        on, today = add_working_days(on, 1, holidays), day.length
    began = start.time() if on == start.date() else day.starts
    at = datetime.combine(on, began, LONDON) + left
    return Due(at, _why(in_london(asked), start, hours, at))


def _why(asked: datetime, start: datetime, hours: int, at: datetime) -> str:
    unit = "working hour" if hours == 1 else "working hours"
    runs = "" if start == asked else f" The clock runs from {start:%H:%M} on {say(start.date())}."
    asked_on = f"{hours} {unit} after {asked:%H:%M} on {say(asked.date())}."
    return f"{asked_on}{runs} By {at:%H:%M} on {say(at.date())}."


def _at(on: date, clock: time) -> datetime:
    return datetime.combine(on, clock, LONDON)


def _between(first: time, last: time) -> timedelta:
    midnight = date(2000, 1, 1)
    return datetime.combine(midnight, last) - datetime.combine(midnight, first)
