"""Recording an assessment that was made with a tool, and withdrawing one recorded by mistake."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sightline.access.models import Agency, User
from sightline.access.queries import require
from sightline.access.roles import Perm
from sightline.audit.commands import record
from sightline.common.clock import local_date
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.people.kin import VICTIMS
from sightline.people.models import Incident, Mention, Role
from sightline.rules.screening.tools import (
    About,
    BandIs,
    NotAnswered,
    Result,
    Tool,
    needs_reason,
    read_answers,
    result,
    tool_called,
    tools_on,
)
from sightline.screening.models import OwnWords, ToolRecord
from sightline.screening.own_words import tool_in, words_on

LEAD = "agency_lead"
ROLES = {About.VICTIM: tuple(VICTIMS), About.CHILD: (Role.CHILD,)}


def tool_on(tool: str, day: date) -> tuple[Tool, OwnWords | None]:
    """Return the version of a tool in force on a day, in the words of that day.

    Raises NotUnderstood for a tool that is not in force.
    """
    found = next((one for one in tools_on(day) if one.id == tool), None)
    if found is None:
        raise NotUnderstood(f"There is no tool {tool!r} in force on {day:%d %B %Y}.")
    words = words_on(found.key, day)
    return tool_in(found, words), words


@transaction.atomic
def record_assessment(
    *,
    key: UUID,
    incident: Incident,
    mention: Mention,
    tool: str,
    answers: Mapping[str, Any],
    band: str,
    band_because: str,
    assessor: str,
    agency: Agency,
    assessed_on: date,
    by: User,
    now: datetime,
) -> ToolRecord:
    """Keep an assessment of somebody in an incident; the same `key` again is the same assessment.

    `tool`: its id; the version is that of the day of the assessment. `answers` by item id. `band`:
    the assessor's, with `band_because` where it is not the counted one, or where none is counted.
    `assessor`, `agency`: who made it, who need not be who writes it down.
    Raises NotUnderstood saying everything that is missing, WrongMoment for somebody who is no
    longer in the incident.
    """
    require(by, Perm.SCREEN)
    if kept := ToolRecord.objects.filter(key=key).first():
        return kept
    asked, words = tool_on(tool, assessed_on)
    _must_be_there(incident, mention, asked)
    said = _read(asked, answers)
    found = result(asked, said)
    _refuse(asked, found, band, band_because.strip(), assessor, assessed_on, now)
    kept = ToolRecord.objects.create(
        key=key, incident=incident, mention=mention, tool=asked.key, own_words=words,
        answers=said, counted=found.counted, computed_band=found.band.id if found.band else "",
        band=band, band_because=band_because.strip(), assessor=assessor.strip(),
        agency=agency, assessed_on=assessed_on, recorded_at=now, recorded_by=by,
    )  # fmt: skip
    record("assessment.recorded", kept, by=by, at=now, tool=asked.key)
    return kept


def _must_be_there(incident: Incident, mention: Mention, tool: Tool) -> None:
    source = mention.source
    if source.incident_id != incident.pk or source.superseded_at is not None:
        raise WrongMoment("A correction took this person out of the notification. Open it again.")
    if mention.role not in ROLES[tool.about]:
        raise NotUnderstood(f"{tool.title} is about a {tool.about}.")


def _read(tool: Tool, answers: Mapping[str, Any]) -> dict[str, Any]:
    try:
        return read_answers(tool, answers)
    except NotAnswered as wrong:
        raise NotUnderstood(*wrong.reasons.values()) from None


def _refuse(
    tool: Tool, found: Result, band: str, because: str, assessor: str, on: date, now: datetime
) -> None:
    reasons = [words for wrong, words in (
        (not assessor.strip(), "Say who made the assessment."),
        (on > local_date(now), "The day of the assessment is still to come."),
        (band not in {one.id for one in tool.bands} and bool(band or tool.bands),
         "Choose the assessor’s level."),
        (needs_reason(found, band) and not because,
         f"{found.because} Say why the assessor’s level is another."),
        (tool.band is BandIs.JUDGED and not because, "Say what the assessor’s level rests on."),
    ) if wrong]  # fmt: skip
    if reasons:
        raise NotUnderstood(*reasons)


def may_countersign(assessment: ToolRecord, by: User) -> bool:
    """Whether this is a manager who may sign: of whoever recorded it, or of the agency that made
    it, or the chair; never whoever recorded it."""
    if by.pk == assessment.recorded_by_id:
        return False
    leads = LEAD in by.roles and by.agency_id == assessment.agency_id
    return leads or assessment.recorded_by.manager_id == by.pk or Perm.DECIDE in by.perms


@transaction.atomic
def countersign_assessment(*, assessment: ToolRecord, by: User, now: datetime) -> ToolRecord:
    """A manager has read an assessment and stands by it. Signing twice is signing once.

    Raises WrongMoment for one that was withdrawn, or of a tool that asks for no second signature.
    """
    require(by, Perm.SEE_PERSON)
    kept = _held(assessment)
    if not may_countersign(kept, by):
        raise PermissionDenied
    if kept.withdrawn_at is not None:
        raise WrongMoment("This assessment was withdrawn. There is nothing to sign.")
    if not tool_called(kept.tool).countersigned:
        raise WrongMoment("This tool asks for no second signature.")
    if kept.countersigned_at is None:
        kept.countersigned_at, kept.countersigned_by = now, by
        kept.save(update_fields=["countersigned_at", "countersigned_by"])
        record("assessment.countersigned", kept, by=by, at=now)
    return kept


def _held(assessment: ToolRecord) -> ToolRecord:
    found = ToolRecord.objects.select_for_update(of=("self",)).select_related("recorded_by")
    return found.get(pk=assessment.pk)


@transaction.atomic
def withdraw_assessment(
    *, assessment: ToolRecord, because: str, by: User, now: datetime
) -> ToolRecord:
    """Take back an assessment that was recorded by mistake; it stays to be read, marked so.

    By somebody of the agency that wrote it down, or who decides. Doing it again changes nothing.
    """
    require(by, Perm.SCREEN)
    kept = _held(assessment)
    if kept.withdrawn_at is not None:
        return kept
    if kept.recorded_by.agency_id != by.agency_id and Perm.DECIDE not in by.perms:
        raise WrongMoment("Only the agency that recorded it, or the chair, may withdraw it.")
    if not because.strip():
        raise NotUnderstood("Say why it is withdrawn.")
    kept.withdrawn_at, kept.withdrawn_by = now, by
    kept.withdrawn_because = because.strip()
    kept.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])
    record("assessment.withdrawn", kept, by=by, at=now)
    return kept
