"""How each reviewer works, for those who manage them."""

from typing import Any

from django.db import connection

from sightline.access.roles import Perm
from sightline.insight.engine.base import Answer, Engine
from sightline.insight.engine.live import Live
from sightline.insight.facts.answer import ANSWER
from sightline.insight.figures.base import Column, Counted, Figure, Row
from sightline.insight.figures.questions import SIGHTLINE, per_hour
from sightline.insight.periods import Period
from sightline.insight.snapshots.pseudonyms import NoKeyError
from sightline.rules.rounding import percent

UNNAMED = "Not named here"
QUESTION = """
with compared as (
    select one.answer, one.decision = other.decision as agreed
    from answer one
    join answer other on other.question = one.question and other.place = 3 - one.place
    where one.place in (1, 2)
)
select answer.reviewer, count(*) as answers,
       count(*) filter (where answer.decision = 'unsure') as unsure,
       count(answer.seconds) as timed, cast(sum(answer.seconds) as bigint) as spent,
       count(*) filter (where answer.taken_back) as taken_back,
       count(compared.answer) as twice, count(*) filter (where compared.agreed) as agreed
from answer left join compared on compared.answer = answer.answer
where answer.day between :first and :last
group by answer.reviewer
"""


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
        "order of the alphabet: this is to help a reviewer, not to rank them. They have the names "
        "of today.",
    )

    facts = (ANSWER,)
    question = QUESTION

    def count(self, period: Period, engine: Engine | None = None) -> Counted:
        """Count by number, as no fact has a name, and name those whom the numbers are of."""
        engine = engine or Live()
        found = engine.ask(self.question, self.facts, self.parameters(period))
        names = _names(engine)
        return self.table([(names.get(who, UNNAMED), *counts) for who, *counts in found], period)

    def table(self, found: Answer, period: Period) -> Counted:
        rows = sorted((_row(*each) for each in found), key=lambda row: (row[0], str(row)))
        return Counted(rows, sum(each[1] for each in found))


def _names(engine: Engine) -> dict[int, str]:
    """Return the names of users by their numbers; of nobody where no key says whose they are."""
    try:
        number = engine.numbers("user")
    except NoKeyError:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("select id, name from access_user")
        return {number(pk): name for pk, name in cursor.fetchall()}


def _row(name: str, answers: int, unsure: int, *more: Any) -> Row:
    timed, seconds, taken_back, twice, agreed = more
    return (
        name, answers, percent(unsure, answers), per_hour(timed, seconds),
        percent(taken_back, answers), twice, percent(agreed, twice),
    )  # fmt: skip
