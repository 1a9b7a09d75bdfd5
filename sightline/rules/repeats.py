"""How long since the last time: the eight bands in which repeat notifications are published.

Source: the review of Dudley's Domestic Abuse Response Team, table 3 (April 2008 to December 2012).
The table names the bands but not to which one a boundary belongs; we take each as [lower, upper):
exactly one week is "1 to 2 weeks". A month after the 31st is the last day of the next month.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Band:
    """One band: a stable id, its published words, and its upper limit in weeks or months.

    No limit at all means "and over".
    """

    id: str
    words: str
    weeks: int = 0
    months: int = 0

    def ends(self, previous: date) -> date:
        """The first day after `previous` that is past this band; date.max for the last band."""
        if self.weeks:
            return previous + timedelta(weeks=self.weeks)
        return add_months(previous, self.months) if self.months else date.max


BANDS = (
    Band("under-1-week", "Less than 1 week", weeks=1),
    Band("1-to-2-weeks", "1 to 2 weeks", weeks=2),
    Band("2-weeks-to-1-month", "2 weeks to 1 month", months=1),
    Band("1-to-3-months", "1 month to 3 months", months=3),
    Band("3-to-6-months", "3 months to 6 months", months=6),
    Band("6-months-to-1-year", "6 months to 1 year", months=12),
    Band("1-to-2-years", "1 year to 2 years", months=24),
    Band("over-2-years", "Over 2 years"),
)


def band(previous: date, this: date) -> Band:
    """The band of the time from the `previous` notification to `this` one.

    Two on one day are less than a week apart. Raises ValueError when `this` is the earlier.
    """
    if this < previous:
        raise ValueError("the previous notification is later than this one")
    return next(each for each in BANDS if this < each.ends(previous) or each is BANDS[-1])


def add_months(day: date, months: int) -> date:
    """The same day `months` later, or the last day of that month where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
