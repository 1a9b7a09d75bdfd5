"""Perpetrators by how many victims, and how many households, they are named with."""

from typing import Any

from sightline.insight.facts.abused import ABUSED
from sightline.insight.figures.base import Column, Counted, Figure, Row
from sightline.insight.figures.measures import Measure
from sightline.insight.periods import Period
from sightline.rules.rounding import percent

QUESTION = """
with each_one as (
    select perpetrator, count(distinct victim) as victims, count(distinct household) as households,
           count(distinct notification) as notifications
    from abused
    where day <= :last
    group by perpetrator
    having max(day) >= :first
)
select victims, households, count(*) as perpetrators,
       cast(sum(notifications) as bigint) as notifications
from each_one
group by victims, households
"""
MANY = 3  # and more: what is beyond is rare enough to point at somebody


class Perpetrators(Figure):
    id = "s3.perpetrators"
    name = "Perpetrators with several victims, or in several households"
    adds_over_time = False
    source = (
        "Joint inspections of the response to children living with domestic abuse (2017): the "
        "perpetrator moves on, and nobody looks at him"
    )
    who = (
        "Everybody named as a perpetrator, once, under however many spellings. Where each says "
        "that the other is abusive, neither is counted."
    )
    dates = (
        "Named in the period, by the day in London of the notification; their victims and "
        "households are those of the whole record up to its end."
    )
    repeat = (
        "A victim or a household counts once for a perpetrator. A household is an address at which "
        "an incident happened."
    )
    records = ("perpetrator", "perpetrators")
    columns = (
        Column("victims", "Victims", numeric=False),
        Column("perpetrators", "Perpetrators"),
        Column("perpetrators_pct", "Per cent"),
        Column("one_household", "Of these, in one household or none"),
        Column("two_households", "In two households"),
        Column("more_households", "In three or more households"),
        Column("notifications", "Notifications that name them", part_of=""),
    )
    notes = (
        "Victims whom nobody named, and people not yet linked, are not counted: the true numbers "
        "are higher.",
    )
    adds = (("perpetrators", ("one_household", "two_households", "more_households")),)
    facts = (ABUSED,)
    question = QUESTION
    about = ("notifications",)
    measures = (
        Measure(
            "Perpetrators with two victims or more", "perpetrators", "perpetrators",
            only=lambda label: label in ("2", "3 or more"),
        ),
    )  # fmt: skip

    def table(self, found: list[tuple[Any, ...]], period: Period) -> Counted:
        everybody = sum(many for _, _, many, _ in found)
        labels = {0: "None named", 1: "1", 2: "2", MANY: "3 or more"}
        rows = [
            _row(label, [one for one in found if min(one[0], MANY) == victims], everybody)
            for victims, label in labels.items()
        ]
        return Counted(rows if found else [], everybody)


def _row(label: str, found: list[tuple[Any, ...]], everybody: int) -> Row:
    many = sum(one[2] for one in found)
    by_households = [
        sum(one[2] for one in found if min(max(one[1], 1), MANY) == households)
        for households in (1, 2, MANY)
    ]
    return (label, many, percent(many, everybody), *by_households, sum(one[3] for one in found))
