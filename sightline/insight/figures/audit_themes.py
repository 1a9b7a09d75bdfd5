"""Audits of files, theme by theme, by council."""

from typing import Any

from sightline.insight.facts.audited import AUDITED
from sightline.insight.figures.base import Column, Counted, Figure
from sightline.insight.figures.measures import LIKELY, Measure, likely
from sightline.insight.periods import Period
from sightline.rules.assurance.themes import shipped_audits, theme_names
from sightline.rules.rounding import percent

QUESTION = """
select council, theme, count(*) filter (where met <> 'n_a') as files,
       count(*) filter (where met = 'partly') as partly,
       count(*) filter (where met = 'no') as not_met,
       count(*) filter (where met = 'n_a') as not_applicable
from audited
where day between :first and :last
group by council, theme
"""
PUBLISHED = " ".join(
    f"{theme.name}: {theme.published}." for theme in shipped_audits()[-1].themes if theme.published
)


class AuditThemes(Figure):
    id = "s2.audit_themes"
    name = "File audits: what was not enough, by council and theme"
    source = shipped_audits()[-1].source
    who = (
        "Every theme of every audit of a child’s file that stands. A file is one child after one "
        "incident."
    )
    dates = "The day in London on which the audit was recorded."
    repeat = (
        "A file that two people audited counts twice. An audit that was withdrawn does not count."
    )
    records = ("theme of an audit", "themes of audits")
    columns = (
        Column("council", "Council", numeric=False),
        Column("theme", "Theme", numeric=False),
        Column("files", "Files"),
        Column("partly", "Partly"),
        Column("not_met", "No"),
        Column("not_enough_pct", "Not enough (per cent)"),
        *LIKELY,
        Column("not_applicable", "Does not apply"),
    )
    notes = (
        "Not enough is partly and no together. Drawn by chance, audited files speak for all; "
        "picked by hand they do not.",
        f"An audit of 331 files of four councils in 2016 published: {PUBLISHED}",
    )
    about_people = False
    facts = (AUDITED,)
    question = QUESTION
    rests_on = ("file-audit",)
    measures = (Measure("Themes not met at all", "not_met", "files"),)

    def table(self, found: list[tuple[Any, ...]], period: Period) -> Counted:
        names = theme_names()
        places = {theme: place for place, theme in enumerate(names)}
        in_order = sorted(found, key=lambda one: (one[0], places.get(one[1], len(places))))
        rows = [
            (council, names.get(theme, theme), files, partly, no, percent(partly + no, files),
             *likely(partly + no, files), not_applicable)
            for council, theme, files, partly, no, not_applicable in in_order
        ]  # fmt: skip
        return Counted(list(rows), sum(one[2] + one[5] for one in found))
