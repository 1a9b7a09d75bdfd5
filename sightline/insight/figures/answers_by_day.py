"""How fast questions are answered, by day and role."""

from typing import Any

from sightline.insight.engine.base import Engine
from sightline.insight.figures.base import Column, Counted, Figure, Row, query
from sightline.insight.figures.questions import ANSWER, SIGHTLINE, per_hour, roles_in_words
from sightline.insight.figures.steps import in_steps
from sightline.insight.periods import Period
from sightline.rules.rounding import percent

BY_DAY = """
select day, roles, count(*), count(*) filter (where decision = 'unsure'),
       count(seconds), sum(seconds)
from answer group by day, roles order by day, roles
"""
STEPS = in_steps(ANSWER, then=BY_DAY)


class AnswersByDay(Figure):
    id = "who.answers"
    name = "Answers to “who is this?” by day, and how many an hour"
    about_people = False
    source = SIGHTLINE
    who = "Every answer of a reviewer, by the roles they hold now. Nobody is named."
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

    def count(self, period: Period, engine: Engine | None = None) -> Counted:
        found = query(STEPS, period)
        return Counted([_row(each) for each in found], sum(each[2] for each in found))


def _row(found: tuple[Any, ...]) -> Row:
    day, roles, answers, unsure, timed, seconds = found
    return (
        day.isoformat(), roles_in_words(roles), answers, unsure, percent(unsure, answers),
        per_hour(timed, seconds),
    )  # fmt: skip
