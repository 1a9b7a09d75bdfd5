"""Whether a figure changed: against the period before, over time, and what changed meanwhile.

Everything is worked out of tables as their reader may see them (insight/reading): what is hidden
there is not compared, and so nothing can be worked out here.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import MINYEAR, date, timedelta

from sightline.insight.figures.base import Figure
from sightline.insight.figures.measures import Measure
from sightline.insight.periods import Period
from sightline.insight.reading import NotWholeError, Reading
from sightline.insight.series import (
    counted_of,
    halves,
    kind_of,
    old_enough,
    points_of,
    too_young,
)
from sightline.insight.whole import MONTHS, Whole
from sightline.rules.handbook.chapters import chapters
from sightline.rules.repeats import add_months
from sightline.rules.statistics.changes import Change as Changed
from sightline.rules.statistics.changes import changed_within
from sightline.rules.statistics.changes import kind_of as kind_of_rule
from sightline.rules.statistics.charts import Chart, run_chart
from sightline.rules.statistics.comparing import (
    Compared,
    Share,
    compare_counts,
    compare_shares,
)

A_YEAR = 366  # days; a longer series is compared with itself
Read = Callable[[Period], Reading]


@dataclass(frozen=True)
class Comparison:
    """One measure against other days. compared: None where it is not, and `why`."""

    measure: str
    against: str
    compared: Compared | None
    why: str = ""


HIDDEN_THERE = "A number that it needs is hidden, so that it is not compared."
YOUNG = "The record was too young then: there would be too few of them."


@dataclass(frozen=True)
class Change:
    """What can be said of change: comparisons, series with their charts, and what changed.

    young: which rows are left out because the record had only begun.
    """

    comparisons: tuple[Comparison, ...]
    series: tuple[tuple[Measure, Chart], ...]
    changed: tuple[Changed, ...]
    young: tuple[str, ...] = ()


def change_of(reading: Reading, read: Read, began: date | None = None) -> Change:
    """Return what can be said. `read` reads the same for other days; it is asked twice at most.

    began: the first day on record; what looks further back than that is not compared.
    """
    period = reading.asked.period
    of_itself = list(_of_itself(reading, began)) if _is_long(reading) else []
    others = [] if _is_long(reading) else list(_others(period))
    found = [
        one
        for words, other in others
        if other.first and (began is None or other.first >= began)
        for one in _against(reading, words, other, read, began)
    ]
    earliest = min((other.first for _, other in others if other.first), default=period.first)
    if began:
        earliest = max(earliest or began, began)
    return Change(
        comparisons=(*of_itself, *found),
        series=tuple(series_of(reading, began)),
        changed=tuple(_changed(reading, earliest)),
        young=tuple(too_young(reading, began)) if reading.figure.by_time else (),
    )


def series_of(reading: Reading, began: date | None = None) -> Iterator[tuple[Measure, Chart]]:
    """Yield each measure of a figure whose rows are stretches of time, as a run chart."""
    if reading.figure.by_time:
        for measure in reading.figure.measures:
            yield measure, run_chart(kind_of(measure), points_of(reading, measure, began))


def _is_long(reading: Reading) -> bool:
    """Whether rows of more than a year lie side by side, so that they tell of change themselves."""
    first, last = reading.asked.period.first, reading.asked.period.last
    long = first is None or last is None or (last - first).days >= A_YEAR
    return reading.figure.by_time and long


def _of_itself(reading: Reading, began: date | None) -> Iterator[Comparison]:
    for measure in reading.figure.measures:
        found = halves(kind_of(measure), points_of(reading, measure, began))
        if found:
            yield Comparison(measure.words, found.words, found.compared)


def _against(
    reading: Reading, words: str, other: Period, read: Read, began: date | None
) -> Iterator[Comparison]:
    try:
        before = read(other)
    except NotWholeError:
        return
    columns, period = reading.figure.columns, reading.asked.period
    for measure in reading.figure.measures:
        if (other.first or date.max) < old_enough(measure, began):
            yield Comparison(measure.words, f"Against {words}", None, YOUNG)
            continue
        sides = [counted_of(measure, columns, one.rows) for one in (reading, before)]
        compared = _compared(measure, sides, period, other)
        yield Comparison(measure.words, f"Against {words}", compared, HIDDEN_THERE)


def _compared(
    measure: Measure, sides: Sequence[tuple[int, int] | None], period: Period, other: Period
) -> Compared | None:
    after, before = sides
    if after is None or before is None:
        return None
    if measure.is_share:
        return compare_shares(Share(*after), Share(*before))
    return compare_counts(after[0], before[0], (_length(period), _length(other)), per="day")


def _others(period: Period) -> Iterator[tuple[str, Period]]:
    """The period before; and the same days of the year before, where less than a year is looked at:
    what has seasons is compared with its own season."""
    if not period.first or not period.last or period.first.year <= MINYEAR + 1:
        return
    before = _before(period.first, period.last)
    yield f"the period before ({before.words})", before
    if (period.last - period.first).days < 365:
        earlier = Period(_year_earlier(period.first), _year_earlier(period.last))
        if earlier != before:
            yield f"the same days a year before ({earlier.words})", earlier


def _before(first: date, last: date) -> Period:
    """As many whole months before whole months, else as many days."""
    end = first - timedelta(days=1)
    if first.day == 1 and (last + timedelta(days=1)).day == 1:
        return Period(add_months(first, -Whole(first, last).months), end)
    return Period(end - (last - first), end)


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
    rules = [one for one in chapters() if kind_of_rule(one) in figure.rests_on]
    return changed_within(
        earliest or date.min, min(reading.asked.period.last or as_at, as_at),
        about=figure.about, rules=rules, today=as_at,
    )  # fmt: skip
