"""Writing down what the record answers, for all children of one or many incidents at once.

The record's answer counts until a person answers. After that only what the record says is kept up
to date beside the person's answer (Answer.record_value, Answer.because).
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from django.db import transaction

from sightline.audit.commands import event, record_many
from sightline.common.clock import local_date
from sightline.common.words import plural, short_day
from sightline.rules.screening.answers import Answer as Value
from sightline.rules.screening.history import answers_from_record
from sightline.rules.screening.instrument import instrument_called
from sightline.rules.screening.record import FromRecord, RecordFacts
from sightline.screening.commands import keep_suggestion
from sightline.screening.models import Answer, Screening
from sightline.screening.queries import undecided
from sightline.screening.record import History, histories
from sightline.screening.suggesting import suggestion_of

Kept = TypeVar("Kept", Answer, Screening)
EVIDENCE_SHOWN = 6
NOTHING_KNOWN = RecordFacts()
NOBODY = 0  # no person has this id: the child's record is restricted, or not linked yet
NO_LONGER = FromRecord(Value.NOT_ASKED, "The record said something before, and no longer does.")


@transaction.atomic
def answer_from_record(
    incidents: Iterable[int], *, facts: Mapping[tuple[int, int], RecordFacts], now: datetime
) -> None:
    """Answer the history questions of every undecided screening of these incidents, and suggest.

    `facts`: what later stages have on record, by id of the incident and of the child's person.
    Doing it again writes only what has changed. The number of queries does not depend on how many
    incidents and children there are, or how long their history is.
    """
    wanted = list(incidents)
    standing = undecided(Screening.objects.filter(incident__in=wanted)).select_related("mention")
    screenings = list(standing.select_for_update(of=("self",)).order_by("pk"))
    if not screenings:
        return
    past, answers = histories(wanted), _answers(screenings)
    changed: list[Answer] = []
    for screening in screenings:
        if history := past.get(screening.incident_id):
            found = _found(screening, history, facts)
            changed += _answer(screening, found, answers[screening.pk], now)
    _keep(changed)
    _suggest(screenings, answers, past, now)
    about = {answer.screening_id for answer in changed}
    record_many(
        event("screening.answered_from_record", screening, by=None, at=now)
        for screening in screenings
        if screening.pk in about
    )


def _answers(screenings: list[Screening]) -> dict[int, dict[str, Answer]]:
    """The answers there are, by screening and item."""
    found: dict[int, dict[str, Answer]] = {screening.pk: {} for screening in screenings}
    for answer in Answer.objects.filter(screening__in=screenings):
        found[answer.screening_id][answer.item] = answer
    return found


def _found(
    screening: Screening, history: History, facts: Mapping[tuple[int, int], RecordFacts]
) -> dict[str, FromRecord]:
    """What the record answers of what this version of the instrument asks."""
    asked = instrument_called(screening.instrument).items_by_id
    child = history.persons.get(screening.mention_id, NOBODY)
    known = facts.get((screening.incident_id, child), NOTHING_KNOWN)
    found = answers_from_record(history.this, history.earlier, known)
    return {item: said for item, said in found.items() if item in asked}


def _answer(
    screening: Screening, found: Mapping[str, FromRecord], before: dict[str, Answer], now: datetime
) -> list[Answer]:
    """Bring the answers of a screening up to date with the record; return those that changed."""
    changed = []
    unsaid = {item: NO_LONGER for item, answer in before.items() if answer.record_value}
    for item, said in (unsaid | dict(found)).items():
        answer = before.setdefault(item, Answer(screening=screening, item=item, from_record=True))
        was = (answer.record_value, answer.because)
        answer.record_value, answer.because = said.answer.value, in_words(said)
        if was == (answer.record_value, answer.because):
            continue
        if answer.from_record:
            answer.value, answer.answered_at = said.answer.value, now
        changed.append(answer)
    return changed


def _keep(changed: list[Answer]) -> None:
    known = [answer for answer in changed if answer.pk is not None]
    Answer.objects.bulk_create([a for a in changed if a.pk is None], batch_size=2000)
    _rewrite(known, ["value", "record_value", "because", "answered_at"])


def _suggest(
    screenings: list[Screening],
    answers: Mapping[int, Mapping[str, Answer]],
    past: Mapping[int, History],
    now: datetime,
) -> None:
    moved = []
    for screening in screenings:
        given, history = answers[screening.pk].values(), past.get(screening.incident_id)
        if keep_suggestion(screening, suggestion_of(screening, given, history, local_date(now))):
            moved.append(screening)
    _rewrite(moved, ["suggested", "suggested_because"])


def _rewrite(records: Sequence[Kept], fields: list[str]) -> None:
    """Write these fields of records that exist, in less time than bulk_update takes."""
    if records:
        type(records[0])._default_manager.bulk_create(
            records, update_conflicts=True, unique_fields=["id"], update_fields=fields,
            batch_size=2000,
        )  # fmt: skip


def in_words(found: FromRecord) -> str:
    """Return why the record says so, then its evidence, a line each, latest first."""
    shown = [f"{short_day(one.on)}: {one.words}" for one in found.evidence[:EVIDENCE_SHOWN]]
    if more := len(found.evidence) - len(shown):
        shown.append(f"and {plural(more, 'earlier one')}")
    return "\n".join([found.because, *shown])
