"""Working days and school days: what every clock in the field counts in.

A *working day* is Monday to Friday and no bank holiday of England and Wales.
A *school day* is a working day within a school's terms on which it is not closed.

Bank holidays come with the package govuk-bank-holidays and are never fetched: a clock must give
the same answer on a machine without a network. They reach to the end of some year; after it a
bank holiday counts as an ordinary weekday, and a test fails six months before that can happen.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from govuk_bank_holidays.bank_holidays import BankHolidays

ONE_DAY = timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Holidays:
    """Bank holidays of one part of the country, and the last day for which they are known."""

    days: frozenset[date]
    known_until: date


@cache
def england_and_wales() -> Holidays:
    """The bank holidays of England and Wales bundled with govuk-bank-holidays (from gov.uk)."""
    events = BankHolidays(use_cached_holidays=True).get_holidays(
        division=BankHolidays.ENGLAND_AND_WALES
    )
    days: frozenset[date] = frozenset(event["date"] for event in events)
    return Holidays(days=days, known_until=date(max(days).year, 12, 31))


def is_working_day(day: date, holidays: Holidays) -> bool:
    """Monday to Friday and no bank holiday."""
    return day.weekday() < SATURDAY and day not in holidays.days


def add_working_days(start: date, n: int, holidays: Holidays) -> date:
    """The `n`-th working day after `start`; `start` itself is never counted, n = 0 gives it back.

    Raises ValueError for a negative `n`.
    """
    if n < 0:
        raise ValueError("working days are only counted forwards")
    day = start
    for _ in range(n):
        day = _next(day, holidays)
    return day


def _next(day: date, holidays: Holidays) -> date:
    day += ONE_DAY
    while not is_working_day(day, holidays):
        day += ONE_DAY
    return day


@dataclass(frozen=True, slots=True)
class SchoolCalendar:
    """A school's terms as (first day, last day), both included, and the days it is closed in them.

    Half-terms are gaps between terms. Closures are training days and days lost to weather or fire.
    Raises ValueError for a term that ends before it begins.
    """

    terms: tuple[tuple[date, date], ...] = ()
    closures: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        if any(last < first for first, last in self.terms):
            raise ValueError("a term ends before it begins")

    def knows(self, day: date) -> bool:
        """Whether the terms on record say anything about `day`: is it between the first and last?

        After the last term on record we cannot tell a holiday from dates nobody has entered yet.
        """
        return any(day <= last for _, last in self.terms) and any(
            first <= day for first, _ in self.terms
        )

    def is_school_day(self, day: date, holidays: Holidays) -> bool:
        """A working day, not closed, and in a term where the terms are known."""
        if day in self.closures or not is_working_day(day, holidays):
            return False
        return not self.knows(day) or any(first <= day <= last for first, last in self.terms)


@dataclass(frozen=True, slots=True)
class SchoolDay:
    """A school day; `assumed` when no term dates are known for it and any weekday would do."""

    day: date
    assumed: bool


def next_school_day(after: date, calendar: SchoolCalendar, holidays: Holidays) -> SchoolDay:
    """The first school day later than `after`, and whether that was known or assumed.

    Where terms are not known every weekday that is no bank holiday counts: to tell a closed school
    is a nuisance, to tell an open one late leaves a child without help.
    """
    day = after + ONE_DAY
    while not calendar.is_school_day(day, holidays):
        day += ONE_DAY
    return SchoolDay(day, assumed=not calendar.knows(day))
