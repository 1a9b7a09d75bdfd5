"""Whole months, quarters and years (April to March): the days that outsiders may ask for."""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sightline.insight.periods import FISCAL_APRIL, Period, financial_year, reporting_span

MONTHS = 12
QUARTER = 3


@dataclass(frozen=True, order=True)
class Whole:
    """A month, a quarter or a year, by its first and its last day, both included."""

    first: date
    last: date

    @property
    def months(self) -> int:
        return (self.last.year - self.first.year) * MONTHS + self.last.month - self.first.month + 1

    @property
    def name(self) -> str:
        """What tables call it: "May 2026", "April 2026 - June 2026", "2026-27"."""
        if self.months == 1:
            return f"{self.first:%B %Y}"
        if self.months == MONTHS:
            return financial_year(self.first.year).name
        return f"{self.first:%B %Y} - {self.last:%B %Y}"

    def holds(self, other: "Whole") -> bool:
        """Whether another lies in it."""
        return self.first <= other.first and other.last <= self.last

    @property
    def step(self) -> int:
        """The month of its year, April being 1, after which it can be known."""
        return (self.last.month - FISCAL_APRIL) % MONTHS + 1

    @property
    def period(self) -> Period:
        return Period(self.first, self.last)

    @property
    def year(self) -> "Whole":
        """The year, April to March, in which it lies."""
        return year(self.first.year - (self.first.month < FISCAL_APRIL))


def year(starts_in: int) -> Whole:
    span = financial_year(starts_in)
    return Whole(span.first, span.last)


def month(day: date) -> Whole:
    """Return the month in which a day lies."""
    _, last = monthrange(day.year, day.month)
    return Whole(day.replace(day=1), day.replace(day=last))


def quarter(day: date) -> Whole:
    """Return the quarter of the calendar in which a day lies."""
    first = date(day.year, day.month - (day.month - 1) % QUARTER, 1)
    return Whole(first, month(_later(first, QUARTER - 1)).last)


def whole(period: Period) -> Whole | None:
    """Return the month, quarter or year that a period is; None where it is none of them."""
    if not (period.first and period.last):
        return None
    asked = Whole(period.first, period.last)
    first = period.first
    known = (month(first), quarter(first), Whole(first, asked.last).year)
    return asked if asked in known else None


def family(of: Whole, over: date, *, months: bool) -> list[Whole]:
    """Return the quarters of a year, the year, and the months if asked, that end by `over`."""
    starts = [_later(of.first, number) for number in range(MONTHS)]
    found = [quarter(first) for first in starts[::QUARTER]] + [of]
    if months:
        found += [month(first) for first in starts]
    return [each for each in found if each.last <= over]


def made_of(spans: list[Whole]) -> Mapping[str, tuple[str, ...]]:
    """Return which of some spans a longer one of them is made of: a year of its quarters."""
    below = {QUARTER: 1, MONTHS: QUARTER}
    return {
        long.name: tuple(
            short.name for short in spans
            if short.months == below[long.months] and long.first <= short.first <= long.last
        )
        for long in spans if long.months in below
    }  # fmt: skip


def years(first: date, last: date) -> Iterator[Whole]:
    """Yield the years in which some days lie, in their order."""
    at = month(first).year
    while at.first <= last:
        yield at
        at = year(at.first.year + 1)


def _later(first: date, months: int) -> date:
    at, month_of = divmod(first.year * MONTHS + first.month - 1 + months, MONTHS)
    return date(at, month_of + 1, 1)


def named(spans: list[Whole]) -> Mapping[str, Whole]:
    """Return spans by what tables call them, the published half-years among them."""
    found = {span.name: span for span in spans}
    for span in spans:
        published = reporting_span(span.first)
        found.setdefault(published.name, Whole(published.first, published.last))
    return found
