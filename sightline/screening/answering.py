"""Writing down what the record answers, for all children of one incident at once.

The record's answer counts until a person answers. After that only what the record says is kept up
to date beside the person's answer (Answer.record_value, Answer.because).
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from sightline.audit.commands import event, record_many
from sightline.common.clock import local_date
from sightline.common.words import plural, short_day
from sightline.people.models import Incident
from sightline.rules.screening.answers import Answer as Value
from sightline.rules.screening.history import answers_from_record
from sightline.rules.screening.instrument import instrument_called
from sightline.rules.screening.record import FromRecord, RecordFacts
from sightline.screening.commands import keep_suggestion
from sightline.screening.models import Answer, Screening
from sightline.screening.queries import undecided
from sightline.screening.record import History, history_of
from sightline.screening.suggesting import suggestion_of

EVIDENCE_SHOWN = 6
NOTHING_KNOWN = RecordFacts()
NOBODY = 0  # no person has this id: the child's record is restricted, or not linked yet
NO_LONGER = FromRecord(Value.NOT_ASKED, "The record said something before, and no longer does.")


@transaction.atomic
def answer_from_record(
    incident: Incident, *, facts: Mapping[int, RecordFacts] | None = None, now: datetime
) -> None:
    """Answer the history questions of every undecided screening of an incident, and suggest.

    `facts`: what later stages have on record, by person id of the child. Doing it again writes
    only what has changed. A fixed number of queries, however many children and incidents.
    """
    standing = undecided(Screening.objects.filter(incident=incident)).select_related("mention")
    screenings = list(standing.select_for_update(of=("self",)))
    if not screenings:
        return
    history, answers = history_of(incident.pk), _answers(screenings)
    changed: list[Answer] = []
    if history is not None:
        for screening in screenings:
            found = _found(screening, history, facts or {})
            changed += _answer(screening, found, answers[screening.pk], now)
    _keep(changed)
    _suggest(screenings, answers, history, now)
    about = {answer.screening_id: answer.screening for answer in changed}
    record_many(
        event("screening.answered_from_record", screening, by=None, at=now)
        for screening in about.values()
    )


def _answers(screenings: list[Screening]) -> dict[int, dict[str, Answer]]:
    """The answers there are, by screening and item."""
    found: dict[int, dict[str, Answer]] = {screening.pk: {} for screening in screenings}
    for answer in Answer.objects.filter(screening__in=screenings):
        found[answer.screening_id][answer.item] = answer
    return found


def _found(
    screening: Screening, history: History, facts: Mapping[int, RecordFacts]
) -> dict[str, FromRecord]:
    """What the record answers of what this version of the instrument asks."""
    asked = instrument_called(screening.instrument).items_by_id
    child = history.persons.get(screening.mention_id, NOBODY)
    found = answers_from_record(history.this, history.earlier, facts.get(child, NOTHING_KNOWN))
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
    Answer.objects.bulk_create([answer for answer in changed if answer.pk is None])
    Answer.objects.bulk_update(known, ["value", "record_value", "because", "answered_at"])


def _suggest(
    screenings: list[Screening],
    answers: Mapping[int, Mapping[str, Answer]],
    history: History | None,
    now: datetime,
) -> None:
    today = local_date(now)
    moved = [
        screening
        for screening in screenings
        if keep_suggestion(
            screening, suggestion_of(screening, answers[screening.pk].values(), history, today)
        )
    ]
    Screening.objects.bulk_update(moved, ["suggested", "suggested_because"])


def in_words(found: FromRecord) -> str:
    """Return why the record says so, then its evidence, a line each, latest first."""
    shown = [f"{short_day(one.on)}: {one.words}" for one in found.evidence[:EVIDENCE_SHOWN]]
    more = len(found.evidence) - len(shown)
    return "\n".join([found.because, *shown, *([f"and {plural(more, 'earlier one')}"] if more else [])])
