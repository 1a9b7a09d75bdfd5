"""Factors found at the end of assessments: domestic abuse by whom it is of, and the trio."""

from typing import Any

from sightline.insight.facts.care import CARE
from sightline.insight.figures.base import Column, Counted, Figure, Row
from sightline.insight.figures.measures import LIKELY, Measure, likely
from sightline.insight.periods import Period, financial_year
from sightline.rules.rounding import percent

QUESTION = """
select extract(year from ended - interval '3 months') as year, count(*) as ended,
       count(*) filter (where has_factors) as with_factors,
       count(*) filter (where f3a or f3b or f3c) as abuse,
       count(*) filter (where f3a) as of_child, count(*) filter (where f3b) as of_parent,
       count(*) filter (where f3c) as of_other, count(*) filter (where trio) as trio,
       count(*) filter (where parents_trio) as parents_trio
from care
where assessment and ended between :first and :last
group by extract(year from ended - interval '3 months')
"""


class Factors(Figure):
    id = "s4.factors"
    name = "Assessments that found domestic abuse, and the trio"
    source = (
        "Stockton-on-Tees scrutiny of domestic abuse, progress update (2021), recommendation 6; "
        "factors of the children in need census"
    )
    who = "Every assessment by social care that began after a notification of the child, and ended."
    dates = "The financial year (1 April to 31 March) in which the assessment ended."
    repeat = "A child with two assessments is two."
    records = ("assessment that ended", "assessments that ended")
    columns = (
        Column("year", "Financial year", numeric=False),
        Column("ended", "Assessments that ended"),
        Column("with_factors", "With factors recorded"),
        Column("with_factors_pct", "Per cent"),
        Column("abuse", "Domestic abuse (3A, 3B or 3C)", part_of="with_factors"),
        Column("abuse_pct", "Per cent of those with factors"),
        *LIKELY,
        Column("f3a", "3A, of the child", part_of="abuse"),
        Column("f3b", "3B, of a parent or carer", part_of="abuse"),
        Column("f3c", "3C, of another in the home", part_of="abuse"),
        Column("trio", "Trio: with mental health, and alcohol or drugs", part_of="abuse"),
        Column("parents_trio", "Trio of a parent (3B, 4B, and 1B or 2B)", part_of="trio"),
    )
    notes = (
        "An assessment may have several factors, so that 3A, 3B and 3C add up to more than those "
        "with any. An assessment without factors says nothing: it is in no share but the first.",
        "After a notification of domestic abuse a factor is likely: this share is no prevalence "
        "among all children.",
    )
    facts = (CARE,)
    question = QUESTION
    about = ("assessments",)
    by_time = True
    measures = (
        Measure("Domestic abuse found, of assessments with factors", "abuse", "with_factors"),
        Measure("Trio, of assessments with factors", "trio", "with_factors"),
        Measure("Factors recorded, of assessments that ended", "with_factors", "ended"),
    )

    def table(self, found: list[tuple[Any, ...]], period: Period) -> Counted:
        rows = [
            _row(financial_year(int(year)).label(period), *counts)
            for year, *counts in sorted(found)
        ]
        return Counted(rows, sum(counts[0] for _, *counts in found))


def _row(label: str, ended: int, with_factors: int, abuse: int, *rest: int) -> Row:
    return (
        label, ended, with_factors, percent(with_factors, ended), abuse,
        percent(abuse, with_factors), *likely(abuse, with_factors), *rest,
    )  # fmt: skip
