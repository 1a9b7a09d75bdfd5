"""The quarterly return of a MARAC, in the shape in which SafeLives collects it: counts alone."""

from decimal import Decimal
from typing import Any

from django.conf import settings

from sightline.insight.figures.base import Cell, Column, Counted, Figure, Row, query
from sightline.insight.figures.steps import in_steps
from sightline.insight.periods import Period, reporting_span
from sightline.rules.rounding import percent

# Each hearing of the period, its two people as they are linked now, and its children.
HEARD = """
heard as (
    select hearing.id, hearing.meeting_id, hearing.heard_at,
           (hearing.heard_at at time zone 'Europe/London')::date as day,
           referral.criteria @> '[{"id": "repeat"}]' as repeat, agency.kind as referred_by,
           victim.sex, victim.birth_date as victim_born, perpetrator.birth_date as perpetrator_born,
           mention.ethnicity, coalesce(mention.detail ->> 'disability', '') <> '' as disabled,
           mention.source_id
    from meetings_marachearing hearing
    join meetings_maracreferral referral on referral.id = hearing.referral_id
    join access_agency agency on agency.id = referral.agency_id
    join people_mention mention on mention.id = referral.victim_id
    join people_link v on v.mention_id = referral.victim_id and v.ended_at is null
    join people_person victim on victim.id = v.person_id
    join people_link p on p.mention_id = referral.perpetrator_id and p.ended_at is null
    join people_person perpetrator on perpetrator.id = p.person_id
    where hearing.heard_at >= %(first)s::timestamptz and hearing.heard_at < %(after)s::timestamptz
)"""
CHILDREN = """
children as (
    select heard.id, count(distinct link.person_id) as many
    from heard
    join people_mention child on child.source_id = heard.source_id and child.role = 'child'
    join people_link link on link.mention_id = child.id and link.ended_at is null
    group by heard.id
)"""
PARTNERS = (
    "social_care", "health", "education", "domestic_abuse", "housing", "probation",
    "mental_health",
)  # fmt: skip
BY_QUARTER = """
select date_trunc('quarter', heard.day)::date as quarter,
       count(distinct heard.meeting_id), count(*), count(*) filter (where repeat),
       coalesce(sum(children.many), 0)::int,
       count(*) filter (where referred_by = 'police'),
       {partners},
       count(*) filter (where ethnicity <> '' and ethnicity not in ('W1', 'WBRI', 'NS', 'NOBT')),
       count(*) filter (where disabled), count(*) filter (where sex = 'M'),
       count(*) filter (where age(day, victim_born) >= interval '16 years'
                          and age(day, victim_born) < interval '18 years'),
       count(*) filter (where age(day, perpetrator_born) < interval '18 years')
from heard left join children on children.id = heard.id
group by quarter order by quarter
""".format(partners=", ".join(f"count(*) filter (where referred_by = '{one}')" for one in PARTNERS))
STEPS = in_steps(HEARD, CHILDREN, then=BY_QUARTER)


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

    def count(self, period: Period) -> Counted:
        found = query(STEPS, period)
        rows = [_row(reporting_span(quarter).label(period), *rest) for quarter, *rest in found]
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
