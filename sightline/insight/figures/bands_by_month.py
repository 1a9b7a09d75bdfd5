"""What the machine made of the people in notifications, by month: whether that drifts."""

from sightline.insight.engine.base import Answer
from sightline.insight.facts.compared import COMPARED
from sightline.insight.figures.base import Column, Counted, Figure, Row
from sightline.insight.figures.questions import SIGHTLINE
from sightline.insight.periods import Period
from sightline.rules.rounding import percent

QUESTION = """
select extract(year from day) as year, extract(month from day) as month, model,
       cast(sum(people) as bigint) as people, cast(sum(joined) as bigint) as joined,
       cast(sum(asked) as bigint) as asked
from compared
where day between :first and :last
group by extract(year from day), extract(month from day), model
"""


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

    facts = (COMPARED,)
    question = QUESTION

    def table(self, found: Answer, period: Period) -> Counted:
        return Counted([_row(*each) for each in sorted(found)], sum(each[3] for each in found))


def _row(year: int, month: int, model: str, *counts: int) -> Row:
    many, joined, asked = counts
    new = many - joined - asked
    return (
        f"{int(year)}-{int(month):02}", model, many, joined, percent(joined, many), asked,
        percent(asked, many), new, percent(new, many),
    )  # fmt: skip
