"""A figure as one reader may see it. Whatever shows a table asks here, and nowhere else.

The screening team works with the records and sees counts as they are, of any days. Everybody else
sees whole months, quarters and years that are over, as known at the end of the last month, with
small counts hidden (rules/disclosure, docs/adr/0028-small-counts.md).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sightline.access.models import User
from sightline.access.roles import Perm
from sightline.common.clock import local_date, midnight
from sightline.insight.engine.base import Engine
from sightline.insight.engine.choosing import engine_for
from sightline.insight.engine.copied import Copied
from sightline.insight.engine.live import Live
from sightline.insight.figures.base import Figure
from sightline.insight.periods import Period
from sightline.insight.protecting import UNKNOWN, over_by, tables_of
from sightline.insight.whole import MONTHS, QUARTER, Whole, whole, year, years
from sightline.rules.disclosure.policy import Policy, policy_on
from sightline.rules.disclosure.showing import HIDDEN, Shown
from sightline.rules.disclosure.tables import EVERYWHERE

LONGEST_BY_TIME = 15  # years that are read for one table


class NotWholeError(Exception):
    """These days are not for this reader: the message says which are."""


@dataclass(frozen=True)
class Asked:
    """What is asked for: days, the one value of a column that counts, and what was known when."""

    period: Period
    only: Mapping[str, str | int] = field(default_factory=dict)
    as_at: datetime | None = None


@dataclass(frozen=True)
class Reading:
    """A table as its reader may see it. `records` is None where it would say too much."""

    figure: Figure
    asked: Asked
    as_at: datetime
    rows: list[list[Shown]]
    records: int | None
    policy: Policy | None = None

    @property
    def is_empty(self) -> bool:
        return self.records == 0 if self.records is not None else not self.rows

    @property
    def hides(self) -> int:
        """How many cells are hidden."""
        return sum(cell == HIDDEN for row in self.rows for cell in row)


def sees_true_counts(user: User) -> bool:
    """Whether somebody works with the records that are counted."""
    return Perm.SEE_WORKLIST in user.perms


def read(user: User, figure: Figure, asked: Asked, now: datetime) -> Reading:
    """Return a figure as this user may see it. NotWholeError: these days are not for them."""
    return as_it_is(figure, asked, now) if sees_true_counts(user) else as_given(figure, asked, now)


def as_it_is(figure: Figure, asked: Asked, now: datetime) -> Reading:
    """Return a figure with counts as they are: for the team."""
    engine = engine_for(asked.as_at, now).narrowed(**asked.only)
    counted = figure.count(asked.period, engine)
    rows = [list(row) for row in counted.rows]
    return Reading(figure, asked, engine.as_at or now, rows, counted.records)


def as_given(figure: Figure, asked: Asked, now: datetime) -> Reading:
    """Return a figure as everybody else sees it. NotWholeError: these days are not for them."""
    if not figure.about_people:
        return as_it_is(figure, asked, now)
    as_at = closed(asked.as_at or now)
    engine, policy = engine_for(as_at, now), policy_on(local_date(as_at))
    if isinstance(engine, Live):  # it is asked for all tables of a year
        engine = Copied(engine)
    if asked.period == Period():
        asked = replace(asked, period=usual(figure, as_at).period)
    rows = _rows(figure, asked, engine, policy)
    return Reading(figure, asked, as_at, rows, None, policy)


def closed(at: datetime) -> datetime:
    """Return when the month of a moment began: what outsiders see is as at then."""
    return midnight(at - timedelta(days=local_date(at).day - 1))


def usual(figure: Figure, as_at: datetime) -> Whole:
    """Return the days shown to somebody who asked for none: the last year, or the last four, so
    that quarters are enough to say what is usual."""
    last = local_date(as_at) - timedelta(days=1)
    this = next(years(last, last))
    if figure.by_time:
        return Whole(year(this.first.year - 3).first, last)
    return this if this.last <= last else year(this.first.year - 1)


def _rows(figure: Figure, asked: Asked, engine: Engine, policy: Policy) -> list[list[Shown]]:
    column, place = next(((c, str(v) or UNKNOWN) for c, v in asked.only.items()), ("", EVERYWHERE))
    if figure.by_time:
        return _rows_by_time(figure, asked.period, engine, policy, column, place)
    span = whole(asked.period)
    shortest = MONTHS if column else QUARTER
    if span is None or span.last > over_by(engine) or span.months < shortest:
        raise NotWholeError(_which(engine, divided=bool(column)))
    found = tables_of(figure, engine, span.year, policy, column)
    return found.rows(span.name, place, policy)


def _rows_by_time(
    figure: Figure, period: Period, engine: Engine, policy: Policy, column: str, place: str
) -> list[list[Shown]]:
    """The rows that lie in the period, year by year."""
    first, last = period.first, min(period.last or over_by(engine), over_by(engine))
    if first is None:
        first = year(last.year - LONGEST_BY_TIME).first
    rows: list[list[Shown]] = []
    for each in years(first, last):
        tables = tables_of(figure, engine, each, policy, column)
        for span in tables.spans():
            if first <= span.first and span.last <= last:
                rows += [[span.name, *row[1:]] for row in tables.rows(span.name, place, policy)]
    return rows


def _which(engine: Engine, *, divided: bool) -> str:
    last, kinds = over_by(engine), "year" if divided else "quarter or year"
    return (
        f"Choose a whole {kinds} (April to March) that ended by {last.day} {last:%B %Y}: of other"
        " days, somebody could work out by subtraction what happened on a single day."
    )
