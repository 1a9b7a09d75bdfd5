"""What the machine made of the people in notifications, by month: whether that drifts."""

from typing import Any

from sightline.insight.engine.base import Engine
from sightline.insight.figures.base import Column, Counted, Figure, Row, query
from sightline.insight.figures.questions import SIGHTLINE
from sightline.insight.figures.steps import in_steps
from sightline.insight.periods import Period
from sightline.rules.rounding import percent

# The first link of each mention that the machine weighed; what came of it later is not its band.
FIRST = """
first as (
    select to_char(link.decided_at at time zone 'Europe/London', 'YYYY-MM') as month, link.model,
           link.weight is not null as joined,
           exists (
               select from people_linkreview review
               where review.mention_id = link.mention_id and review.kind = 'same'
           ) as asked
    from people_link link
    where link.model not in ('human', 'unborn') and link.decided_at >= %(first)s::timestamptz
      and link.decided_at < %(after)s::timestamptz
      and not exists (
          select from people_link earlier
          where earlier.mention_id = link.mention_id and earlier.id < link.id
      )
)"""
BY_MONTH = """
select month, model, count(*), count(*) filter (where joined),
       count(*) filter (where asked and not joined)
from first group by month, model order by month, model
"""
STEPS = in_steps(FIRST, then=BY_MONTH)


class BandsByMonth(Figure):
    id = "who.bands"
    name = "People joined by the machine, asked about, or new, by month"
    about_people = False
    source = SIGHTLINE
    who = "Everybody whom a source names and the machine compared with those who are known."
    dates = "The day in London on which the machine first said who they are."
    repeat = "Somebody named in two sources is two. What people or a later look changed is left."
    records = ("person named", "people named")
    columns = (
        Column("month", "Month", numeric=False),
        Column("model", "Comparison", numeric=False),
        Column("people", "People named"),
        Column("joined", "Joined to somebody known"),
        Column("joined_pct", "Joined (per cent)"),
        Column("asked", "Somebody is asked"),
        Column("asked_pct", "Asked (per cent)"),
        Column("new", "New"),
        Column("new_pct", "New (per cent)"),
    )
    notes = (
        "The longer the record, the more people are known, so that the share of the new falls. A "
        "jump in any share from one month to the next means that what senders write, or the "
        "comparison, has changed: look at both.",
        "Of files taken in as a whole everybody who is not alone counts as joined, the first of "
        "them too.",
    )

    def count(self, period: Period, engine: Engine | None = None) -> Counted:
        found = query(STEPS, period)
        return Counted([_row(each) for each in found], sum(each[2] for each in found))


def _row(found: tuple[Any, ...]) -> Row:
    month, model, many, joined, asked = found
    new = many - joined - asked
    return (
        month, model, many, joined, percent(joined, many), asked, percent(asked, many),
        new, percent(new, many),
    )  # fmt: skip
