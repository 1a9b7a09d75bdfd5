"""The panels: each a question, what the figures answer, a chart and the table it is drawn from."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from sightline.common.clock import local_date
from sightline.insight.charts.kinds import Bars, of_bars, of_series
from sightline.insight.dashboards.reader import Reader, column, number, place
from sightline.insight.periods import Period
from sightline.insight.presenters import days_of, shown
from sightline.insight.reading import Reading, closed
from sightline.insight.series import halves, kind_of, points_of, too_young
from sightline.insight.whole import quarter
from sightline.rules.disclosure.tables import TOTALS
from sightline.rules.statistics.charts import Kind, Point, run_chart

QUARTERS = 8
MOST = 25  # rows that are drawn; the table has them all


@dataclass(frozen=True)
class Panel:
    """One question answered, in a few words if it can be (`short`). `chart` is None where there is
    nothing to draw."""

    question: str
    answer: tuple[str, ...]
    chart: Markup | None
    caption: str
    columns: list[dict[str, Any]]
    rows: list[list[str]]
    figure: str
    days: dict[str, int]
    notes: tuple[str, ...] = ()
    short: str = ""


Making = Callable[[Reader], Panel]
NOTHING = "There is nothing on record for these days. Choose other days above."


@dataclass(frozen=True)
class InSeries:
    """A question that a series answers: the measure of a figure in the columns `part` and `whole`.

    `kept`: the columns of its table that stay beside the chart. `lately`: over the usual days, long
    enough to see a change in, whatever days are asked for.
    """

    question: str
    figure: str
    axis: str
    kept: tuple[str, ...]
    part: str
    whole: str = ""
    lately: bool = True

    def __call__(self, reader: Reader) -> Panel:
        ask = reader.lately if self.lately else reader.reading
        reading = ask(self.figure)
        measure = next(
            one
            for one in reading.figure.measures
            if (one.part, one.whole) == (self.part, self.whole)
        )
        points = points_of(reading, measure, reader.began)
        panel = _series(self.question, reading, kind_of(measure), points, self.axis, self.kept)
        young = tuple(said for said in too_young(reading, reader.began) if measure.back)
        return replace(panel, notes=(*young[-1:], *panel.notes))


repeats = InSeries(
    "Are repeats going up?", "trend.months", "Repeats within twelve months (per cent)",
    ("contacts", "within_year", "within_year_pct"), "within_year", "contacts",
)  # fmt: skip
quarters = replace(repeats, figure="trend.quarters", lately=False)
notifications = InSeries(
    "Are more children notified?", "trend.months", "Children’s notifications",
    ("days", "contacts", "notifications"), "contacts",
)  # fmt: skip
voice = InSeries(
    "Is what the child said written down?", "s3.voice_months",
    "Words recorded (per cent of children)", ("children", "words", "words_pct"),
    "words", "children",
)  # fmt: skip


def told(reader: Reader) -> Panel:
    """Messages to schools that came before nine, quarter by quarter."""
    question = "Was the school told before nine?"
    readings = reader.of_each("s4.told_by_day", _quarters(reader))
    if not readings:
        return _panel(question, reader.reading("s4.told_by_day"), (NOTHING,), None, ())
    whole = _in_quarters(readings)
    kept = ("messages", "told", "before_bell", "before_bell_pct")
    points = list(_shares(whole, "before_bell", "messages"))
    axis = "Told before the bell (per cent of messages)"
    panel = _series(question, whole, Kind.SHARE, points, axis, kept)
    return replace(panel, columns=[{"text": "Quarter", "numeric": False}, *panel.columns[1:]])


def _in_quarters(readings: Sequence[Reading]) -> Reading:
    """The totals of several quarters as the rows of one table."""
    spans = [quarter(each.asked.period.first or date.min) for each in readings]
    rows = [
        [span.name, *row[1:]]
        for span, each in zip(spans, readings, strict=True)
        for row in each.rows
        if str(row[0]).lower() in TOTALS
    ]
    asked = replace(readings[0].asked, period=Period(spans[0].first, spans[-1].last))
    return replace(readings[0], asked=asked, rows=rows)


@dataclass(frozen=True)
class InBars:
    """A question that bars answer. `series`: columns of the figure and what they are called.

    `labels`: how many first cells name a bar. `answer`: the sentence; without one, the sums.
    """

    question: str
    figure: str
    axis: str
    series: Mapping[str, str]
    labels: int = 1
    stacked: bool = False
    answer: Callable[[Reading], str] | None = None

    def __call__(self, reader: Reader) -> Panel:
        reading = reader.reading(self.figure)
        values = list(self._values(reading))
        if not values:
            return _panel(self.question, reading, (NOTHING,), None, self.series)
        said = " ".join(f"{label}: {words} {_words(cell)}." for label, words, cell in values[:60])
        svg = of_bars(Bars(values, self.axis, self.stacked), self.question, said)
        answer = self.answer(reading) if self.answer else _sums(reading, self.series)
        return _panel(self.question, reading, (answer,), svg, self.series)

    def _values(self, reading: Reading) -> Iterator[tuple[str, str, float | None]]:
        places = {name: place(reading.figure, name) for name in self.series}
        alike = self.labels > 1 and len({row[0] for row in reading.rows}) == 1
        for row in reading.rows[:MOST]:
            if str(row[0]).lower() not in ("total", "grand total"):
                label = ", ".join(map(str, row[alike : self.labels]))
                for name, words in self.series.items():
                    if (cell := row[places[name]]) is not None:
                        yield label, words, _drawn(cell)


def _serious(reading: Reading) -> str:
    last = reading.rows[-1]
    return f"In {last[0]}, {_spoken(last[3:])} in 100 decisions were at scale 3 or 4."


def _named_once(reading: Reading) -> str:
    found = {str(row[0]): row[1] for row in reading.rows}
    total, once = (_words(found.get(row)) for row in ("total", "1"))
    return f"Of {total}, {once} were named once in these days."


def _bands(reading: Reading) -> str:
    return "Each bar counts repeats by the time since the child’s notification before."


done = InBars(
    "What was recommended, and what was done?", "done.outcomes", "Children",
    {"decided": "Recommended", "started": "Started", "completed": "Completed",
     "began": "Recorded as begun by social care or early help"},
)  # fmt: skip
behind = InBars(
    "Which agency is behind with what it agreed to?", "done.agencies", "Actions",
    {"agreed": "Agreed", "completed": "Completed", "overdue": "Overdue now"}, labels=2,
)  # fmt: skip
asked = InBars(
    "Do agencies answer in time?", "research.asked", "Questions",
    {"in_time": "In time", "late": "Late", "never": "Not answered, and late"}, labels=2,
)  # fmt: skip
risk = InBars(
    "How serious is what children live with?", "s0.table4", "Per cent of decisions",
    {"scale1_nfa": "Scale 1", "scale2_caf": "Scale 2", "scale3_ia": "Scale 3",
     "scale4_s47": "Scale 4"},
    stacked=True, answer=_serious,
)  # fmt: skip
often = InBars(
    "How many children, and how often each?", "s0.table1", "Children",
    {"children": "Children"}, answer=_named_once,
)  # fmt: skip
households = InBars(
    "How many households, and how often each?", "s0.table2", "Households",
    {"households": "Households"}, answer=_named_once,
)  # fmt: skip
followed = InBars(
    "What followed contacts in children’s social care?", "s0.table5", "Contacts that led to it",
    {"initial": "Initial assessment", "core": "Core assessment", "s47": "Section 47 enquiry",
     "icc": "Initial conference", "cpp": "Child protection plan"},
)  # fmt: skip
told_by_day = InBars(
    "Was the school told before nine, whatever the day?", "s4.told_by_day", "Messages",
    {"messages": "Messages", "before_bell": "Told before the bell"},
)  # fmt: skip
gaps = InBars(
    "How soon does it happen again?", "s0.table3", "Repeats", {"repeats": "Repeats"}, answer=_bands
)
waits = InBars(
    "Where do children and families wait?", "s4.times", "Steps",
    {"done": "Done", "waiting": "Waiting"}, labels=2,
)  # fmt: skip
late = InBars(
    "Do notifications come in time?", "quality.arrival", "Notifications",
    {"notifications": "All", "late": "After 24 hours or more",
     "very_late": "After 72 hours or more"},
)  # fmt: skip
missing = InBars(
    "What do notifications not say?", "quality.completeness", "Times missing",
    {"missing": "Missing"}, labels=2,
)  # fmt: skip


def _quarters(reader: Reader) -> list[Period]:
    """The last eight whole quarters, oldest first."""
    found: list[Period] = []
    over = quarter(local_date(closed(reader.now)) - timedelta(days=1))
    if over.last >= local_date(closed(reader.now)):
        over = quarter(over.first - timedelta(days=1))
    for _ in range(QUARTERS):
        found.append(over.period)
        over = quarter(over.first - timedelta(days=1))
    return found[::-1]


def _shares(reading: Reading, part: str, whole: str) -> Iterator[Point]:
    cells = zip(reading.rows, column(reading, part), column(reading, whole), strict=True)
    for row, some, all_of_them in cells:
        if (many := number(some)) is not None and number(all_of_them):
            yield Point(str(row[0]), many, int(number(all_of_them) or 0))


def _series(
    question: str,
    reading: Reading,
    kind: Kind,
    points: Sequence[Point],
    axis: str,
    kept: Collection[str],
) -> Panel:
    chart = run_chart(kind, points)
    svg = of_series(chart, question, axis) if chart.points else None
    found = halves(kind, points)
    said = (f"{found.words}: {found.compared.words}",) if found else ()
    panel = _panel(question, reading, (*said, *chart.words), svg, kept)
    return replace(panel, short=found.compared.short if found else "")


def _drawn(cell: Any) -> float | None:
    return float(cell) if isinstance(cell, int | Decimal) else None


def _sums(reading: Reading, series: Mapping[str, str]) -> str:
    """The numbers of all rows together; what is hidden is not in them, and that is said."""
    said = []
    for name, words in series.items():
        cells = column(reading, name)
        known = sum(many for cell in cells if (many := number(cell)) is not None)
        said.append(f"{known:,} {words.lower()}")
    hidden = " Hidden numbers are not in these sums." if reading.hides else ""
    return f"All together: {', '.join(said)}.{hidden}"


def _words(cell: Any) -> str:
    return f"{cell:,g}" if isinstance(cell, int | float | Decimal) else "a hidden number"


def _spoken(cells: Sequence[Any]) -> str:
    known = [cell for cell in cells if isinstance(cell, Decimal)]
    return f"{sum(known):.0f}" if len(known) == len(cells) else "a hidden number"


def _panel(
    question: str,
    reading: Reading,
    answer: tuple[str, ...],
    svg: Markup | None,
    kept: Collection[str],
) -> Panel:
    """Make a panel; of the table stay the columns that name a row and those that are drawn."""
    table = shown(reading)
    places = [
        at
        for at, column in enumerate(reading.figure.columns)
        if at == 0 or not column.numeric or column.name in kept
    ]
    return Panel(
        question, answer, svg, table.caption, [table.columns[at] for at in places],
        [[row[at] for at in places] for row in table.rows], reading.figure.id,
        days_of(reading.asked.period), tuple(table.notes[:1] if reading.hides else ()),
    )  # fmt: skip
