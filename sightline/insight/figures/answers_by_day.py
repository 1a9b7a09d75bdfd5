"""How fast questions are answered, by day and role."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sightline.access.roles import ROLES
from sightline.insight.engine.base import Answer
from sightline.insight.facts.answer import ANSWER
from sightline.insight.figures.base import Column, Counted, Figure, Row
from sightline.insight.figures.questions import SIGHTLINE, per_hour
from sightline.insight.periods import Period
from sightline.rules.rounding import percent

QUESTION = """
select day, roles, count(*) as answers, count(*) filter (where decision = 'unsure') as unsure,
       count(seconds) as timed, cast(sum(seconds) as bigint) as spent
from answer
where day between :first and :last
group by day, roles
"""


class AnswersByDay(Figure):
    id = "who.answers"
    name = "Answers to “who is this?” by day, and how many an hour"
    about_people = False
    source = SIGHTLINE
    who = "Every answer of a reviewer, by the roles they held then. Nobody is named."
    dates = "The day in London on which it was given."
    repeat = (
        "Two answers to one question are two. An answer that was taken back counts: giving it was "
        "work."
    )
    records = ("answer", "answers")
    columns = (
        Column("day", "Day", numeric=False),
        Column("role", "Role", numeric=False),
        Column("answers", "Answers"),
        Column("unsure", "Could not tell"),
        Column("unsure_pct", "Could not tell (per cent)"),
        Column("an_hour", "Answers an hour"),
    )
    notes = (
        "Answers an hour: from opening a question to answering it. What took more than 10 minutes "
        "is left out of this column, as a page left open is no work.",
    )

    facts = (ANSWER,)
    question = QUESTION

    def table(self, found: Answer, period: Period) -> Counted:
        return Counted([_row(*each) for each in sorted(found)], sum(each[2] for each in found))


def _row(day: date, roles: str, answers: int, unsure: int, *time: Any) -> Row:
    timed, seconds = time
    return (
        day.isoformat(), _in_words(roles.split()), answers, unsure, percent(unsure, answers),
        per_hour(timed, seconds),
    )  # fmt: skip


def _in_words(codes: Iterable[str]) -> str:
    return ", ".join(ROLES[code].name for code in codes if code in ROLES) or "No role"
