"""What people say against what the machine weighed: is a heavier pair more often one person?"""

from sightline.insight.engine.base import Answer
from sightline.insight.facts.settled import SETTLED, WIDE
from sightline.insight.figures.base import Column, Counted, Figure, Row
from sightline.insight.figures.questions import SIGHTLINE
from sightline.insight.periods import Period
from sightline.rules.rounding import percent

QUESTION = """
select model, band, doubted, count(*) as questions,
       count(*) filter (where decision = 'same') as same, count(*) filter (where unsure) as unsure
from settled
where day between :first and :last
group by model, band, doubted
"""


class PeopleAndMachine(Figure):
    id = "who.calibration"
    name = "What people answered, by what the machine weighed"
    about_people = False
    source = SIGHTLINE
    who = (
        "Questions whether two records are one person that are settled, by the version of the "
        "comparison, the weight it gave, and whether it named something that speaks against."
    )
    dates = "The day in London on which the question was settled."
    repeat = (
        "A question counts once, as it stands: one that was settled, taken back and settled again, "
        "by the last."
    )
    records = ("question settled", "questions settled")
    columns = (
        Column("model", "Comparison", numeric=False),
        Column("weight", "Weight, in points", numeric=False),
        Column("doubts", "The machine doubted", numeric=False),
        Column("questions", "Questions"),
        Column("same", "The same person"),
        Column("same_pct", "The same (per cent)"),
        Column("unsure", "Somebody could not tell"),
        Column("unsure_pct", "Could not tell (per cent)"),
    )
    notes = (
        "A point doubles the odds that two records are one person. Where the share of “the same” "
        "does not rise from band to band, the weights or the doubts are wrong. Weights of "
        "different comparisons are not on one scale.",
        "Only what the machine was unsure of is asked: above and below, it decided alone.",
    )

    facts = (SETTLED,)
    question = QUESTION

    def table(self, found: Answer, period: Period) -> Counted:
        return Counted([_row(*each) for each in sorted(found)], sum(each[3] for each in found))


def _row(model: str, band: int, doubted: bool, *counts: int) -> Row:
    many, same, unsure = counts
    return (
        model, f"{band} to {band + WIDE}", "yes" if doubted else "no", many, same,
        percent(same, many), unsure, percent(unsure, many),
    )  # fmt: skip
