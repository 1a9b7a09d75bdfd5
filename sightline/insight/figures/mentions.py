"""People in notifications of whom it is not yet known who they are, by sender."""

from typing import Any

from sightline.insight.facts.mentioned import MENTIONED_BY_DAY
from sightline.insight.figures.base import Column, Counted, Figure
from sightline.insight.figures.measures import Measure
from sightline.insight.periods import Period
from sightline.rules.rounding import percent

QUESTION = """
select force, cast(sum(mentions) as bigint) as mentions, cast(sum(unlinked) as bigint) as unlinked,
       cast(sum(asked) as bigint) as asked, cast(sum(nameless) as bigint) as nameless,
       cast(sum(ageless) as bigint) as ageless
from mentioned
where day between :first and :last
group by force
"""


class Mentions(Figure):
    id = "quality.mentions"
    name = "People not yet linked, and people hard to link, by sender"
    source = "Sightline"
    who = "Every person in every notification, whoever they are."
    dates = "The day in London on which the notification was made; who is linked, as at the moment."
    repeat = "Somebody named in two notifications is two. Of a corrected one the newest counts."
    records = ("person in a notification", "people in notifications")
    columns = (
        Column("force", "Sent by", numeric=False),
        Column("mentions", "People in notifications"),
        Column("unlinked", "Not linked yet"),
        Column("asked", "Somebody is asked who it is"),
        Column("asked_pct", "Per cent"),
        Column("nameless", "No first name"),
        Column("nameless_pct", "Per cent"),
        Column("ageless", "No date of birth"),
        Column("ageless_pct", "Per cent"),
    )
    notes = (
        "Until somebody answers, a person who may be known counts as one of their own: repeats are "
        "undercounted by that many. The unborn need no name and no date of birth.",
    )
    facts = (MENTIONED_BY_DAY,)
    question = QUESTION
    about_people = False
    measures = (
        Measure("No date of birth", "ageless", "mentions"),
        Measure("Somebody is asked who it is", "asked", "mentions"),
    )

    def table(self, found: list[tuple[Any, ...]], period: Period) -> Counted:
        rows = [
            (force, many, unlinked, asked, percent(asked, many), nameless, percent(nameless, many),
             ageless, percent(ageless, many))
            for force, many, unlinked, asked, nameless, ageless in sorted(found)
        ]  # fmt: skip
        return Counted(list(rows), sum(one[1] for one in found))
