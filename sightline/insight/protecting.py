"""A figure as somebody sees it who may not see records: nothing small can be worked out of it.

A table never stands alone: of the same figure there are other months, the quarter, the year, and
other places. So all tables of its year are counted and hidden together (rules/disclosure), and the
one asked for is taken out of them. The answer does not depend on who asked for what before.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.cache import cache
from django.db import connection

from sightline.common.clock import local_date
from sightline.insight.adding import added
from sightline.insight.engine.base import Engine
from sightline.insight.figures.base import Column, Figure, Row
from sightline.insight.periods import Period
from sightline.insight.same import same_counts
from sightline.insight.whole import Whole, family, made_of, named
from sightline.insight.whole import quarter as quarter_of
from sightline.rules.disclosure.beside import Beside, ByStep
from sightline.rules.disclosure.policy import Policy
from sightline.rules.disclosure.settling import settle
from sightline.rules.disclosure.showing import Shown, shown
from sightline.rules.disclosure.tables import EVERYWHERE, OF_TOTALS, Laid, Shape, is_count

UNKNOWN = "not known"  # the place of what lies nowhere that is known
KEPT_FOR = 3600  # seconds; what is kept is the same when it is counted anew


@dataclass(frozen=True)
class Tables:
    """All tables of a figure in a year, what is hidden of them step by step, and by which shape.

    `named`: their days, by what they are called.
    """

    laid: tuple[Laid, ...]
    named: Mapping[str, Whole]
    hidden: ByStep
    shape: Shape

    def spans(self) -> list[Whole]:
        """Of a figure whose rows are stretches of time: those that are rows, in their order."""
        laid = {table.when for table in self.laid}
        spans = {span for span in self.named.values() if span.name in laid}
        return sorted(s for s in spans if not any(s != t and s.holds(t) for t in spans))

    def rows(self, when: str, place: str, policy: Policy) -> list[list[Shown]]:
        """Return the rows of one table as they are shown; none if it is not among them."""
        hidden = self.hidden[max(self.hidden)].keys if self.hidden else frozenset()
        for table in self.laid:
            if (table.when, table.place) == (when, place):
                return shown(table, self.shape, hidden, policy)
        return []


def over_by(engine: Engine) -> date:
    """Return the last day of the last month that was over at the moment of an engine."""
    return local_date(engine.as_at).replace(day=1) - timedelta(days=1) if engine.as_at else date.max


def tables_of(
    figure: Figure, engine: Engine, in_year: Whole, policy: Policy, column: str = ""
) -> Tables:
    """Return the tables of a figure in a year, divided by the values of a column if given."""
    key = _key(figure, engine, in_year, policy.key, column)
    found = cache.get(key)
    if not isinstance(found, Tables):
        found = _tables(figure, engine, in_year, policy, column)
        cache.set(key, found, KEPT_FOR)
    return found


def _tables(
    figure: Figure, engine: Engine, in_year: Whole, policy: Policy, column: str
) -> Tables:  # fmt: skip
    laid = _laid(figure, engine, in_year, EVERYWHERE, divided=bool(column))
    margins = None
    if column:
        margins = tables_of(figure, engine, in_year, policy).hidden
        for value in values_of(figure, engine, column):
            narrowed = engine.narrowed(**{column: value})
            laid += _laid(figure, narrowed, in_year, str(value) or UNKNOWN, divided=True)
    rows: list[Row] = [tuple(row) for table in laid for row in table.rows]
    shape = shape_of(figure, rows)
    spans = family(in_year, over_by(engine), months=True)
    made = made_of(spans) if figure.adds_over_time else {}
    beside = []
    for kind, shared in figure.beside.items():
        theirs = tables_of(kind(), engine, in_year, policy, column or figure.rows_are)
        same = same_counts(figure, laid, shape, shared, kind(), theirs.laid, theirs.shape)
        beside.append(Beside(same, theirs.hidden))
    hidden = settle(laid, shape, made, policy.threshold, margins, beside)
    return Tables(tuple(laid), named(spans), hidden, shape)


def values_of(figure: Figure, engine: Engine, column: str) -> list[str | int]:
    """Return the values that a column of a figure's facts has, in their order."""
    facts = [fact for fact in figure.facts if column in fact.columns]
    found = {
        value
        for fact in facts
        for (value,) in engine.ask(f"select distinct {column} from {fact.name}", [fact], {})  # noqa: S608 - ours
    }
    return sorted(value for value in found if value is not None)


def _laid(
    figure: Figure, engine: Engine, in_year: Whole, place: str, *, divided: bool
) -> list[Laid]:
    """The finer a table, the longer its days: of quarters, or of the year where it is divided."""
    if figure.by_time:
        return _by_time(figure, engine, in_year, place, months=not divided)
    spans = family(in_year, over_by(engine), months=False)
    return [
        Laid(span.name, place, span.step, figure.rows(span.period, engine))
        for span in spans if span == in_year or not divided
    ]  # fmt: skip


def _by_time(
    figure: Figure, engine: Engine, in_year: Whole, place: str, *, months: bool
) -> list[Laid]:
    """Each row is a table of its own; of months, the sums over quarter and year are known too."""
    last = min(in_year.last, over_by(engine))
    if last < in_year.first:
        return []
    spans = named(family(in_year, last, months=True))
    laid: dict[Whole, list[Row]] = {}
    for row in _all_rows(figure, engine):
        span = spans.get(str(row[0]))
        if span is not None and span.last <= last:
            laid.setdefault(span, []).append(("", *row[1:]))
    for longer in {each for span in laid if span.months == 1 for each in _longer(span, last)}:
        laid[longer] = added(row for span in _inside(longer, laid) for row in laid[span])
    kept = sorted(span for span in laid if months or span.months > 1)
    return [
        Laid(span.name, place, span.step, laid[span], OF_TOTALS if span == span.year else 1)
        for span in kept
    ]


def _all_rows(figure: Figure, engine: Engine) -> list[Row]:
    """The rows of every stretch that was over, counted once for all years: it takes as long as one
    year, for a fact is worked out as a whole."""
    last = over_by(engine)
    key = _key(figure, engine, Whole(date.min, last), "rows")
    found = cache.get(key)
    if found is None:
        found = figure.rows(Period(None, last), engine)
        cache.set(key, found, KEPT_FOR)
    return list(found)


def _longer(span: Whole, last: date) -> list[Whole]:
    """The quarter and the year that hold a month, where they are over."""
    return [each for each in (quarter_of(span.first), span.year) if each.last <= last]


def _inside(span: Whole, months: Iterable[Whole]) -> list[Whole]:
    return [each for each in months if each.months == 1 and span.holds(each)]


def shape_of(figure: Figure, rows: Iterable[Row]) -> Shape:
    """Return what the columns of a figure are; what it does not say is read off the rows."""
    at = {column.name: place for place, column in enumerate(figure.columns)}
    labels = frozenset({0, *(at[c.name] for c in figure.columns if not c.numeric)})
    rows = list(rows)
    counts = [at[c.name] for c in figure.columns if at[c.name] not in labels and not c.times]
    counts = [place for place in counts if all(is_count(row[place]) for row in rows)]
    return Shape(
        labels=labels,
        parts=tuple(_parts(figure.columns, counts, rows)),
        adds=tuple((at[whole], tuple(at[part] for part in parts)) for whole, parts in figure.adds),
        multiples=tuple((at[c.name], at[c.times]) for c in figure.columns if c.times),
        groups=figure.row_groups,
        open=frozenset(at[c.name] for c in figure.columns if c.calendar),
    ).like(rows)


def _parts(
    columns: Sequence[Column], counts: Sequence[int], rows: Sequence[Row]
) -> Iterable[tuple[int, int]]:
    at = {column.name: place for place, column in enumerate(columns)}
    for place in counts:
        said = columns[place].part_of
        if said:
            yield place, at[said]
        elif said is None and place != counts[0] and _never_above(place, counts[0], rows):
            yield place, counts[0]


def _never_above(part: int, base: int, rows: Sequence[Row]) -> bool:
    return all(int(row[part] or 0) <= int(row[base] or 0) for row in rows)


def _key(figure: Figure, engine: Engine, of: Whole, *more: str) -> str:
    """What the tables depend on. Records that come later change nothing known at a moment."""
    with connection.cursor() as cursor:
        cursor.execute("select max(id) from audit_event where at <= %s", [engine.as_at])
        [last] = cursor.fetchone() or [0]
    only = sorted(engine.only.items())
    moment = engine.as_at.isoformat() if engine.as_at else ""
    parts = (figure.id, of.first, of.last, *more, moment, only, last)
    return "hidden:" + ":".join(map(str, parts)).replace(" ", "")
