"""A figure whose rows are stretches of time, as a series, and its end against what was before.

Where a record begins, nobody has an earlier notification yet, and whatever looks back finds too
little: such rows are in no series and in no comparison (Measure.back says how far one looks back).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Min

from sightline.common.clock import local_date
from sightline.common.words import short_day
from sightline.insight.figures.base import Column
from sightline.insight.figures.measures import Measure
from sightline.insight.periods import FISCAL_APRIL
from sightline.insight.reading import Reading
from sightline.intake.models import Notification
from sightline.rules.disclosure.showing import HIDDEN, Shown
from sightline.rules.disclosure.tables import TOTALS
from sightline.rules.repeats import add_months
from sightline.rules.statistics.charts import Kind, Point
from sightline.rules.statistics.comparing import (
    Compared,
    Share,
    compare_counts,
    compare_shares,
)

DAYS = "days"  # the column of a row that says how many it covers
MONTHS_A_YEAR, QUARTERS_A_YEAR = 12, 4
FEWEST = 2  # months or quarters in each half of what is compared


@dataclass(frozen=True)
class Halves:
    """The last year of a series against the year before; of a shorter one, its two halves."""

    words: str  # "April 2026 to June 2026 against January 2026 to March 2026"
    compared: Compared


def record_began() -> date | None:
    """Return the day of the earliest notification on record; None where there is none."""
    earliest: datetime | None = Notification.objects.aggregate(first=Min("notified_at"))["first"]
    return local_date(earliest) if earliest else None


def old_enough(measure: Measure, began: date | None) -> date:
    """Return the day from which on a measure finds everything that it looks for."""
    return add_months(began, measure.back) if began else date.min


def too_young(reading: Reading, began: date | None) -> Iterator[str]:
    """Say of each measure that looks back which rows are left out, if any are."""
    for measure in reading.figure.measures:
        old = old_enough(measure, began)
        if began and measure.back and any(_starts(row[0]) < old for row in reading.rows):
            yield (
                f"{measure.words}: the record begins on {short_day(began)}, so that rows which "
                f"begin before {short_day(old)} have too few. They are not drawn, and compared "
                "with nothing."
            )


def kind_of(measure: Measure) -> Kind:
    return Kind.SHARE if measure.is_share else Kind.COUNT


def points_of(reading: Reading, measure: Measure, began: date | None = None) -> list[Point]:
    """Return a measure row by row. What is hidden, and what is too young, is left out."""
    old = old_enough(measure, began)
    rows = [row for row in reading.rows if _starts(row[0]) >= old]
    return [point for row in rows if (point := _point(reading.figure.columns, measure, row))]


def _point(columns: Sequence[Column], measure: Measure, row: Sequence[Shown]) -> Point | None:
    counted = counted_of(measure, columns, [row])
    if counted is None:
        return None
    part, of = counted
    return Point(str(row[0]), part, of if measure.is_share else _days(columns, row))


def _days(columns: Sequence[Column], row: Sequence[Shown]) -> int:
    """How many days a row covers; 1, as of all rows alike, where it does not say."""
    found = [cell for column, cell in zip(columns, row, strict=True) if column.name == DAYS]
    return int(found[0]) if found and isinstance(found[0], int | Decimal) else 1


def counted_of(
    measure: Measure, columns: Sequence[Column], rows: Sequence[Sequence[Shown]]
) -> tuple[int, int] | None:
    """The measure of these rows, of their total where there is one; None if any of it is hidden."""
    total = [row for row in rows if row and str(row[0]).lower() in TOTALS]
    taken = [("", *row[1:]) for row in total] if total and measure.of_all_rows else rows
    wanted = {measure.part, measure.whole} - {""}
    places = [at for at, column in enumerate(columns) if column.name in wanted]
    if any(row[at] == HIDDEN for row in taken for at in places):
        return None
    return measure.of(columns, [tuple(row) for row in taken])


def halves(kind: Kind, points: Sequence[Point]) -> Halves | None:
    """Compare the end of a series with what was before; None where it is too short."""
    a_year = _rows_a_year(points[0].label) if points else 0
    after, before = _by_years(points) if points else ([], [])
    but = ", without rows that are hidden" if len(before) < a_year or len(after) < a_year else ""
    if 2 * len(before) < a_year:
        (after, before), but = _in_two(points), ""
    if len(before) < min(FEWEST, a_year) or not before:
        return None
    (part, of), (earlier, out_of) = _sum(after), _sum(before)
    if kind is Kind.SHARE:
        compared = compare_shares(Share(part, of), Share(earlier, out_of))
    else:
        compared = compare_counts(part, earlier, (of, out_of), per="day")
    return Halves(f"{_stretch(after)} against {_stretch(before)}{but}", compared)


def _by_years(points: Sequence[Point]) -> tuple[list[Point], list[Point]]:
    """The rows of the last year, and those of the year before it."""
    last = _starts(points[-1].label)
    one, two = (add_months(last, -MONTHS_A_YEAR * years) for years in (1, 2))
    after = [point for point in points if _starts(point.label) > one]
    return after, [point for point in points if two < _starts(point.label) <= one]


def _in_two(points: Sequence[Point]) -> tuple[list[Point], list[Point]]:
    middle, odd = len(points) - len(points) // 2, len(points) % 2
    return list(points[middle:]), list(points[odd:middle])


def _sum(points: Sequence[Point]) -> tuple[int, int]:
    return int(sum(point.number for point in points)), int(sum(point.of for point in points))


def _stretch(points: Sequence[Point]) -> str:
    """ "April 2026 to September 2026", of quarters by their names as of months."""
    first = points[0].label.split(" - ")[0]
    last = points[-1].label.split(" - ")[-1]
    return first if first == last else f"{first} to {last}"


def _rows_a_year(label: str) -> int:
    """How many rows of this kind a year has; 0 for what is no stretch of the calendar."""
    if _month_of(label) is None:
        return 1 if _year_of(label) is not None else 0
    return QUARTERS_A_YEAR if " - " in label else MONTHS_A_YEAR


def _starts(label: Shown) -> date:
    """The day on which the stretch of a row begins; the end of time for what is no stretch."""
    return _month_of(str(label)) or _year_of(str(label)) or date.max


def _month_of(label: str) -> date | None:
    try:
        return datetime.strptime(label.split(" - ")[0].split(" (")[0], "%B %Y").date()  # noqa: DTZ007
    except ValueError:
        return None


def _year_of(label: str) -> date | None:
    """Of "2025-26" the first of April."""
    first, _, last = label.split(" (")[0].partition("-")
    if len(first) == 4 and len(last) == 2 and (first + last).isdecimal():
        return date(int(first), FISCAL_APRIL, 1)
    return None
