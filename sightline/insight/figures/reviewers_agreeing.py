"""Whether two reviewers say the same, and how often an answer does not hold."""

from typing import Any

from sightline.insight.engine.base import Engine
from sightline.insight.figures.base import Column, Counted, Figure, Row, query
from sightline.insight.figures.questions import SIGHTLINE, STANDING
from sightline.insight.figures.steps import in_steps
from sightline.insight.periods import Period
from sightline.rules.rounding import percent

READ_TWICE = """
read_twice as (
    select second.answered_at, one.decision = second.decision as agreed,
           third.decision is not null as settled, third.decision <> one.decision as overturned
    from standing one
    join standing second on second.review_id = one.review_id and second.place = 2
    left join standing third on third.review_id = one.review_id and third.place = 3
    where one.place = 1
)"""
HAPPENED = """
happened as (
    select answered_at as at, 1 as answered, (withdrawn_at is not null)::int as taken_back,
           0 as twice, 0 as agreed, 0 as settled, 0 as overturned
    from people_linkanswer where decision <> 'unsure'
    union all
    select answered_at, 0, 0, 1, agreed::int, (settled and not agreed)::int,
           coalesce(overturned and not agreed, false)::int
    from read_twice
)"""
BY_MONTH = """
select to_char(at at time zone 'Europe/London', 'YYYY-MM') as month,
       sum(answered), sum(taken_back), sum(twice), sum(agreed),
       sum(settled), sum(overturned)
from happened
where at >= %(first)s::timestamptz and at < %(after)s::timestamptz
group by month order by month
"""
STEPS = in_steps(STANDING, READ_TWICE, HAPPENED, then=BY_MONTH)


class ReviewersAgreeing(Figure):
    id = "who.agreement"
    name = "Agreement of reviewers on “who is this?”"
    about_people = False
    source = SIGHTLINE
    who = (
        "Answers “the same” and “not the same”, and of these the questions that two people "
        "answered, each without the answer of the other: those where the machine doubts most, and "
        "some of the others, drawn by chance."
    )
    dates = (
        "The month in London in which the answer was given; of a question that two answered, the "
        "second of them."
    )
    repeat = "A question counts once, by the first two answers that stand."
    records = ("answer", "answers")
    columns = (
        Column("month", "Month", numeric=False),
        Column("answers", "Answers"),
        Column("taken_back", "Taken back"),
        Column("taken_back_pct", "Taken back (per cent)"),
        Column("read_twice", "Questions two answered"),
        Column("agreed", "They agreed"),
        Column("agreed_pct", "Agreed (per cent)"),
        Column("settled_by_third", "Settled by a third"),
        Column("against_first", "Against the first answer"),
    )
    notes = ("That two agree does not show that they are right: both saw the same two records.",)

    def count(self, period: Period, engine: Engine | None = None) -> Counted:
        found = query(STEPS, period)
        return Counted([_row(each) for each in found], sum(each[1] for each in found))


def _row(found: tuple[Any, ...]) -> Row:
    month, answers, taken_back, twice, agreed, settled, overturned = found
    return (
        month, answers, taken_back, percent(taken_back, answers), twice, agreed,
        percent(agreed, twice), settled, overturned,
    )  # fmt: skip
