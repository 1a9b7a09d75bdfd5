"""The stretches of the calendar over which figures are counted. All days are days in London."""

from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, datetime, time, timedelta
from functools import lru_cache

from django.utils import timezone

FIRST, LAST = date(MINYEAR, 1, 1), date(MAXYEAR, 12, 31)
ALWAYS = "-infinity", "infinity"  # as PostgreSQL calls the ends of time
MONTHS_A_QUARTER = 3
FISCAL_APRIL = 4

# The rows of the review's table 4: half-years and a year first, quarters later.
_AS_PUBLISHED = (
    (date(2009, 10, 1), date(2010, 3, 31)),
    (date(2010, 4, 1), date(2011, 3, 31)),
    (date(2011, 4, 1), date(2011, 9, 30)),
)


@dataclass(frozen=True)
class Period:
    """Days from `first` to `last`, both included. None: no limit on that side."""

    first: date | None = None
    last: date | None = None

    def moments(self) -> tuple[datetime | str, datetime | str]:
        """Return the moment it begins and the moment it is over, as query parameters."""
        began, never = ALWAYS
        return (
            _midnight(self.first) if self.first else began,
            _midnight(self.last + timedelta(days=1)) if self.last else never,
        )

    @property
    def words(self) -> str:
        """The period in words, to be read after "for"."""
        if self.first and self.last:
            return f"{_day(self.first)} to {_day(self.last)}"
        if self.first:
            return f"{_day(self.first)} onwards"
        return f"everything up to {_day(self.last)}" if self.last else "the whole record"


@dataclass(frozen=True, order=True)
class Span:
    """A named stretch of the calendar that is a row of a table."""

    first: date
    last: date
    name: str

    def label(self, period: Period) -> str:
        """Return its name; where `period` holds only part of it, which part."""
        first, last = max(self.first, period.first or FIRST), min(self.last, period.last or LAST)
        if (first, last) == (self.first, self.last):
            return self.name
        return f"{self.name} (only {_day(first)} to {_day(last)})"


def financial_year(starts_in: int) -> Span:
    """Return the financial year of a council that starts in April of that year: "2009-10"."""
    return Span(
        date(starts_in, FISCAL_APRIL, 1), date(starts_in + 1, FISCAL_APRIL - 1, 31),
        f"{starts_in}-{(starts_in + 1) % 100:02}",
    )  # fmt: skip


def reporting_span(day: date) -> Span:
    """Return the span that holds `day`: one that was published, or its calendar quarter.

    Source of the published ones: Dudley Safeguarding Children Board, review of the Domestic
    Abuse Response Team, table 4 (October 2009 to December 2012); its last five rows are quarters.
    """
    return _span_of_month(day.replace(day=1))  # they begin and end with months


@lru_cache(1200)
def _span_of_month(day: date) -> Span:
    for first, last in _AS_PUBLISHED:
        if first <= day <= last:
            return _by_months(first, last)
    first = date(day.year, day.month - (day.month - 1) % MONTHS_A_QUARTER, 1)
    return _by_months(first, _month_after(first, MONTHS_A_QUARTER) - timedelta(days=1))


def _by_months(first: date, last: date) -> Span:
    return Span(first, last, f"{first:%B %Y} - {last:%B %Y}")


def _month_after(first: date, months: int) -> date:
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(year, month + 1, 1)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
