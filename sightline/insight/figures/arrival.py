"""How soon notifications come, and how complete, by sender."""

from typing import Any

from sightline.insight.facts.arrived import ARRIVED
from sightline.insight.figures.base import Column, Counted, Figure
from sightline.insight.figures.measures import Measure
from sightline.insight.figures.step_times import whole
from sightline.insight.periods import Period
from sightline.rules.rounding import percent

QUESTION = """
select force, count(*) as notifications, count(hours) as timed,
       count(*) filter (where hours >= 24) as late,
       count(*) filter (where hours >= 72) as very_late,
       percentile_cont(0.5) within group (order by hours) as half,
       percentile_cont(0.9) within group (order by hours) as nine_in_ten,
       percentile_cont(0.5) within group (order by complete) as complete,
       count(*) filter (where version > 1) as corrected
from arrived
where day between :first and :last and not history
group by force
"""


class Arrival(Figure):
    id = "quality.arrival"
    name = "How soon notifications come after the incident, by sender"
    source = (
        "Sightline; Operation Encompass statutory guidance (2025): the school is told before the "
        "next school day, which a notification that comes a day later makes impossible"
    )
    who = "Every notification; not those that were taken in long afterwards, for the record."
    dates = "The day in London on which the notification was made."
    repeat = "A corrected notification counts once, by when its first version came."
    records = ("notification", "notifications")
    columns = (
        Column("force", "Sent by", numeric=False),
        Column("notifications", "Notifications"),
        Column("timed", "With the time of the incident"),
        Column("late", "After 24 hours or more"),
        Column("late_pct", "Per cent of those with a time"),
        Column("very_late", "After 72 hours or more"),
        Column("half_hours", "Half within (hours)"),
        Column("ninetieth_hours", "Nine in ten within (hours)"),
        Column("complete", "Half are at least so complete (per cent)"),
        Column("corrected", "Corrected since"),
    )
    notes = ("Whole hours from when the incident began; begun hours are not counted.",)
    facts = (ARRIVED,)
    question = QUESTION
    about_people = False
    about = ("schools",)
    measures = (Measure("Notifications after 24 hours or more", "late", "timed"),)

    def table(self, found: list[tuple[Any, ...]], period: Period) -> Counted:
        rows = [
            (force, many, timed, late, percent(late, timed), very_late, whole(half),
             whole(nine_in_ten), whole(complete), corrected)
            for force, many, timed, late, very_late, half, nine_in_ten, complete, corrected
            in sorted(found)
        ]  # fmt: skip
        return Counted(list(rows), sum(one[1] for one in found))
