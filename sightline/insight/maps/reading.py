"""A map as one reader may see it: the team's counts as they are, anybody else's of whole years."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sightline.access.models import User
from sightline.common.clock import local_date
from sightline.insight.engine.copied import Copied
from sightline.insight.engine.live import Live
from sightline.insight.maps.counting import Counting
from sightline.insight.maps.places import Places, places_at
from sightline.insight.maps.protecting import Key, hidden_of, sums_of
from sightline.insight.maps.shared import beside_of
from sightline.insight.periods import Period
from sightline.insight.protecting import over_by
from sightline.insight.reading import NotWholeError, closed, sees_true_counts
from sightline.insight.whole import MONTHS, Whole, month, quarter, whole, year
from sightline.rules.disclosure.policy import Policy, policy_on


@dataclass(frozen=True)
class MapReading:
    """Counts by place, and which of them are hidden. `policy`: None where nothing is."""

    counting: Counting
    period: Period
    as_at: datetime
    places: Places
    sums: Mapping[Key, int]
    hidden: frozenset[Key]
    policy: Policy | None


def read_map(user: User, counting: Counting, period: Period, now: datetime) -> MapReading:
    """Count for a map. Without days it is the last year. NotWholeError: these are not for them."""
    trusted = sees_true_counts(user)
    as_at = now if trusted else closed(now)
    if period == Period():
        period = (last_twelve_months(as_at) if trusted else _last_year(as_at)).period
    places = places_at(as_at)
    if trusted:
        sums = sums_of(counting.count(period, Live()), places)
        return MapReading(counting, period, as_at, places, sums, frozenset(), None)
    of, policy = _year_of(period, as_at), policy_on(local_date(as_at))
    engine = Copied(Live.at(as_at))  # it is asked for all tables of a year
    sums = sums_of(counting.count(period, engine), places)
    beside = beside_of(counting, engine, of, policy)
    hidden = hidden_of(sums, places, policy.threshold, beside)
    return MapReading(counting, period, as_at, places, sums, hidden, policy)


def years_over(at: datetime, many: int = 3) -> list[Whole]:
    """Return the last years, April to March, that were over at a moment, the newest first."""
    last = _last_year(at)
    return [year(last.first.year - number) for number in range(many)]


def _last_year(as_at: datetime) -> Whole:
    over = over_by(Live.at(closed(as_at)))
    this = month(over).year
    return this if this.last <= over else year(this.first.year - 1)


def last_twelve_months(as_at: datetime) -> Whole:
    """Return the twelve months that ended with the last month that was over."""
    last = month(over_by(Live.at(closed(as_at))))
    first = month(last.last).first.replace(year=last.first.year - 1)
    start = first.replace(month=first.month % 12 + 1, year=first.year + first.month // 12)
    return Whole(start, last.last)


def last_two_quarters(at: datetime) -> Whole:
    """Return the half year that ended with the last quarter that was over."""
    over = over_by(Live.at(closed(at)))
    last = quarter(over)
    if last.last > over:
        last = quarter(last.first - timedelta(days=1))
    return Whole(quarter(last.first - timedelta(days=1)).first, last.last)


def _year_of(period: Period, as_at: datetime) -> Whole:
    span = whole(period)
    if span is None or span.months != MONTHS or span.last > over_by(Live.at(as_at)):
        last = _last_year(as_at)
        raise NotWholeError(
            f"Choose a whole year from April to March that is over, such as {last.name}: from maps "
            "of other days somebody could work out by subtraction where one family lives."
        )
    return span
