"""What people say against what the machine weighed: is a heavier pair more often one person?"""

from typing import Any

from sightline.insight.engine.base import Engine
from sightline.insight.figures.base import Column, Counted, Figure, Row, query
from sightline.insight.figures.questions import SIGHTLINE
from sightline.insight.figures.steps import in_steps
from sightline.insight.periods import Period
from sightline.rules.rounding import percent

WIDE = 4  # points in a band: in one band the odds differ by no more than 16 to 1

ANSWERED = """
answered as (
    select review.model, floor(review.weight / %(wide)s)::int * %(wide)s as band, review.decision,
           jsonb_array_length(review.doubts) > 0 as doubted,
           exists (
               select from people_linkanswer answer
               where answer.review_id = review.id and answer.decision = 'unsure'
                 and answer.withdrawn_at is null
           ) as unsure
    from people_linkreview review
    where review.kind = 'same' and review.decided_at >= %(first)s::timestamptz
      and review.decided_at < %(after)s::timestamptz
)"""
BY_BAND = """
select model, band, doubted, count(*), count(*) filter (where decision = 'same'),
       count(*) filter (where unsure)
from answered group by model, band, doubted order by model, band, doubted
"""
STEPS = in_steps(ANSWERED, then=BY_BAND)


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

    def count(self, period: Period, engine: Engine | None = None) -> Counted:
        found = query(STEPS, period, wide=WIDE)
        return Counted([_row(each) for each in found], sum(each[3] for each in found))


def _row(found: tuple[Any, ...]) -> Row:
    model, band, doubted, many, same, unsure = found
    return (
        model, f"{band} to {band + WIDE}", "yes" if doubted else "no", many, same,
        percent(same, many), unsure, percent(unsure, many),
    )  # fmt: skip
