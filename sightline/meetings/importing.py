"""Decisions of earlier screenings, from a file: each becomes a screening with a scale, and its
decision, both marked as imported. Nothing is decided here and no clock runs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.conf import settings
from django.db.models import Prefetch
from django.utils import timezone

from sightline.audit.commands import event, record_many
from sightline.common.clock import local_date
from sightline.intake.files.understanding import Fate, Understood
from sightline.intake.finding import Found, find_children
from sightline.intake.models import ImportFile
from sightline.meetings.models import Decision
from sightline.people.models import Mention
from sightline.rules.screening.outcomes import Outcome, OutcomeSet, outcomes_on
from sightline.rules.screening.wordscale import HIGHEST, LOWEST
from sightline.screening.models import Screening

INSTRUMENT = "imported"  # the questions of another system, of which we have no answers
NOON = time(12)  # a day without a time: the same day in London and in UTC

Child = tuple[int, str]  # incident and NHS number: the same child over versions of a notification


@dataclass(frozen=True)
class Past:
    """One decision as a file says it."""

    mention: Mention
    scale: int
    outcome_set: str
    outcome: str
    screened_on: date
    decided_on: date

    @property
    def said(self) -> tuple[object, ...]:
        return self.scale, self.outcome, self.screened_on, self.decided_on


def import_decisions(rows: Sequence[Understood], file: ImportFile, now: datetime) -> list[Fate]:
    """Write down the decisions in these rows; one that is on record already is written once.

    The outcome is read in the terms of the day on which it was decided. The number of queries
    does not depend on the number of rows.
    """
    found = find_children({_asked(row) for row in rows}, file.sender)
    known = _on_record(one.mention for one in found.values() if one.mention)
    fresh: list[Past] = []
    fates = [_take(row, found[_asked(row)], known, fresh, now) for row in rows]
    _write(fresh, file, now)
    return fates


def _asked(row: Understood) -> tuple[str, str]:
    number = "".join(filter(str.isdigit, row.values["nhs_number"]))
    return row.values["notification_reference"], number


def _child(mention: Mention) -> Child:
    return mention.source.happened_in, mention.nhs_number


def _on_record(mentions: Iterable[Mention]) -> dict[Child, Past | None]:
    """Return what is held for each child: None is a screening in which nothing is imported."""
    incidents = {mention.source.incident_id for mention in mentions}
    standing = Decision.objects.filter(replaced_at__isnull=True)
    screenings = (
        Screening.objects.filter(incident__in=incidents, withdrawn_at__isnull=True)
        .select_related("mention__source")
        .prefetch_related(Prefetch("decisions", standing, to_attr="standing"))
    )
    return {_child(screening.mention): _held(screening) for screening in screenings}


def _held(screening: Screening) -> Past | None:
    if not screening.imported:
        return None
    [decision] = screening.standing  # type: ignore[attr-defined]
    return Past(
        screening.mention, decision.scale, decision.outcome_set, decision.outcome,
        local_date(screening.opened_at), local_date(decision.decided_at),
    )  # fmt: skip


def _take(
    row: Understood, found: Found, known: dict[Child, Past | None], fresh: list[Past], now: datetime
) -> Fate:
    if found.mention is None:
        return Fate(row.row, (found.because,))
    past = _read(row, found.mention, local_date(now))
    if not isinstance(past, Past):
        return Fate(row.row, tuple(past))
    child = _child(found.mention)
    if child not in known:
        known[child] = past
        fresh.append(past)
        return Fate(row.row)
    held = known[child]
    if held is not None and held.said == past.said:
        return Fate(row.row, replayed=True)
    return Fate(row.row, (_already(held),))


def _already(held: Past | None) -> str:
    if held is None:
        return "This child is being screened here. Record the decision on the page of the family."
    return (
        f"Another decision is on record for this child and notification: scale {held.scale}, "
        f"{held.outcome}, {held.decided_on:%d/%m/%Y}. It stays as it is."
    )


def _read(row: Understood, mention: Mention, today: date) -> Past | list[str]:
    """Return the decision that a row says, or what must be corrected in it."""
    scale, decided_on = row.values["scale"], row.values["decided_on"]
    screened_on = row.values.get("screened_on", decided_on)
    wrong = []
    if not LOWEST <= scale <= HIGHEST:
        wrong.append(f"The scale must be from {LOWEST} to {HIGHEST}.")
    if not screened_on <= decided_on <= today:
        wrong.append("A decision is made on the day of screening or later, and not after today.")
    terms, outcome = _outcome(row.values["outcome"], decided_on)
    if outcome is None:
        wrong.append(_offered(terms, decided_on))
    if outcome is None or terms is None or wrong:
        return wrong
    return Past(mention, scale, terms.version, outcome.code, screened_on, decided_on)


def _outcome(written: str, on: date) -> tuple[OutcomeSet | None, Outcome | None]:
    """Find an outcome by code or name in the terms of its day, else in those chosen here."""
    terms = _terms(on, None) or _terms(on, settings.OUTCOME_SET or None)
    for outcomes in (terms, _terms(on, settings.OUTCOME_SET or None)):
        for one in outcomes.outcomes if outcomes else ():
            if written.casefold() in (one.code.casefold(), one.name.casefold()):
                return outcomes, one
    return terms, None


def _terms(on: date, chosen: str | None) -> OutcomeSet | None:
    try:
        return outcomes_on(on, chosen)
    except LookupError:
        return None


def _offered(terms: OutcomeSet | None, on: date) -> str:
    if terms is None:
        return f"No list of outcomes goes back to {on:%d/%m/%Y}."
    codes = ", ".join(one.code for one in terms.outcomes)
    return f"The outcome must be one of those of its day: {codes}."


def _write(fresh: Sequence[Past], file: ImportFile, now: datetime) -> None:
    screenings = Screening.objects.bulk_create(_screening(past, file) for past in fresh)
    decisions = Decision.objects.bulk_create(
        Decision(
            screening=screening, outcome_set=past.outcome_set, outcome=past.outcome,
            scale=past.scale, decided_at=_noon(past.decided_on), imported=True,
            recorded_at=now,
        )
        for screening, past in zip(screenings, fresh, strict=True)
    )  # fmt: skip
    record_many(
        event("decision.imported", decision, by=file.started_by, at=now, file=file.pk)
        for decision in decisions
    )


def _screening(past: Past, file: ImportFile) -> Screening:
    screened_at = _noon(past.screened_on)
    return Screening(
        incident_id=past.mention.source.happened_in, mention=past.mention, instrument=INSTRUMENT,
        opened_at=screened_at, scale=past.scale, scale_set_at=screened_at, imported=True,
    )  # fmt: skip


def _noon(on: date) -> datetime:
    return timezone.make_aware(datetime.combine(on, NOON))
