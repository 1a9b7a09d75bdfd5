"""Table 1 of the review: how many children had how many notifications."""

from sightline.insight.engine.base import Answer, Engine
from sightline.insight.engine.live import Live
from sightline.insight.facts.contact import CONTACT
from sightline.insight.figures.base import DUDLEY, Column, Counted, Figure, Shared
from sightline.insight.figures.measures import TOTAL, Measure
from sightline.insight.figures.over_time import CONTACTS, RepeatsByMonth
from sightline.insight.figures.sizes import by_nth, by_size
from sightline.insight.periods import Period

CHILDREN = """
select notifications, count(*)
from (
    select child, count(*) as notifications
    from contact
    where day between :first and :last
    group by child
) as each_child
group by notifications
"""
NTHS = "select nth, count(*) from contact where day <= :last group by nth"


def is_of_all(label: str) -> bool:
    """Whether a row is the total."""
    return label == TOTAL


class ChildrenByNotifications(Figure):
    id = "s0.table1"
    name = "Children by number of notifications"
    adds_over_time = False
    source = f"{DUDLEY}, table 1"
    who = (
        "Every child whom a notification names as a child, unborn children included, once, "
        "however often and under however many spellings: mentions that are linked are one child."
    )
    dates = "The day in London on which the notification was made, not the day of the incident."
    repeat = (
        "Every notification counts, even where two speak of one incident. Of a corrected "
        "notification only the newest version counts."
    )
    records = ("mention of a child in a notification", "mentions of children in notifications")
    columns = (
        Column("notifications", "Notifications"),
        Column("children", "Children"),
        Column("total_notifications", "Notifications of these children", times="children"),
    )
    notes = (
        "A notification that names three children is one for each of them, so the total is of "
        "children's notifications and more than the number of notifications.",
    )

    measures = (
        Measure(
            "Children named more than once in the period", "children", "children",
            only=lambda size: size != 1,
        ),
        Measure("Children’s notifications", "total_notifications"),
    )  # fmt: skip
    about = ("notifications",)
    facts = (CONTACT,)
    question = CHILDREN
    other_questions = (NTHS,)
    beside = {RepeatsByMonth: (Shared(CONTACTS, "total_notifications", is_of_all),)}

    def count(self, period: Period, engine: Engine | None = None) -> Counted:
        engine = engine or Live()
        if period.first or engine.only:  # the first within these is no child's first
            return super().count(period, engine)
        last = self.parameters(period)["last"]
        return by_nth(dict(engine.ask(NTHS, self.facts, {"last": last})))

    def table(self, found: Answer, period: Period) -> Counted:
        return by_size(dict(found))
