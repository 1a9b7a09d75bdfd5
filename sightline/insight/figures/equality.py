"""Who the children are, who comes back, who was weighed as serious; and of whom nobody knows."""

from collections.abc import Mapping
from typing import Any

from sightline.insight.facts.decision import DECISION
from sightline.insight.facts.described import DESCRIBED
from sightline.insight.figures.base import Column, Counted, Figure, Row, Shared
from sightline.insight.figures.children_by_notifications import (
    ChildrenByNotifications,
    is_of_all,
)
from sightline.insight.figures.measures import LIKELY, TOTAL, Measure, likely
from sightline.insight.periods import Period
from sightline.rules.rounding import percent

AGE_BAND = """
    case when unborn then 'unborn' when age is null then '' when age < 1 then 'under_1'
         when age <= 4 then '1_4' when age <= 9 then '5_9' when age <= 15 then '10_15'
         when age <= 17 then '16_17' else 'over_17' end
"""
ASKED = {"sex": "sex", "age": AGE_BAND, "ethnicity": "ethnicity", "disability": "disability",
         "language": "language"}  # fmt: skip
GROUPS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "sex": ("Sex", {"F": "Girls", "M": "Boys", "U": "Not known at birth, or unborn"}),
    "age": ("Age at the notification", {
        "unborn": "Unborn", "under_1": "Under 1", "1_4": "1 to 4", "5_9": "5 to 9",
        "10_15": "10 to 15", "16_17": "16 or 17", "over_17": "18 or over by the date written",
    }),
    "ethnicity": ("Ethnic group", {
        "white": "White", "mixed": "Mixed", "asian": "Asian, Chinese included", "black": "Black",
        "other": "Other",
    }),
    "disability": ("Disability", {"yes": "With a disability", "no": "Without"}),
    "language": ("Language", {"english": "English", "other": "Another language"}),
}  # fmt: skip
NOT_RECORDED = "Not recorded"

# The last notification of the period in which a child is named says which age it has in the table.
EACH = """
in_days as (
    select child, nth, unborn, age, sex, ethnicity, disability, language,
           count(*) over (partition by child) as notifications,
           max(nth) over (partition by child) as newest
    from described where day between :first and :last
), weighed as (
    select child, max(scale) as scale from decision
    where day between :first and :last and last and not withdrawn group by child
), placed as (
    select in_days.*, coalesce(weighed.scale, 0) as scale
    from in_days left join weighed on weighed.child = in_days.child
    where in_days.nth = in_days.newest
)
"""
OF_GROUP = """
select '{asked}' as asked, {value} as answer, count(*) as children,
       cast(sum(notifications) as bigint) as notifications,
       count(*) filter (where nth > 1) as again, count(*) filter (where scale > 0) as weighed,
       count(*) filter (where scale >= 3) as serious
from placed group by {value}
"""
QUESTION = f"with {EACH} " + " union all ".join(
    OF_GROUP.format(asked=asked, value=value) for asked, value in ASKED.items()
)


class Equality(Figure):
    id = "equality.children"
    name = "Who the children are, and of whom it is not recorded"
    adds_over_time = False
    source = (
        "Equality Act 2010 s.149; joint inspections (2017) on communities that are not reached; "
        "Dorset’s inquiry day (2018) on groups that are missed"
    )
    who = (
        "Every child whom a notification names, once in each part of the table; unborn children "
        "included. Beside it, the notifications that name them, who was named before, and the "
        "scale of those decided on."
    )
    dates = (
        "The days in London on which notifications were made, and on which it was decided. Age is "
        "that of the last notification in the period."
    )
    repeat = (
        "Again: the last notification in the period is not the child’s first on record. Of several "
        "decisions on a child the highest scale counts."
    )
    records = ("child", "children")
    columns = (
        Column("asked", "Of", numeric=False),
        Column("group", "Group", numeric=False),
        Column("children", "Children"),
        Column("children_pct", "Per cent of all"),
        Column("notifications", "Notifications", part_of=""),
        Column("again", "Named again"),
        Column("again_pct", "Per cent of children"),
        *LIKELY,
        Column("decided", "Decided on"),
        Column("serious", "Scale 3 or 4", part_of="decided"),
        Column("serious_pct", "Per cent of those decided on"),
    )
    notes = (
        "Sex, ethnic group, disability and language are what the newest notification that says "
        "anything says. An ethnic group is that of the census, by police’s or the council’s codes; "
        "an officer’s view of somebody’s appearance is not asked for.",
        "Not recorded is nobody’s answer, and is largest where nobody asks. Two groups differ for "
        "certain only where their likely ranges lie apart; a group that is smaller than its share "
        "of the population may be one that is not reached.",
    )
    facts = (DESCRIBED, DECISION)
    question = QUESTION
    about = ("notifications",)
    measures = (
        Measure("Named again, of children", "again", "children"),
        Measure("Scale 3 or 4, of those decided on", "serious", "decided"),
    )
    row_groups = {name: name for name, _ in GROUPS.values()}
    beside = {
        ChildrenByNotifications: (
            Shared("children", "children", is_of_all),
            Shared("total_notifications", "notifications", is_of_all),
            # who was never named before has one notification, if not two in these days
            Shared("children", "children", is_of_all, less="again", their_row="1"),
        )
    }

    def table(self, found: list[tuple[Any, ...]], period: Period) -> Counted:
        counts = {(asked, answer): rest for asked, answer, *rest in found}
        by_sex = [rest for (asked, _), rest in counts.items() if asked == "sex"]
        everybody = sum(rest[0] for rest in by_sex)
        rows = [
            _row(name, words, everybody, *counts[asked, answer])
            for asked, (name, groups) in GROUPS.items()
            for answer, words in [*groups.items(), ("", NOT_RECORDED)]
            if (asked, answer) in counts
        ]
        if rows:
            total = map(sum, zip(*by_sex, strict=True))
            rows.append(_row(TOTAL, "Everybody", everybody, *total))
        return Counted(rows, everybody)


def _row(
    name: str, group: str, everybody: int, children: int, notifications: int, again: int,
    decided: int, serious: int,
) -> Row:  # fmt: skip
    return (
        name, group, children, percent(children, everybody), notifications, again,
        percent(again, children), *likely(again, children), decided, serious,
        percent(serious, decided),
    )  # fmt: skip
