"""What went back to whoever reported, by agency: so that nobody is lost between thresholds."""

from sightline.insight.figures.base import Column, Counted, Figure, Row, query
from sightline.insight.figures.steps import in_steps
from sightline.insight.periods import Period
from sightline.rules.rounding import percent

RETURNED = """
returned as (
    select agency.name as agency, decision.outcome, back.read_at,
           decision.replaced_at is not null as decided_otherwise
    from meetings_returnedtoreferrer back
    join meetings_decision decision on decision.id = back.decision_id
    join access_agency agency on agency.id = back.agency_id
    where back.returned_at >= %(first)s::timestamptz
      and back.returned_at < %(after)s::timestamptz
)"""
BY_AGENCY = """
select agency, count(*) filter (where outcome = 'CONSENT_REFUSED'),
       count(*) filter (where outcome = 'THRESHOLD_NOT_MET'), count(*), count(read_at),
       count(*) filter (where decided_otherwise)
from returned group by agency order by count(*) desc, agency
"""
STEPS = in_steps(RETURNED, then=BY_AGENCY)


class Returned(Figure):
    id = "meeting.returned"
    name = "Children who went back to whoever reported"
    source = (
        "Scrutiny of the response to children living with domestic abuse, recommendation 3: "
        "families without consent or below thresholds are counted, and whoever referred is told"
    )
    who = (
        "Every child for whom early help was refused or no threshold was met, once for each agency "
        "that reported the incident."
    )
    dates = "The day in London on which it was decided and went back."
    repeat = "A child of two incidents may go back twice. What was decided otherwise later counts."
    records = ("return", "returns")
    columns = (
        Column("agency", "Went back to", numeric=False),
        Column("consent_refused", "Consent refused"),
        Column("threshold_not_met", "Threshold not met"),
        Column("returned", "Together"),
        Column("read", "Read"),
        Column("read_pct", "Read (per cent)"),
        Column("decided_otherwise", "Decided otherwise later"),
    )
    notes = ("Read is where somebody of the agency said so; what they then did is theirs.",)

    def count(self, period: Period) -> Counted:
        found = query(STEPS, period)
        rows: list[Row] = [
            (agency, refused, below, all_, read, percent(read, all_), otherwise)
            for agency, refused, below, all_, read, otherwise in found
        ]
        return Counted(rows, sum(all_ for _, _, _, all_, _, _ in found))
