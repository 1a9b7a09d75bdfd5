"""Records that were opened in an emergency, and what their reviews came to."""

from sightline.insight.engine.base import Answer
from sightline.insight.facts.emergency import EMERGENCY
from sightline.insight.figures.base import Column, Counted, Figure
from sightline.insight.periods import Period

QUESTION = """
select agency, count(*) as opened, count(distinct opener) as users,
       count(*) filter (where justified) as justified,
       count(*) filter (where not justified) as not_justified,
       count(*) filter (where justified is null) as waiting,
       count(*) filter (where coalesce(reviewed, :today) > due) as late
from emergency
where day between :first and :last
group by agency
"""


class Emergencies(Figure):
    id = "access.emergencies"
    name = "Records opened in an emergency, and their reviews"
    source = "Sightline"
    who = "Every record that somebody opened in an emergency, by the agency of who opened it."
    dates = "The moment in London at which it was opened."
    repeat = "The same person opened again after it was shut counts again."
    records = ("record", "records")
    columns = (
        Column("agency", "Agency", numeric=False),
        Column("opened", "Opened"),
        Column("users", "By so many users"),
        Column("justified", "Justified"),
        Column("not_justified", "Not justified"),
        Column("waiting", "Not reviewed yet"),
        Column("late", "Reviewed late, or late now"),
    )
    notes = ("Somebody else reviews each; a review is late after the day that the rules give it.",)

    facts = (EMERGENCY,)
    question = QUESTION

    def table(self, found: Answer, period: Period) -> Counted:
        rows = sorted(found, key=lambda one: (-one[1], one[0]))
        return Counted(list(rows), sum(one[1] for one in found))
