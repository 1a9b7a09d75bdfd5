"""Table 5 of the review: how many contacts led to what in social care."""

from sightline.insight.engine.base import Answer
from sightline.insight.facts.followed import FOLLOWED
from sightline.insight.figures.base import DUDLEY, Cell, Column, Counted, Figure, Row
from sightline.insight.figures.measures import Measure
from sightline.insight.periods import Period, financial_year
from sightline.rules.rounding import percent

BY_YEAR = """
select year, count(*),
       count(*) filter (where initial), count(*) filter (where core),
       count(*) filter (where enquiry), count(*) filter (where conference),
       count(*) filter (where plan), count(*) filter (where looked_after)
from followed
where day between :first and :last
group by year
having count(*) filter (where anything) > 0
"""


class ContactsAndWhatFollowed(Figure):
    id = "s0.table5"
    name = "Contacts and what followed them in children's social care"
    by_time = True
    source = f"{DUDLEY}, table 5"
    who = (
        "Contacts: every child in every notification that names the child, unborn children "
        "included. Beside them, how many of these contacts led to each step."
    )
    dates = (
        "The financial year (1 April to 31 March) in which the notification was made, by the day "
        "in London. A step is counted in the year of the contact it followed, whenever it happened."
    )
    repeat = (
        "A child with two notifications is two contacts. A step that followed one contact twice "
        "counts once. Of a corrected notification only the newest version counts, and what "
        "followed an earlier version follows it."
    )
    records = ("contact", "contacts")
    columns = (
        Column("period", "Financial year", numeric=False),
        Column("contacts", "Contacts"),
        Column("initial", "Initial assessment"),
        Column("initial_pct", "Per cent of contacts"),
        Column("core", "Core assessment"),
        Column("core_pct", "Per cent of contacts"),
        Column("s47", "Section 47 enquiry"),
        Column("s47_pct", "Per cent of contacts"),
        Column("icc", "Initial child protection conference"),
        Column("icc_pct", "Per cent of contacts"),
        Column("cpp", "Child protection plan"),
        Column("lac_after_cpp", "Looked after, after the plan"),
    )
    notes = (
        "Since April 2013 the child and family assessment takes the place of the initial and core "
        "assessments. It is counted as an initial one.",
        "A year of whose contacts nothing that followed is on record has no row: that nothing is "
        "recorded does not mean that nothing happened.",
    )

    measures = (
        Measure("Initial or family assessment, of contacts", "initial", "contacts"),
        Measure("Section 47 enquiry, of contacts", "s47", "contacts"),
    )
    about = ("notifications", "assessments")
    facts = (FOLLOWED,)
    question = BY_YEAR

    def table(self, found: Answer, period: Period) -> Counted:
        years = sorted(found)
        rows = [_row(financial_year(year).label(period), *counts) for year, *counts in years]
        return Counted(rows, sum(contacts for _, contacts, *_ in found))


def _row(label: str, contacts: int, *followed: int) -> Row:
    *with_share, plan, looked_after = followed
    shares: list[Cell] = []
    for many in with_share:
        shares += [many, percent(many, contacts)]
    return (label, contacts, *shares, plan, looked_after)
