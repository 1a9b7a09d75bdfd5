"""Contacts and repeats by quarter, and the children of each, who are in another figure too."""

from sightline.insight.figures.base import Shared
from sightline.insight.figures.children_by_notifications import ChildrenByNotifications
from sightline.insight.figures.over_time import (
    CONTACTS,
    LATELY,
    QUESTION,
    ByMonth,
    OverTime,
    all_columns,
)


class ByQuarter(OverTime):
    id = "trend.quarters"
    name = "Notifications and repeats by quarter"
    columns = all_columns("Quarter")
    months = 3
    question = QUESTION.format(unit="quarter")
    beside = {
        ByMonth: tuple(Shared(one, one) for one in (CONTACTS, "notifications", "repeats", LATELY)),
        ChildrenByNotifications: (
            Shared("total_notifications", CONTACTS),
            Shared("children", "children"),
        ),
    }
