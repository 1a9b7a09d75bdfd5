"""The partnership's own numbers beside national ones, by the year that ends in March of it.

Shares come out of the figures there are, through the one door that hides what is small.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sightline.access.models import User
from sightline.geography.models import Kind, Measure
from sightline.geography.queries import values
from sightline.insight.engine.live import Live
from sightline.insight.facts.care import CARE
from sightline.insight.figures.base import Figure
from sightline.insight.figures.factors import Factors
from sightline.insight.figures.over_time import LATELY
from sightline.insight.figures.repeats_over_time import RepeatsByQuarter
from sightline.insight.periods import Period
from sightline.insight.reading import Asked, closed, read, sees_true_counts
from sightline.insight.whole import year
from sightline.rules.disclosure.policy import policy_on

REFERRED = """
select extract(year from day - interval '3 months') as starts_in, count(*)
from care
where kind = 'referral' and day between :first and :last
group by extract(year from day - interval '3 months')
"""


@dataclass(frozen=True)
class Part:
    """A part of a whole; None where it is hidden."""

    part: int | None
    whole: int | None


Own = Callable[[User, datetime, range], Mapping[int, Part]]


def factor(column: str) -> Own:
    """Return what gives, by year, the assessments that found a factor, of those with factors."""

    def count(user: User, now: datetime, years: range) -> dict[int, Part]:
        rows = _rows(user, Factors(), now, years)
        return {
            ending: Part(_number(row[column]), _number(row["with_factors"]))
            for ending in years
            if (row := rows.get(year(ending - 1).name))
        }

    return count


def repeats(user: User, now: datetime, years: range) -> dict[int, Part]:
    """Return, by year, the notifications of a child within twelve months of another."""
    rows = _rows(user, RepeatsByQuarter(), now, years)
    found: dict[int, Part] = {}
    for ending in years:
        quarters = [row for name, row in rows.items() if name in _quarters(ending)]
        if len(quarters) == len(_quarters(ending)):
            found[ending] = Part(_sum(quarters, LATELY), _sum(quarters, "contacts"))
    return found


def referrals(user: User, now: datetime, years: range) -> dict[int, Part]:
    """Return, by year, the referrals that followed a notification, of the children living here."""
    trusted = sees_true_counts(user)
    at = now if trusted else closed(now)
    least = 0 if trusted else policy_on(at.date()).threshold
    days = {"first": year(years[0] - 1).first, "last": year(years[-1] - 1).last}
    engine = Live() if trusted else Live.at(at)
    found: dict[int, int] = dict(engine.ask(REFERRED, [CARE], days))
    children = sum(values(Kind.CHILDREN, Measure.CHILDREN, at).values())
    if not children:
        return {}
    return {
        int(starts_in) + 1: Part(None if 0 < many < least else many, children)
        for starts_in, many in found.items()
    }


def _rows(user: User, figure: Figure, now: datetime, years: range) -> dict[str, dict[str, object]]:
    """Return the rows of a figure over these years, as this user may see them, by their name."""
    last = year(years[-1] - 1).last
    if not sees_true_counts(user):
        last = min(last, year(closed(now).year - 1).last)
    asked = Asked(Period(year(years[0] - 1).first, last))
    names = [column.name for column in figure.columns]
    reading = read(user, figure, asked, now)
    return {str(row[0]): dict(zip(names, row, strict=True)) for row in reading.rows}


def _quarters(ending: int) -> frozenset[str]:
    return frozenset(
        f"{first} {then} - {last} {then}"
        for first, last, then in (
            ("April", "June", ending - 1), ("July", "September", ending - 1),
            ("October", "December", ending - 1), ("January", "March", ending),
        )
    )  # fmt: skip


def _sum(rows: list[dict[str, object]], column: str) -> int | None:
    numbers = [_number(row[column]) for row in rows]
    return None if None in numbers else sum(number or 0 for number in numbers)


def _number(cell: object) -> int | None:
    return cell if isinstance(cell, int) else None
