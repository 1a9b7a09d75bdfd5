"""How often better words were suggested, and how often they were taken up."""

from sightline.insight.engine.base import Engine
from sightline.insight.figures.base import Column, Counted, Figure, Row, query
from sightline.insight.figures.questions import SIGHTLINE
from sightline.insight.figures.steps import in_steps
from sightline.insight.periods import Period
from sightline.rules.rounding import percent

SUGGESTED = """
suggested as (
    select agency.name as agency, phrases = '{}' as reworded,
           case about when 'screening.screening'
                then about || ' ' || regexp_replace(field, '^.* ', '') else about end as place
    from screening_wordingsuggestion as row join access_agency as agency on agency.id = agency_id
    where suggested_at >= %(first)s::timestamptz and suggested_at < %(after)s::timestamptz
)"""
BY_AGENCY = """
select agency, place, count(*), count(*) filter (where reworded)
from suggested group by agency, place order by agency, place
"""
STEPS = in_steps(SUGGESTED, then=BY_AGENCY)
PLACES = {
    "screening.screening note": "Notes on answers",
    "screening.screening because": "Reasons for a scale",
    "screening.toolrecord": "Assessments by other tools",
    "meetings.decision": "Rationales of decisions",
    "actions.action": "Actions",
    "research.researchanswer": "Answers of agencies",
    "escalation.escalation": "Notes on escalations",
}


class Wording(Figure):
    id = "words.suggested"
    name = "Texts in which better words were suggested, and which were reworded"
    about_people = False
    source = SIGHTLINE
    who = (
        "Every text that was kept with words that make the victim responsible, as the list of "
        "phrases in force had them, by the agency that wrote it. No text is kept for this."
    )
    dates = "When such words were first kept in the text."
    repeat = "A text that is written again is the same text; it counts once."
    records = ("text", "texts")
    columns = (
        Column("agency", "Agency", numeric=False),
        Column("place", "Where", numeric=False),
        Column("texts", "Texts"),
        Column("reworded", "Reworded since"),
        Column("reworded_pct", "Reworded (per cent)"),
    )
    notes = (
        "A suggestion that was taken up while somebody was still writing was never kept, and is "
        "not counted.",
    )

    def count(self, period: Period, engine: Engine | None = None) -> Counted:
        rows: list[Row] = [
            (agency, PLACES.get(place, place), texts, reworded, percent(reworded, texts))
            for agency, place, texts, reworded in query(STEPS, period)
        ]
        return Counted(rows, sum(int(row[2] or 0) for row in rows))
