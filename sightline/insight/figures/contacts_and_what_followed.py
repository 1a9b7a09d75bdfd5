"""Table 5 of the review: how many contacts led to what in social care."""

from sightline.insight.figures.base import DUDLEY, Cell, Column, Counted, Figure, Row, query
from sightline.insight.figures.steps import CONTACT, NOTIFIED, in_steps
from sightline.insight.periods import Period, financial_year
from sightline.rules.rounding import percent

# An event speaks of a mention, perhaps in a version that has been corrected since. It follows the
# contact of the same child in the version that holds.
EVENT = """
event as (
    select link.person_id, said.sender_id, said.reference, care.kind, care."on" as day
    from actions_socialcareevent care
    join people_mention mention on mention.id = care.mention_id
    join intake_notification said on said.source_id = mention.source_id
    join people_link link on link.mention_id = mention.id and link.ended_at is null
)"""
FOLLOWED = """
followed as (
    select contact.notification_id, contact.person_id, contact.day,
           bool_or(event.kind in ('initial_assessment', 'family_assessment')) as initial,
           bool_or(event.kind = 'core_assessment') as core,
           bool_or(event.kind = 'section_47') as enquiry,
           bool_or(event.kind = 'initial_conference') as conference,
           min(event.day) filter (where event.kind = 'child_protection_plan') as plan,
           max(event.day) filter (where event.kind = 'looked_after') as looked_after,
           count(event.kind) as events
    from contact left join event using (person_id, sender_id, reference)
    group by contact.notification_id, contact.person_id, contact.day
)"""
BY_YEAR = """
select extract(year from day - interval '3 months')::int as starts_in,
       count(*),
       count(*) filter (where initial), count(*) filter (where core),
       count(*) filter (where enquiry), count(*) filter (where conference),
       count(plan), count(*) filter (where looked_after >= plan)
from followed
group by starts_in
having sum(events) > 0
order by starts_in
"""
STEPS = in_steps(NOTIFIED, CONTACT, EVENT, FOLLOWED, then=BY_YEAR)


class ContactsAndWhatFollowed(Figure):
    id = "s0.table5"
    name = "Contacts and what followed them in children's social care"
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

    def count(self, period: Period) -> Counted:
        found = query(STEPS, period)
        rows = [_row(financial_year(year).label(period), *counts) for year, *counts in found]
        return Counted(rows, sum(contacts for _, contacts, *_ in found))


def _row(label: str, contacts: int, *followed: int) -> Row:
    *with_share, plan, looked_after = followed
    shares: list[Cell] = []
    for many in with_share:
        shares += [many, percent(many, contacts)]
    return (label, contacts, *shares, plan, looked_after)
