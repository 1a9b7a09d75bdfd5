"""Table 2 of the review: how many households had how many notifications."""

from sightline.insight.engine.base import Answer, Engine
from sightline.insight.engine.live import Live
from sightline.insight.facts.notification import NOTIFIED
from sightline.insight.figures.base import DUDLEY, Column, Counted, Figure
from sightline.insight.figures.measures import Measure
from sightline.insight.figures.sizes import by_nth, by_size
from sightline.insight.periods import Period

HOUSEHOLDS = """
select notifications, count(*)
from (
    select household, count(*) as notifications
    from notification
    where day between :first and :last and children > 0 and household is not null
    group by household
) as each_household
group by notifications
"""
NTHS = """
select nth, count(*) from notification where nth is not null and day <= :last group by nth
"""


class HouseholdsByNotifications(Figure):
    id = "s0.table2"
    name = "Households by number of notifications"
    adds_over_time = False
    source = f"{DUDLEY}, table 2"
    who = (
        "Every address at which an incident happened and at least one child was named. A "
        "household is an address here: a family that moves is two, and two families who follow "
        "each other at one address are one."
    )
    dates = "The day in London on which the notification was made, not the day of the incident."
    repeat = (
        "Every notification of an incident at the address that names a child counts, even where "
        "two speak of one incident. Of a corrected notification only the newest version counts."
    )
    records = ("notification", "notifications")
    columns = (
        Column("notifications", "Notifications"),
        Column("households", "Households"),
        Column("total_notifications", "Notifications of these households", times="households"),
    )
    notes = ("A notification without an address of the incident is not counted.",)

    measures = (
        Measure(
            "Households named more than once in the period", "households", "households",
            only=lambda size: size != 1,
        ),
    )  # fmt: skip
    about = ("notifications",)
    facts = (NOTIFIED,)
    question = HOUSEHOLDS
    other_questions = (NTHS,)

    def count(self, period: Period, engine: Engine | None = None) -> Counted:
        engine = engine or Live()
        if period.first or engine.only:  # the first within these is at no address the first
            return super().count(period, engine)
        last = self.parameters(period)["last"]
        return by_nth(dict(engine.ask(NTHS, self.facts, {"last": last})))

    def table(self, found: Answer, period: Period) -> Counted:
        return by_size(dict(found))
