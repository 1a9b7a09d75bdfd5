"""Child protection plans by category, and whether domestic abuse was recorded beside it."""

from typing import Any

from sightline.insight.facts.care import CARE
from sightline.insight.figures.base import Column, Counted, Figure, Row
from sightline.insight.figures.measures import TOTAL, Measure
from sightline.insight.periods import Period
from sightline.rules.rounding import percent

QUESTION = """
select category, count(*) as plans, count(*) filter (where domestic_abuse = 'yes') as abuse,
       count(*) filter (where domestic_abuse = 'no') as none,
       count(*) filter (where domestic_abuse = '') as not_said
from care
where kind = 'child_protection_plan' and day between :first and :last
group by category
"""
CATEGORIES = {
    "NEG": "Neglect", "PHY": "Physical abuse", "SAB": "Sexual abuse", "EMO": "Emotional abuse",
    "MUL": "Multiple or not recommended", "": "Not recorded",
}  # fmt: skip


class Plans(Figure):
    id = "s4.plans"
    name = "Child protection plans, and whether domestic abuse is recorded on them"
    source = (
        "Stockton-on-Tees scrutiny of domestic abuse, progress update (2021), recommendation 6; "
        "categories of the children in need census"
    )
    who = "Every child protection plan that began after a notification of the child."
    dates = "The day on which the plan began."
    repeat = (
        "A child with two plans is two. A plan written down for two mentions of one child is one."
    )
    records = ("plan", "plans")
    columns = (
        Column("category", "Primary category", numeric=False),
        Column("plans", "Plans"),
        Column("domestic_abuse", "Domestic abuse recorded as secondary"),
        Column("domestic_abuse_pct", "Per cent of plans"),
        Column("none", "Recorded that it is not"),
        Column("not_said", "Nobody said"),
    )
    notes = (
        "The census has no primary category for domestic abuse; it is most often within emotional "
        "abuse. The secondary category is the only place where it can be counted.",
    )
    adds = (("plans", ("domestic_abuse", "none", "not_said")),)
    facts = (CARE,)
    question = QUESTION
    about = ("assessments",)
    measures = (
        Measure("Plans with domestic abuse as secondary category", "domestic_abuse", "plans"),
        Measure("Plans of which nobody said", "not_said", "plans"),
    )

    def table(self, found: list[tuple[Any, ...]], period: Period) -> Counted:
        counts = {category: rest for category, *rest in found}
        rows = [_row(words, *counts[code]) for code, words in CATEGORIES.items() if code in counts]
        if rows:
            rows.append(_row(TOTAL, *map(sum, zip(*counts.values(), strict=True))))
        return Counted(rows, sum(rest[0] for rest in counts.values()))


def _row(label: str, plans: int, abuse: int, none: int, not_said: int) -> Row:
    return (label, plans, abuse, percent(abuse, plans), none, not_said)
