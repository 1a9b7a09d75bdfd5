"""What went back to whoever reported, by agency: so that nobody is lost between thresholds."""

from sightline.insight.engine.base import Answer
from sightline.insight.facts.returned import RETURNED
from sightline.insight.figures.base import Column, Counted, Figure, Row
from sightline.insight.figures.measures import Measure
from sightline.insight.periods import Period
from sightline.rules.rounding import percent

BY_AGENCY = """
select agency, count(*) filter (where outcome = 'CONSENT_REFUSED') as refused,
       count(*) filter (where outcome = 'THRESHOLD_NOT_MET') as below, count(*) as everybody,
       count(*) filter (where read) as seen, count(*) filter (where otherwise) as otherwise
from returned
where day between :first and :last
group by agency
"""


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

    facts = (RETURNED,)
    question = BY_AGENCY
    rests_on = ("screening-outcomes",)
    measures = (Measure("Children who went back", "returned"),)

    def table(self, found: Answer, period: Period) -> Counted:
        rows: list[Row] = [
            (agency, refused, below, all_, read, percent(read, all_), otherwise)
            for agency, refused, below, all_, read, otherwise in sorted(
                found, key=lambda one: (-one[3], one[0])
            )
        ]
        return Counted(rows, sum(one[3] for one in found))
