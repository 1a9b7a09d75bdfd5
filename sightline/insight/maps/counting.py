"""How many there are in each small area, and what exactly is counted."""

from collections.abc import Mapping
from dataclasses import dataclass

from sightline.insight.engine.base import Engine
from sightline.insight.facts.base import Fact
from sightline.insight.facts.contact import CONTACT
from sightline.insight.facts.notification import NOTIFIED
from sightline.insight.periods import FIRST, LAST, Period

Counts = Mapping[str, int]  # by small area; "" is where nobody knows


@dataclass(frozen=True)
class Counting:
    """What is counted on a map: its words, who is counted where, and the question that counts."""

    id: str
    name: str
    one: str
    many: str
    who: str
    fact: Fact
    question: str

    def count(self, period: Period, engine: Engine) -> Counts:
        """Return how many there are in each small area. One question."""
        days = {"first": period.first or FIRST, "last": period.last or LAST}
        return dict(engine.ask(self.question, [self.fact], days))


NOTIFICATIONS = Counting(
    "notifications", "Notifications", "notification", "notifications",
    "Every notification that holds and names at least one child, by where the incident was. Of a "
    "corrected notification only the newest version counts.",
    NOTIFIED,
    """
    select small_area, count(*) from notification
    where children > 0 and day between :first and :last
    group by small_area
    """,
)  # fmt: skip
REPEATS = Counting(
    "repeats", "Repeats within twelve months", "repeat", "repeats",
    "One for each child whom a notification names within twelve months of another one of the "
    "child, by where the child lived as that notification has it, else by where the incident was.",
    CONTACT,
    """
    select small_area, count(*) from contact
    where previous >= day - interval '12 months' and day between :first and :last
    group by small_area
    """,
)  # fmt: skip
ALL = {counting.id: counting for counting in (NOTIFICATIONS, REPEATS)}
