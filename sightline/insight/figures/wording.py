"""How often better words were suggested, and how often they were taken up."""

from sightline.insight.engine.base import Answer
from sightline.insight.facts.worded import WORDED
from sightline.insight.figures.base import Column, Counted, Figure, Row
from sightline.insight.figures.questions import SIGHTLINE
from sightline.insight.periods import Period
from sightline.rules.rounding import percent

QUESTION = """
select agency, place, count(*) as texts, count(*) filter (where reworded) as reworded
from worded
where day between :first and :last
group by agency, place
"""
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
        "When a text was reworded is known since that is kept: those from before count as reworded "
        "from then on.",
    )

    facts = (WORDED,)
    question = QUESTION

    def table(self, found: Answer, period: Period) -> Counted:
        rows: list[Row] = [
            (agency, PLACES.get(place, place), texts, reworded, percent(reworded, texts))
            for agency, place, texts, reworded in sorted(found)
        ]
        return Counted(rows, sum(int(row[2] or 0) for row in rows))
