"""Whether two reviewers say the same, and how often an answer does not hold."""

from typing import Any

from sightline.insight.engine.base import Answer
from sightline.insight.facts.answer import ANSWER
from sightline.insight.figures.base import Column, Counted, Figure, Row
from sightline.insight.figures.questions import SIGHTLINE
from sightline.insight.periods import Period
from sightline.rules.rounding import percent

QUESTION = """
with happened as (
    select day, 1 as answered, cast(taken_back as integer) as taken_back,
           0 as twice, 0 as agreed, 0 as settled, 0 as overturned
    from answer where decision <> 'unsure'
    union all
    select other.day, 0, 0, 1, cast(one.decision = other.decision as integer),
           case when third.place = 3 and one.decision <> other.decision then 1 else 0 end,
           case when third.decision <> one.decision and one.decision <> other.decision
                then 1 else 0 end
    from answer one
    join answer other on other.question = one.question and other.place = 2
    left join answer third on third.question = one.question and third.place = 3
    where one.place = 1
)
select extract(year from day) as year, extract(month from day) as month,
       cast(sum(answered) as bigint) as answered, cast(sum(taken_back) as bigint) as taken_back,
       cast(sum(twice) as bigint) as twice, cast(sum(agreed) as bigint) as agreed,
       cast(sum(settled) as bigint) as settled, cast(sum(overturned) as bigint) as overturned
from happened
where day between :first and :last
group by extract(year from day), extract(month from day)
"""


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

    facts = (ANSWER,)
    question = QUESTION

    def table(self, found: Answer, period: Period) -> Counted:
        return Counted([_row(*each) for each in sorted(found)], sum(each[2] for each in found))


def _row(year: int, month: int, answers: int, taken_back: int, *read: Any) -> Row:
    twice, agreed, settled, overturned = read
    return (
        f"{int(year)}-{int(month):02}", answers, taken_back, percent(taken_back, answers),
        twice, agreed, percent(agreed, twice), settled, overturned,
    )  # fmt: skip
