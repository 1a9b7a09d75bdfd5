"""The quarterly return of a MARAC, in the shape in which SafeLives collects it: counts alone."""

from decimal import Decimal
from typing import Any

from django.conf import settings

from sightline.insight.engine.base import Answer
from sightline.insight.facts.heard import HEARD_CASE
from sightline.insight.figures.base import Cell, Column, Counted, Figure, Row
from sightline.insight.figures.measures import Measure
from sightline.insight.periods import Period
from sightline.insight.whole import quarter
from sightline.rules.rounding import percent

PARTNERS = (
    "social_care", "health", "education", "domestic_abuse", "housing", "probation",
    "mental_health",
)  # fmt: skip
BY_QUARTER = """
select cast(date_trunc('quarter', day) as date) as start, count(distinct meeting) as meetings,
       count(*) as cases, count(*) filter (where repeat) as repeats,
       cast(sum(children) as bigint) as children,
       count(*) filter (where referred_by = 'police') as police,
       {partners},
       count(*) filter (where ethnicity <> ''
                          and ethnicity not in ('W1', 'WBRI', 'NS', 'NOBT')) as minoritised,
       count(*) filter (where disabled) as disabled, count(*) filter (where sex = 'M') as male,
       count(*) filter (where victim_age between 16 and 17) as young,
       count(*) filter (where perpetrator_age < 18) as harming
from heard
where day between :first and :last
group by date_trunc('quarter', day)
""".format(
    partners=", ".join(
        f"count(*) filter (where referred_by = '{one}') as {one}" for one in PARTNERS
    )
)


class MaracReturn(Figure):
    id = "marac.return"
    name = "MARAC: the quarterly return"
    by_time = True
    source = (
        "SafeLives, data that MARACs return each quarter; its reading of cases for each 10,000 "
        "adult women, of which it expects 40 in a year"
    )
    who = (
        "Cases: hearings of a victim and a perpetrator. Children: those whom the notification on "
        "which the two were referred names, once in each case."
    )
    dates = "The quarter of the calendar year, in London, in which the two were heard."
    repeat = (
        "A case is a repeat where it was referred as one: something between the two within twelve "
        "months of their last hearing."
    )
    records = ("hearing", "hearings")
    columns = (
        Column("quarter", "Quarter", numeric=False),
        Column("meetings", "Meetings"),
        Column("cases", "Cases"),
        Column("repeats", "Repeats"),
        Column("repeats_pct", "Repeats (per cent)"),
        Column("children", "Children"),
        Column("per_10000", "Cases for each 10,000 adult women"),
        Column("from_police", "Referred by police"),
        Column("from_partners_pct", "By partners (per cent)"),
        *(Column(f"from_{one}", f"By {one.replace('_', ' ')}") for one in PARTNERS),
        Column("from_others", "By others"),
        Column("minoritised", "Victims of minoritised ethnicity"),
        Column("disabled", "Victims with a disability"),
        Column("male", "Male victims"),
        Column("aged_16_17", "Victims aged 16 or 17"),
        Column("harm_causers_under_18", "Perpetrators aged 17 or under"),
    )
    notes = (
        "Ages are those of the day of the hearing; somebody whose date of birth is not known "
        "counts in no age. Minoritised is every ethnicity that police wrote but White British and "
        "not stated.",
        "Sexual orientation and gender identity are not asked for, so that LGBT+ is not counted.",
        "Cases for each 10,000 adult women are those of the quarter, not of a year. Without a "
        "population, which the partnership sets (SIGHTLINE_ADULT_WOMEN), there is none.",
    )

    facts = (HEARD_CASE,)
    question = BY_QUARTER
    rests_on = ("marac", "marac-criteria")
    measures = (
        Measure("Cases", "cases"),
        Measure("Repeats, of cases", "repeats", "cases"),
        Measure("Referred by police, of cases", "from_police", "cases"),
    )

    def table(self, found: Answer, period: Period) -> Counted:
        rows = [_row(quarter(start).name, *rest) for start, *rest in sorted(found)]
        return Counted(rows, sum(cases for _, _, cases, *_ in found))


def _row(label: str, meetings: int, cases: int, repeats: int, children: int, *rest: Any) -> Row:
    police, *others = rest
    partners, diversity = others[: len(PARTNERS)], others[len(PARTNERS) :]
    return (
        label, meetings, cases, repeats, percent(repeats, cases), children, _rate(cases), police,
        percent(cases - police, cases), *partners, cases - police - sum(partners), *diversity,
    )  # fmt: skip


def _rate(cases: int) -> Cell:
    """Cases for each 10,000 adult women, where the partnership says how many there are."""
    women = settings.ADULT_WOMEN
    return percent(Decimal(cases) * 100, women) if women else None
