"""How each reviewer works, for those who manage them."""

from typing import Any

from sightline.access.roles import Perm
from sightline.insight.engine.base import Engine
from sightline.insight.figures.base import Column, Counted, Figure, Row, query
from sightline.insight.figures.questions import ANSWER, SIGHTLINE, STANDING, per_hour
from sightline.insight.figures.steps import in_steps
from sightline.insight.periods import Period
from sightline.rules.rounding import percent

COMPARED = """
compared as (
    select one.answered_by_id, one.review_id, one.decision = other.decision as agreed
    from standing one
    join standing other on other.review_id = one.review_id and other.place = 3 - one.place
    where one.place in (1, 2)
)"""
BY_REVIEWER = """
select answer.name, count(*), count(*) filter (where answer.decision = 'unsure'),
       count(seconds), sum(seconds), count(*) filter (where withdrawn_at is not null),
       count(compared.review_id), count(*) filter (where compared.agreed)
from answer
left join compared on compared.review_id = answer.review_id
  and compared.answered_by_id = answer.answered_by_id
  and answer.withdrawn_at is null and answer.decision <> 'unsure'
group by answer.answered_by_id, answer.name order by answer.name, answer.answered_by_id
"""
STEPS = in_steps(ANSWER, STANDING, COMPARED, then=BY_REVIEWER)


class Reviewers(Figure):
    id = "who.reviewers"
    name = "Answers to “who is this?” of each reviewer"
    about_people = False
    source = SIGHTLINE
    perm = Perm.SEE_REVIEWERS
    who = "Everybody who answered, by name: for those who manage them, and nobody else."
    dates = "The day in London on which an answer was given."
    repeat = "Two answers to one question are two, whether they were taken back or not."
    records = ("answer", "answers")
    columns = (
        Column("reviewer", "Reviewer", numeric=False),
        Column("answers", "Answers"),
        Column("unsure_pct", "Could not tell (per cent)"),
        Column("an_hour", "Answers an hour"),
        Column("taken_back_pct", "Taken back (per cent)"),
        Column("read_twice", "Answered by another too"),
        Column("agreed_pct", "Agreed with the other (per cent)"),
    )
    notes = (
        "Who is given the harder questions agrees less often and is slower. The names are in the "
        "order of the alphabet: this is to help a reviewer, not to rank them.",
    )

    def count(self, period: Period, engine: Engine | None = None) -> Counted:
        found = query(STEPS, period)
        return Counted([_row(each) for each in found], sum(each[1] for each in found))


def _row(found: tuple[Any, ...]) -> Row:
    name, answers, unsure, timed, seconds, taken_back, twice, agreed = found
    return (
        name, answers, percent(unsure, answers), per_hour(timed, seconds),
        percent(taken_back, answers), twice, percent(agreed, twice),
    )  # fmt: skip
