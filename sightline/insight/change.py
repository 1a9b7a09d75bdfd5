"""Whether a figure changed: against the period before, over time, and what changed meanwhile.

Everything is worked out of tables as their reader may see them (insight/reading): what is hidden
there is not compared, and so nothing can be worked out here.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import MINYEAR, date, timedelta

from sightline.insight.figures.base import Column, Figure
from sightline.insight.figures.measures import Measure
from sightline.insight.periods import Period
from sightline.insight.reading import NotWholeError, Reading
from sightline.insight.whole import MONTHS, Whole, month, quarter, whole, year
from sightline.rules.disclosure.showing import HIDDEN, Shown
from sightline.rules.disclosure.tables import TOTALS
from sightline.rules.handbook.chapters import chapters
from sightline.rules.repeats import add_months
from sightline.rules.statistics.changes import Change as Changed
from sightline.rules.statistics.changes import changed_within, kind_of
from sightline.rules.statistics.charts import Chart, Kind, Point, run_chart
from sightline.rules.statistics.comparing import (
    Compared,
    Share,
    compare_counts,
    compare_shares,
)

DAYS = "days"  # the column of a row that says how many it covers
Read = Callable[[Period], Reading]


@dataclass(frozen=True)
class Comparison:
    """One measure against another period. compared: None where something of it is hidden."""

    measure: str
    against: str
    compared: Compared | None


@dataclass(frozen=True)
class Change:
    """What can be said of change: comparisons, series with their charts, and what changed."""

    comparisons: tuple[Comparison, ...]
    series: tuple[tuple[Measure, Chart], ...]
    changed: tuple[Changed, ...]


def change_of(reading: Reading, read: Read) -> Change:
    """Return what can be said. `read` reads the same for other days; it is asked twice at most."""
    period = reading.asked.period
    others = list(_others(period))
    found = [one for words, other in others for one in _against(reading, words, other, read)]
    earliest = min((other.first for _, other in others if other.first), default=period.first)
    return Change(
        comparisons=tuple(found),
        series=tuple(series_of(reading)),
        changed=tuple(_changed(reading, earliest)),
    )


def series_of(reading: Reading) -> Iterator[tuple[Measure, Chart]]:
    """Yield each measure of a figure whose rows are stretches of time, as a run chart.

    A row with something hidden is left out of its measure's series.
    """
    if reading.figure.by_time:
        for measure in reading.figure.measures:
            kind = Kind.SHARE if measure.is_share else Kind.COUNT
            yield measure, run_chart(kind, list(_points(reading, measure)))


def _points(reading: Reading, measure: Measure) -> Iterator[Point]:
    columns = reading.figure.columns
    days = next((at for at, column in enumerate(columns) if column.name == DAYS), None)
    for row in reading.rows:
        counted = _counted(measure, columns, [row])
        if counted is None:
            continue
        part, of = counted
        if not measure.is_share:
            of = int(str(row[days])) if days is not None and row[days] != HIDDEN else 1
        yield Point(str(row[0]), part, of)


def _against(reading: Reading, words: str, other: Period, read: Read) -> Iterator[Comparison]:
    try:
        before = read(other)
    except NotWholeError:
        return
    columns, period = reading.figure.columns, reading.asked.period
    for measure in reading.figure.measures:
        sides = [_counted(measure, columns, one.rows) for one in (reading, before)]
        yield Comparison(measure.words, words, _compared(measure, sides, period, other))


def _compared(
    measure: Measure, sides: Sequence[tuple[int, int] | None], period: Period, other: Period
) -> Compared | None:
    after, before = sides
    if after is None or before is None:
        return None
    if measure.is_share:
        return compare_shares(Share(*after), Share(*before))
    return compare_counts(after[0], before[0], (_length(period), _length(other)), per="day")


def _counted(
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


def _others(period: Period) -> Iterator[tuple[str, Period]]:
    """The period before; and the same days of the year before, where less than a year is looked at:
    what has seasons is compared with its own season."""
    if not period.first or not period.last or period.first.year <= MINYEAR + 1:
        return
    span = whole(period)
    before = _before(span).period if span else _as_long(period.first, period.last)
    yield f"the period before ({before.words})", before
    if (period.last - period.first).days < 365:
        earlier = Period(_year_earlier(period.first), _year_earlier(period.last))
        if earlier != before:
            yield f"the same days a year before ({earlier.words})", earlier


def _before(span: Whole) -> Whole:
    day = span.first - timedelta(days=1)
    if span.months == MONTHS:
        return year(span.first.year - 1)
    return month(day) if span.months == 1 else quarter(day)


def _as_long(first: date, last: date) -> Period:
    return Period(first - (last - first) - timedelta(days=1), first - timedelta(days=1))


def _year_earlier(day: date) -> date:
    """The same day a year earlier; the last of a month stays its last, leap years or not."""
    return add_months(day + timedelta(days=1), -MONTHS) - timedelta(days=1)


def _length(period: Period) -> int:
    """How many days; periods that are compared have both ends."""
    return ((period.last or date.max) - (period.first or date.min)).days + 1


def _changed(reading: Reading, earliest: date | None) -> list[Changed]:
    """What changed between the beginning of what is compared and the last day that is counted."""
    figure: Figure = reading.figure
    as_at = reading.as_at.date()
    rules = [one for one in chapters() if kind_of(one) in figure.rests_on]
    return changed_within(
        earliest or date.min, min(reading.asked.period.last or as_at, as_at),
        about=figure.about, rules=rules, today=as_at,
    )  # fmt: skip
