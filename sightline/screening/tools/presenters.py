"""Assessments in words, each in its own tool's terms."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.forms.boundfield import BoundField
from django.urls import reverse

from sightline.access.models import User
from sightline.access.roles import Perm
from sightline.common.words import moment, short_day
from sightline.people.models import Incident
from sightline.rules.screening.tools import Band, BandIs, Kind, Tool, ToolItem, result, tools_on
from sightline.screening.models import ToolRecord
from sightline.screening.tools.commands import may_countersign
from sightline.screening.tools.forms import PEOPLE, ToolForm, number_name, who_name
from sightline.screening.tools.queries import Assessed


@dataclass(frozen=True)
class AssessmentRow:
    """One line of the list."""

    on: str
    tool: str
    about: str
    level: str
    counted: str
    by: str
    href: str


def assessment_rows(found: Sequence[Assessed]) -> list[AssessmentRow]:
    return [
        AssessmentRow(
            on=short_day(one.record.assessed_on),
            tool=one.tool.title,
            about=one.person.name,
            level=_level(one),
            counted=_counted(one),
            by=f"{one.record.assessor}, {one.record.agency.name}",
            href=reverse("assessment", args=[one.record.pk]),
        )
        for one in found
    ]


def _level(one: Assessed) -> str:
    if one.record.withdrawn_at:
        return "Withdrawn"
    unsigned = one.tool.countersigned and one.record.countersigned_at is None
    return f"{level_words(one)}{', not countersigned' if unsigned else ''}"


def level_words(one: Assessed) -> str:
    """Return the assessor's level, "High", or that this tool has none."""
    return _label(one.tool, one.record.band) or "No level: see the numbers"


def _counted(one: Assessed) -> str:
    if one.record.counted is None:
        return "Nothing is counted"
    return f"{one.record.counted}, {_label(one.tool, one.record.computed_band).lower()}"


def _label(tool: Tool, band: str) -> str:
    return next((one.label for one in tool.bands if one.id == band), "")


def tool_links(incident: Incident, today: date) -> list[tuple[str, str]]:
    """Return each tool in force, and the address of its form."""
    return [
        (tool.title, reverse("assess", args=[incident.pk, tool.id])) for tool in tools_on(today)
    ]


@dataclass(frozen=True)
class AssessmentPage:
    """One assessment: facts with headings, and its answers by section."""

    title: str
    about: str
    facts: tuple[tuple[str, str], ...]
    note: str
    sections: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    withdrawn: str
    may_withdraw: bool
    may_countersign: bool


def assessment_page(one: Assessed, user: User) -> AssessmentPage:
    kept = one.record
    own = kept.recorded_by.agency_id == user.agency_id or Perm.DECIDE in user.perms
    return AssessmentPage(
        title=one.tool.title,
        about=one.person.name,
        facts=tuple((heading, words) for heading, words in _facts(one) if words),
        note=one.tool.note,
        sections=tuple(_sections(one)),
        withdrawn=_withdrawn(one),
        may_withdraw=own and Perm.SCREEN in user.perms and kept.withdrawn_at is None,
        may_countersign=_waits_for(one, user),
    )


def _waits_for(one: Assessed, user: User) -> bool:
    """Whether it waits for a second signature, which this user may give."""
    kept = one.record
    waits = one.tool.countersigned and kept.countersigned_at is None and kept.withdrawn_at is None
    return waits and may_countersign(kept, user)


def _facts(one: Assessed) -> Iterator[tuple[str, str]]:
    kept, found = one.record, result(one.tool, one.record.answers)
    yield "Assessed", f"{short_day(kept.assessed_on)} by {kept.assessor}, {kept.agency.name}"
    yield "Level", level_words(one) if one.tool.band is not BandIs.NONE else ""
    yield "Why", kept.band_because
    yield "From the answers", found.because
    yield "Think of", "; ".join(threshold.label for threshold in found.reached)
    words = f", in the words of {kept.own_words.version}" if kept.own_words else ""
    yield "Version", f"{kept.tool}{words}"
    yield "Recorded", f"{moment(kept.recorded_at)} by {kept.recorded_by.name}"
    if one.tool.countersigned:
        yield "Countersigned", _signed(kept)


def _signed(kept: ToolRecord) -> str:
    if kept.countersigned_at is None or kept.countersigned_by is None:
        return "Not yet: a manager of the agency that made it signs it too"
    return f"{moment(kept.countersigned_at)} by {kept.countersigned_by.name}"


def _sections(one: Assessed) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    for section in one.tool.sections:
        items = one.tool.items_of(section.id)
        rows = tuple((i.question, _answer(i, one.record.answers.get(i.id))) for i in items)
        yield section.name, rows


def _answer(item: ToolItem, said: Any) -> str:
    if not said:
        return "Not asked" if item.kind is Kind.CHOICE else "Nothing written"
    if item.kind is Kind.NUMBERS:
        return "; ".join(f"{who}: {number}" for who, number in said)
    return next((choice.label for choice in item.choices if choice.id == said), str(said))


def _withdrawn(one: Assessed) -> str:
    kept = one.record
    if kept.withdrawn_at is None or kept.withdrawn_by is None:
        return ""
    return f"{moment(kept.withdrawn_at)} by {kept.withdrawn_by.name}: {kept.withdrawn_because}"


@dataclass(frozen=True)
class ToolRow:
    """One question of the form. people: who and number of each, where each gives one."""

    field: BoundField | None
    label: str
    people: tuple[tuple[BoundField, BoundField], ...]
    watched: bool
    inline: bool


def tool_rows(form: ToolForm) -> list[tuple[str, list[ToolRow]]]:
    """Return the sections of a tool with the fields of their questions."""
    tool = form.tool
    return [(s.name, [_row(form, i) for i in tool.items_of(s.id)]) for s in tool.sections]


def _row(form: ToolForm, item: ToolItem) -> ToolRow:
    label = f"{item.id}  {item.question}"
    if item.kind is Kind.NUMBERS:
        people = tuple(
            (form[who_name(item.id, n)], form[number_name(item.id, n)]) for n in range(PEOPLE)
        )
        return ToolRow(None, label, people, False, False)
    return ToolRow(form[item.id], label, (), not item.quoted, True)


def thresholds_words(tool: Tool) -> str:
    """Return how this tool's levels are counted, as "Standard from 0, medium from 10, high from
    14", or "" where nothing is counted."""
    words = [_from(band) for band in tool.bands if band.start is not None]
    return ", ".join(words[:1] + [one[:1].lower() + one[1:] for one in words[1:]])


def _from(band: Band) -> str:
    return f"{band.label} from {band.start}"
