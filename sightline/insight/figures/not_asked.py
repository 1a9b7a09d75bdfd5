"""What was not asked: questions of screening nobody put, and people whom agencies did not check."""

from typing import Any

from sightline.insight.facts.checked import CHECKED
from sightline.insight.facts.screened import SCREENED
from sightline.insight.figures.base import Column, Counted, Figure
from sightline.insight.figures.measures import Measure
from sightline.insight.periods import Period
from sightline.insight.whole import month
from sightline.rules.research.services import Service
from sightline.rules.rounding import percent
from sightline.rules.screening.instrument import shipped_instruments

ITEMS = {one.key: len(one.items) for one in shipped_instruments()}

OF_SCREENING = """
select cast(date_trunc('month', day) as date) as start, instrument, count(*) as children,
       cast(sum(answered) as bigint) as answered, cast(sum(not_known) as bigint) as not_known
from screened
where day between :first and :last
group by date_trunc('month', day), instrument
"""
OF_AGENCIES = """
select agency, service, count(*) as people, count(*) filter (where known = 'known') as known,
       count(*) filter (where known = 'nothing') as nothing,
       count(*) filter (where known = 'not_checked') as not_checked
from checked
where day between :first and :last
group by agency, service
"""


class NotAsked(Figure):
    id = "quality.not_asked"
    name = "Questions of screening that nobody asked, by month"
    source = "Sightline; joint inspections (2017): nothing that must be asked may be passed over"
    who = "Every question of the instrument, for each child whose scale was set."
    dates = "The month in London in which the scale was first set; answers as they stood then."
    repeat = "A child of two incidents is asked twice. A scale set again changes nothing."
    records = ("question for a child", "questions for children")
    columns = (
        Column("month", "Month", numeric=False),
        Column("instrument", "Instrument", numeric=False),
        Column("children", "Children"),
        Column("questions", "Questions"),
        Column("answered", "Answered"),
        Column("not_known", "Asked, not known"),
        Column("not_asked", "Not asked"),
        Column("not_asked_pct", "Not asked (per cent)"),
    )
    notes = (
        "Not every question concerns every child: a newborn goes to no school. No share is right; "
        "that it grows, or differs between months, is worth a question.",
    )
    facts = (SCREENED,)
    question = OF_SCREENING
    rests_on = ("child-matrix",)
    by_time = True
    about_people = False
    measures = (Measure("Questions not asked", "not_asked", "questions"),)

    def table(self, found: list[tuple[Any, ...]], period: Period) -> Counted:
        rows = []
        for start, instrument, children, answered, not_known in sorted(found):
            asked = children * ITEMS.get(instrument, 0)
            left = max(0, asked - answered - not_known)
            rows.append((
                month(start).name, instrument, children, asked, answered, not_known,
                left, percent(left, asked),
            ))  # fmt: skip
        return Counted(list(rows), sum(row[3] for row in rows))


class NotChecked(Figure):
    id = "quality.not_checked"
    name = "People whom agencies were asked about and did not check, by agency"
    source = "Sightline; joint inspections (2017): agencies share what they know of everybody"
    who = "Every person about whom an agency answered, once for each question. Nobody is named."
    dates = "The day in London on which the agency answered."
    repeat = "An answer that replaces an earlier one takes its place."
    records = ("person asked about", "people asked about")
    columns = (
        Column("agency", "Agency", numeric=False),
        Column("service", "Asked as", numeric=False),
        Column("people", "People asked about"),
        Column("known", "Known to it"),
        Column("nothing", "Nothing known"),
        Column("not_checked", "Not checked"),
        Column("not_checked_pct", "Not checked (per cent)"),
    )
    notes = (
        "An agency that did not check somebody says why, to the team. Questions that were not "
        "answered at all are in the figure on questions to agencies.",
    )
    facts = (CHECKED,)
    question = OF_AGENCIES
    rests_on = ("research-rules",)
    about_people = False
    measures = (Measure("People not checked", "not_checked", "people"),)

    def table(self, found: list[tuple[Any, ...]], period: Period) -> Counted:
        rows = [
            (agency, Service(service).words, people, known, nothing, missed,
             percent(missed, people))
            for agency, service, people, known, nothing, missed in sorted(found)
        ]  # fmt: skip
        return Counted(list(rows), sum(one[2] for one in found))
