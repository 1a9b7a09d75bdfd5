"""A figure prepared for its page."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup

from sightline.common.clock import local_date
from sightline.common.words import moment, plural, short_day
from sightline.insight.change import Change, Comparison
from sightline.insight.charts.kinds import of_series
from sightline.insight.figures.base import Figure
from sightline.insight.periods import Period
from sightline.insight.printing import written
from sightline.insight.reading import Reading, closed
from sightline.insight.whole import month, quarter, year
from sightline.rules.disclosure.showing import HIDDEN


@dataclass(frozen=True)
class Shown:
    """A counted figure: the table's caption, columns and cells, and what explains them."""

    caption: str
    columns: list[dict[str, Any]]
    rows: list[list[str]]
    about: list[tuple[str, str]]
    notes: list[str]
    is_empty: bool
    is_protected: bool


def shown(reading: Reading, part: str = "") -> Shown:
    """Prepare what somebody may see of a figure. `part`: which part of it; "" for everything."""
    figure, period = reading.figure, reading.asked.period
    of = f" ({part})" if part else ""
    as_rows = _as_rows(reading)
    return Shown(
        caption=f"{as_rows(figure.name)}{of}, for {period.words}",
        columns=[
            {"text": as_rows(column.words) if at == 0 else column.words, "numeric": column.numeric}
            for at, column in enumerate(figure.columns)
        ],
        rows=[[written(cell) for cell in row] for row in reading.rows],
        about=[("As at", moment(reading.as_at)), *_counted_from(reading)],
        notes=[*_hidden(reading), *figure.notes_on([tuple(row) for row in reading.rows])],
        is_empty=reading.is_empty,
        is_protected=reading.policy is not None,
    )


def _as_rows(reading: Reading) -> Callable[[str], str]:
    """Of a part, whoever sees no records is shown quarters where the figure is by month: what
    rewords it so."""
    if reading.figure.by_time and any(" - " in str(row[0]) for row in reading.rows):
        return lambda words: words.replace("Month", "Quarter").replace("by month", "by quarter")
    return str


def _counted_from(reading: Reading) -> list[tuple[str, str]]:
    if reading.records is None:
        return []
    one, many = reading.figure.records
    return [("Counted from", plural(reading.records, one, many))]


def _hidden(reading: Reading) -> list[str]:
    """What a reader must know of what is hidden."""
    if not reading.policy or not reading.hides:
        return []
    return [
        f"{HIDDEN} stands for a number that is hidden: it is under {reading.policy.threshold}, or"
        f" one that is could be worked out of it ({reading.policy.key})."
    ]


@dataclass(frozen=True)
class ChangeShown:
    """What can be said of change, in words: by comparison, by series, and of rules.

    answer: the first comparison in a few words, "" where there is none; what is asked first and has
    only begun is never answered by something else. chart: the first series.
    """

    compared: list[tuple[str, list[tuple[str, str]]]]
    series: list[tuple[str, tuple[str, ...]]]
    changed: list[tuple[str, str]]
    young: tuple[str, ...]
    answer: str
    chart: Markup | None


def change_shown(change: Change) -> ChangeShown:
    """Put what can be said of change into words, by what it is compared with."""
    against = dict.fromkeys(one.against for one in change.comparisons)
    return ChangeShown(
        compared=[
            (words, [_comparison(one) for one in change.comparisons if one.against == words])
            for words in against
        ],
        series=[(measure.words, chart.words) for measure, chart in change.series],
        changed=[(short_day(one.on), f"{one.words} ({one.source})") for one in change.changed],
        young=change.young,
        answer=_answer(change),
        chart=_chart(change),
    )


def _comparison(one: Comparison) -> tuple[str, str]:
    return one.measure, one.compared.words if one.compared else one.why


def _answer(change: Change) -> str:
    """ "Repeats: up 3.1 percentage points, a real rise"."""
    said = [one for one in change.comparisons if one.compared and one.compared.interval]
    first = change.series[0][0].words if change.series else ""
    if first and change.young and first not in {one.measure for one in said[:1]}:
        return f"{first}: too early to tell"
    if not said or not said[0].compared:
        return ""
    short = said[0].compared.short
    return f"{said[0].measure}: {short[0].lower()}{short[1:]}"


def _chart(change: Change) -> Markup | None:
    """The first series that has a course to draw."""
    for measure, chart in change.series:
        if len(chart.points) > 1:
            unit = " (per cent)" if measure.is_share else ""
            return of_series(chart, measure.words, f"{measure.words.split(',')[0]}{unit}")
    return None


def choices(at: datetime) -> list[tuple[str, str]]:
    """Return days that are often asked for: words, and the query that asks for them."""
    over = local_date(closed(at)) - timedelta(days=1)
    this = month(over).year
    known = (quarter(over), quarter(quarter(over).first - timedelta(days=1)), this)
    spans = [span for span in known if span.last <= over]
    spans += [year(this.first.year - number) for number in (1, 2)]
    return [(span.name, urlencode(days_of(span.period))) for span in spans]


def days_of(period: Period) -> dict[str, int]:
    """Return a period as the form of its days sends it."""
    return {
        f"{name}-{part}": getattr(day, part)
        for name, day in (("first", period.first), ("last", period.last)) if day
        for part in ("day", "month", "year")
    }  # fmt: skip


def definition(figure: Figure) -> list[tuple[str, str]]:
    """Return the definition of a figure as rows of a summary."""
    return [
        ("Who is counted", figure.who),
        ("Dates", figure.dates),
        ("Repeats", figure.repeat),
        ("Source of the definition", figure.source),
    ]
