"""Audits in words. No name of a child in a list."""

from collections.abc import Iterable
from dataclasses import dataclass

from sightline.assurance.models import FileAudit
from sightline.common.words import moment, short_day
from sightline.rules.assurance.themes import Met, theme_names


@dataclass(frozen=True)
class AuditRow:
    """One audit in a list: which themes were not enough, never of whom."""

    pk: int
    recorded: str
    council: str
    incident: str
    not_enough: str
    by: str
    withdrawn: bool


def rows_of(audits: Iterable[FileAudit]) -> list[AuditRow]:
    """Return the rows. Reads what was fetched with the audits."""
    return [_row(audit) for audit in audits]


def findings(audit: FileAudit) -> list[tuple[str, str, str]]:
    """Return for each theme its name, how far it is met, and what shows it."""
    names = theme_names()
    found = {one.theme: one for one in audit.found.all()}
    return [
        (name, Met(found[theme].met).words, found[theme].evidence or "–")
        for theme, name in names.items()
        if theme in found
    ]


def _row(audit: FileAudit) -> AuditRow:
    names = theme_names()
    short = [one.theme for one in audit.found.all() if one.met in (Met.PARTLY, Met.NO)]
    by = audit.recorded_by
    return AuditRow(
        pk=audit.pk, recorded=moment(audit.recorded_at), council=audit.council.name,
        incident=short_day(audit.screening.incident.started_at),
        not_enough="; ".join(name for theme, name in names.items() if theme in short) or "Nothing",
        by=f"{by.name}, {by.agency.name}", withdrawn=audit.withdrawn_at is not None,
    )  # fmt: skip
