"""How many questions wait for a person, and for how long."""

from decimal import Decimal

from sightline.insight.engine.base import Engine
from sightline.insight.figures.base import Column, Counted, Figure, query
from sightline.insight.figures.questions import SIGHTLINE
from sightline.insight.figures.steps import in_steps
from sightline.insight.periods import Period

# The moment the waiting is looked at: the end of the period, or now where that is to come.
AS_AT = "as_at as (select least(%(after)s::timestamptz, now()) as moment)"
WAITING = """
waiting as (
    select extract(epoch from moment - asked_at) / 86400 as days
    from people_linkreview, as_at
    where asked_at >= %(first)s::timestamptz and asked_at < moment
      and (decided_at is null or decided_at >= moment)
      and (closed_at is null or closed_at >= moment)
)"""
BANDED = """
select width_bucket(days::float, %(limits)s::float[]) as band, count(*), max(days)
from waiting group by band
"""
STEPS = in_steps(AS_AT, WAITING, then=BANDED)

LIMITS = [1.0, 3.0, 7.0, 30.0]  # days
BANDS = ("under 1 day", "1 to 2 days", "3 to 6 days", "7 to 29 days", "30 days and more")


class QuestionsWaiting(Figure):
    id = "who.waiting"
    name = "Questions “who is this?” that wait, by how long"
    about_people = False
    source = SIGHTLINE
    who = (
        "Every question whether two records are one person, or one record several, that was asked "
        "and neither answered for good nor closed as needless."
    )
    dates = (
        "Asked in the period, and waiting at its end; at the moment of counting where the end is "
        "still to come."
    )
    repeat = "A question that was answered and then asked again waits from when it was first asked."
    records = ("question waiting", "questions waiting")
    columns = (
        Column("age", "Waiting for", numeric=False),
        Column("questions", "Questions"),
        Column("oldest_days", "Longest, in days"),
    )
    notes = (
        "An answer that was taken back leaves no trace: the question waits since it was asked.",
    )

    def count(self, period: Period, engine: Engine | None = None) -> Counted:
        found = {band: (many, days) for band, many, days in query(STEPS, period, limits=LIMITS)}
        rows = [(name, *_row(found.get(band))) for band, name in enumerate(BANDS)]
        total = sum(many for many, _ in found.values())
        oldest = max((days for _, days in found.values()), default=None)
        return Counted([*rows, ("total", *_row((total, oldest)))], total)


def _row(found: tuple[int, Decimal | None] | None) -> tuple[int, Decimal | None]:
    many, days = found or (0, None)
    return many, None if days is None else round(Decimal(days), 1)
