"""Tables counted from the three files by plain counting, knowing nothing of how they were made."""

import csv
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

Row = dict[str, str]

PERIODS = {
    "October 2009 - March 2010": ("2009-10-01", "2010-03-31"),
    "April 2010 - March 2011": ("2010-04-01", "2011-03-31"),
    "April 2011 - September 2011": ("2011-04-01", "2011-09-30"),
    "October 2011 - December 2011": ("2011-10-01", "2011-12-31"),
    "January 2012 - March 2012": ("2012-01-01", "2012-03-31"),
    "April 2012 - June 2012": ("2012-04-01", "2012-06-30"),
    "July 2012 - September 2012": ("2012-07-01", "2012-09-30"),
    "October 2012 - December 2012": ("2012-10-01", "2012-12-31"),
}
YEARS = {
    "2009-10": ("2009-04-01", "2010-03-31"),
    "2010-11": ("2010-04-01", "2011-03-31"),
    "2011-12": ("2011-04-01", "2012-03-31"),
}
BANDS = (
    "Less than 1 week",
    "1 to 2 weeks",
    "2 weeks to 1 month",
    "1 month to 3 months",
    "3 months to 6 months",
    "6 months to 1 year",
    "1 year to 2 years",
    "Over 2 years",
)
KINDS = (
    "initial_assessment",
    "core_assessment",
    "section_47",
    "initial_conference",
    "child_protection_plan",
    "looked_after",
)


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def children(rows: list[Row]) -> list[Row]:
    return [row for row in rows if row["role"] == "child"]


def notified_on(row: Row) -> date:
    """The date of the notification on a clock in London."""
    moment = datetime.fromisoformat(row["notified_at"])
    return moment.astimezone(ZoneInfo("Europe/London")).date()


def normalised_address(row: Row) -> str:
    return " ".join(f"{row['address']} {row['postcode']}".casefold().replace(",", " ").split())


def table1(rows: list[Row]) -> list[tuple[str, ...]]:
    return _by_size(Counter(row["nhs_number"] for row in children(rows)))


def table2(rows: list[Row]) -> list[tuple[str, ...]]:
    visits = {(normalised_address(row), row["reference"]) for row in children(rows)}
    return _by_size(Counter(address for address, _ in visits))


def _by_size(notifications: Counter[str]) -> list[tuple[str, ...]]:
    sizes = Counter(notifications.values())
    assert max(sizes) <= 13
    table = [(str(n), str(sizes[n]), str(n * sizes[n])) for n in range(1, 14)]
    return [*table, ("total", str(len(notifications)), str(notifications.total()))]


def moments_by_child(rows: list[Row]) -> dict[str, list[datetime]]:
    moments: dict[str, list[datetime]] = defaultdict(list)
    for row in children(rows):
        moments[row["nhs_number"]].append(datetime.fromisoformat(row["notified_at"]))
    return {child: sorted(times) for child, times in moments.items()}


def table3(rows: list[Row], band: Callable[[datetime, datetime], int]) -> list[tuple[str, ...]]:
    found = Counter(
        BANDS[band(earlier, later)]
        for times in moments_by_child(rows).values()
        for earlier, later in pairwise(times)
    )
    total = found.total()
    table = [(name, str(found[name]), share(found[name], total)) for name in BANDS]
    return [*table, ("Grand Total", str(total), share(total, total))]


def by_calendar(earlier: datetime, later: datetime) -> int:
    """Half-open bands of dates in London: 7 and 14 days, then calendar months."""
    first, second = _london(earlier), _london(later)
    limits = [first + timedelta(days=7), first + timedelta(days=14)]
    limits += [months_after(first, months) for months in (1, 3, 6, 12, 24)]
    return sum(second >= limit for limit in limits)


def by_thirty_days(earlier: datetime, later: datetime) -> int:
    """Bands of hours passed, a month being 30 days and a limit belonging to the lower band."""
    days = (later - earlier) / timedelta(days=1)
    return sum(days > limit for limit in (7, 14, 30, 90, 180, 360, 720))


def by_average_month(earlier: datetime, later: datetime) -> int:
    """Bands of UTC dates, a month being 30.44 days."""
    days = later.astimezone(ZoneInfo("UTC")).date() - earlier.astimezone(ZoneInfo("UTC")).date()
    return sum(days.days >= limit for limit in (7, 14, 30.44, 91.3, 182.6, 365.25, 730.5))


def _london(moment: datetime) -> date:
    return moment.astimezone(ZoneInfo("Europe/London")).date()


def months_after(day: date, months: int) -> date:
    year, month = divmod(day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(day.year + year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def table4(decisions: list[Row]) -> list[tuple[str, ...]]:
    table = []
    for period, (starts, ends) in PERIODS.items():
        scales = Counter(r["scale"] for r in decisions if starts <= r["decided_on"] <= ends)
        if scales:
            table.append((period, *(share(scales[s], scales.total()) for s in "1234")))
    return table


def table5(rows: list[Row], events: list[Row]) -> list[tuple[str, ...]]:
    year_of = {row["reference"]: year_at(notified_on(row)) for row in rows}
    contacts = Counter(year_of[row["reference"]] for row in children(rows))
    followed = Counter((year_of[e["notification_reference"]], e["kind"]) for e in events)
    return [_outcomes(year, contacts[year], followed) for year in YEARS]


def _outcomes(year: str, contacts: int, followed: Counter[Any]) -> tuple[str, ...]:
    cells = [str(contacts)]
    for kind in KINDS[:4]:
        cells += [str(followed[year, kind]), share(followed[year, kind], contacts)]
    return (year, *cells, *(str(followed[year, kind]) for kind in KINDS[4:]))


def year_at(day: date) -> str:
    starts = day.year if day.month >= 4 else day.year - 1
    return f"{starts}-{(starts + 1) % 100:02}"


def share(count: int, of: int) -> str:
    """A percentage with one decimal, rounded half up."""
    exact = Decimal(100 * count) / Decimal(of)
    return str(exact.quantize(Decimal("0.1"), ROUND_HALF_UP))
