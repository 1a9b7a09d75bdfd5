"""Records that were opened in an emergency, and what their reviews came to."""

from sightline.insight.engine.base import Engine
from sightline.insight.figures.base import Column, Counted, Figure, Row, query
from sightline.insight.figures.steps import in_steps
from sightline.insight.periods import Period

OPENED = """
opened as (
    select agency.name as agency, emergency.justified, emergency.review_by,
           (emergency.reviewed_at at time zone 'Europe/London')::date as reviewed_on,
           emergency.opened_by_id
    from sharing_emergency emergency join access_agency agency on agency.id = emergency.agency_id
    where emergency.opened_at >= %(first)s::timestamptz
      and emergency.opened_at < %(after)s::timestamptz
)"""
BY_AGENCY = """
select agency, count(*), count(distinct opened_by_id), count(*) filter (where justified),
       count(*) filter (where not justified), count(*) filter (where justified is null),
       count(*) filter (where coalesce(reviewed_on, current_date) > review_by)
from opened group by agency order by count(*) desc, agency
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

    def count(self, period: Period, engine: Engine | None = None) -> Counted:
        found: list[Row] = list(query(in_steps(OPENED, then=BY_AGENCY), period))
        return Counted(found, sum(int(row[1] or 0) for row in found))
