"""How long each step takes, by agency, and how long it has been waited for where it is not done."""

from typing import Any

from sightline.insight.facts.timed import TIMED
from sightline.insight.figures.base import Cell, Column, Counted, Figure, Row
from sightline.insight.figures.measures import Measure
from sightline.insight.periods import Period

QUESTION = """
select step, agency, count(*) as begun, count(hours) as done,
       percentile_cont(0.5) within group (order by hours) as half,
       percentile_cont(0.9) within group (order by hours) as nine_in_ten,
       count(waiting) as waiting, max(:minute - waiting) as longest
from timed
where day between :first and :last
group by step, agency
"""
STEPS = {
    "screened": "From opened to a scale set",
    "decided": "From opened to a decision",
    "answered": "From a question to its answer",
    "accepted": "From an action agreed to accepted",
    "started": "From an action agreed to started",
    "completed": "From an action agreed to completed",
}
MINUTES_A_DAY = 24 * 60


class StepTimes(Figure):
    id = "s4.times"
    name = "Response times, and who waits: each step, by agency"
    source = (
        "Stockton-on-Tees scrutiny of domestic abuse, progress update (2021), recommendation 2: "
        "waiting lists and response times; Dudley’s review (2013): timeliness could not be assessed"
    )
    who = (
        "Every step of the way that somebody took or is to take: each child screened and decided "
        "on, each question to an agency, each agreed action until accepted, started, completed."
    )
    dates = "The day in London on which the clock began: opened, asked or agreed."
    repeat = (
        "A step counts by the first time it was taken. What was withdrawn or ended is left out, "
        "and the scale of what was decided without one."
    )
    records = ("step", "steps")
    columns = (
        Column("step", "Step", numeric=False),
        Column("agency", "Agency", numeric=False),
        Column("begun", "Begun"),
        Column("done", "Done"),
        Column("half_hours", "Half within (hours)"),
        Column("ninetieth_hours", "Nine in ten within (hours)"),
        Column("waiting", "Waiting"),
        Column("longest_days", "Longest wait, in whole days"),
    )
    notes = (
        "The times are of what is done: while many wait, they look better than they are. Read them "
        "with the two columns that follow.",
        "Whole hours, begun ones not counted. Waiting lists of support services are not on record "
        "here beyond the actions that were agreed with them.",
    )
    facts = (TIMED,)
    question = QUESTION
    about_people = False
    measures = (Measure("Steps done, of steps begun", "done", "begun"),)

    def table(self, found: list[tuple[Any, ...]], period: Period) -> Counted:
        places = {step: place for place, step in enumerate(STEPS)}
        rows = [_row(*one) for one in sorted(found, key=lambda one: (places[one[0]], one[1]))]
        return Counted(rows, sum(one[2] for one in found))


def _row(step: str, agency: str, begun: int, done: int, *rest: Any) -> Row:
    half, nine_in_ten, waiting, longest = rest
    days: Cell = None if longest is None else int(longest) // MINUTES_A_DAY
    return (STEPS[step], agency, begun, done, whole(half), whole(nine_in_ten), waiting, days)


def whole(hours: Any) -> Cell:
    """Return hours as they stand in a table: whole, halves rounded up."""
    return None if hours is None else int(float(hours) + 0.5)
