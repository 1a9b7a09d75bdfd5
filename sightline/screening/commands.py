"""Answering and setting the scale. Opening: opening.py. What the record answers: answering.py."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from sightline.access.models import Agency, User
from sightline.access.queries import require
from sightline.access.roles import Perm
from sightline.audit.commands import record
from sightline.common.announce import announce
from sightline.common.clock import local_date
from sightline.common.errors import ChangedMeanwhile, NotUnderstood, WrongMoment
from sightline.rules.screening.answers import Answer as Value
from sightline.rules.screening.departure import needs_to_set
from sightline.rules.screening.instrument import instrument_called
from sightline.rules.screening.suggest import Suggestion
from sightline.screening.models import Answer, Screening
from sightline.screening.queries import is_decided
from sightline.screening.record import history_of
from sightline.screening.results import is_kept, keep_result
from sightline.screening.suggesting import questions, suggestion_of

Said = tuple[str, str]  # an answer, and its note


class AnsweredMeanwhile(ChangedMeanwhile):
    """Some of the questions were answered otherwise while the page was open: by `answers`."""

    def __init__(self, answers: Sequence[Answer]) -> None:
        items = ", ".join(answer.item for answer in answers)
        super().__init__(f"Answered otherwise while this page was open: {items}.")
        self.answers = answers


@transaction.atomic
def answer_items(
    *,
    screening: Screening,
    answers: Mapping[str, Value],
    notes: Mapping[str, str],
    seen: Mapping[str, Said] | None = None,
    by: User,
    now: datetime,
) -> None:
    """Write down answers, by item id, and suggest a scale from all there are.

    Answering again replaces; what was before is in the history. A person's answer counts before
    the record's; one that contradicts it needs a note saying why. `seen`: answer and note of each
    item as the page showed them. Raises AnsweredMeanwhile where a person answered otherwise since,
    NotUnderstood for a question that this version does not ask, or such a note that is missing.
    """
    require(by, Perm.SCREEN)
    screening = _locked(screening)
    _must_be_open(screening)
    before = {answer.item: answer for answer in screening.answers.filter(item__in=answers)}
    _refuse(screening, answers, notes, before)
    if seen is not None:
        _refuse_unseen(answers, notes, seen, before)
    given = [
        _answer(screening, item, value, notes.get(item, "").strip(), before.get(item), by, now)
        for item, value in answers.items()
    ]
    fresh = [answer for answer in given if not answer.repeats(before.get(answer.item))]
    if not fresh:
        return
    Answer.objects.bulk_create(
        fresh,
        update_conflicts=True,
        unique_fields=["screening", "item"],
        update_fields=["value", "note", "agency", "answered_at", "answered_by", "from_record"],
    )
    suggest_scale(screening=screening, now=now)
    record("screening.answered", screening, by=by, at=now, items=sorted(a.item for a in fresh))


def _locked(screening: Screening) -> Screening:
    """Read the screening anew and keep others from changing it until this is done."""
    found = Screening.objects.select_for_update(of=("self",)).select_related("mention")
    return found.get(pk=screening.pk)


def _must_be_open(screening: Screening) -> None:
    if screening.withdrawn_at is not None:
        raise WrongMoment("A correction took this child out of the notification.")
    if is_decided(screening):
        raise WrongMoment(
            "This child has been decided. Open the decision and choose to screen again first."
        )


def _refuse(
    screening: Screening,
    answers: Mapping[str, Value],
    notes: Mapping[str, str],
    before: Mapping[str, Answer],
) -> None:
    unknown = sorted(set(answers) - questions(instrument_called(screening.instrument)))
    if unknown:
        raise NotUnderstood(f"{screening.instrument} does not ask {', '.join(unknown)}.")
    contradicted = [
        item
        for item, value in answers.items()
        if item in before and before[item].contradicted_by(value)
    ]
    silent = [item for item in contradicted if not notes.get(item, "").strip()]
    if silent:
        raise NotUnderstood(*(f"Say why {item} is not as the record says." for item in silent))


def _refuse_unseen(
    answers: Mapping[str, Value],
    notes: Mapping[str, str],
    seen: Mapping[str, Said],
    before: Mapping[str, Answer],
) -> None:
    """Refuse to overwrite what a person wrote after the page was opened. Called under the lock of
    the screening: of two who send at once, the second is refused."""
    others = [
        before[item]
        for item, value in answers.items()
        if item in before
        and not before[item].from_record
        and (before[item].value, before[item].note)
        not in (seen.get(item), (value, notes.get(item, "").strip()))
    ]
    if others:
        raise AnsweredMeanwhile(others)


def _answer(
    screening: Screening,
    item: str,
    value: Value,
    note: str,
    before: Answer | None,
    by: User,
    now: datetime,
) -> Answer:
    """A person's answer. What the record says stays beside it."""
    said, because = (before.record_value, before.because) if before else ("", "")
    return Answer(
        screening=screening, item=item, value=value, note=note, agency_id=by.agency_id,
        record_value=said, because=because, answered_at=now, answered_by=by,
    )  # fmt: skip


@transaction.atomic
def suggest_scale(*, screening: Screening, now: datetime) -> Suggestion:
    """Work out the suggested scale of a screening from its answers; keep it with its reasons."""
    suggestion = suggestion_of(
        screening, screening.answers.all(), history_of(screening.incident_id), local_date(now)
    )
    if keep_suggestion(screening, suggestion):
        screening.save(update_fields=["suggested", "suggested_because"])
    return suggestion


def keep_suggestion(screening: Screening, suggestion: Suggestion) -> bool:
    """Put a suggestion into a screening, unsaved. Returns whether that changed anything."""
    reasons = [
        {"words": reason.words, "item": reason.item, "scale": reason.scale}
        for reason in suggestion.reasons
    ]
    before = (screening.suggested, screening.suggested_because)
    screening.suggested, screening.suggested_because = suggestion.scale, reasons
    return before != (suggestion.scale, reasons)


@transaction.atomic
def set_scale(
    *,
    screening: Screening,
    scale: int,
    because: str,
    second_agency: Agency | None,
    seen: str | None = None,
    by: User,
    now: datetime,
) -> Screening:
    """Set the scale of a child, 1 to 4. Setting the same again changes nothing.

    Another scale than the suggested one needs a reason; a lower one also a second agency that
    agrees (rules/screening/departure.py). Raises NotUnderstood saying which is missing. `seen`:
    what `scale_seen` gave when the page was opened; WrongMoment where another was set since.
    """
    require(by, Perm.SCREEN)
    screening = _locked(screening)
    _must_be_open(screening)
    suggested = suggest_scale(screening=screening, now=now).scale
    because = because.strip()
    agreed = second_agency if scale < suggested else None
    _refuse_scale(scale, suggested, because, agreed, by)
    stands = (screening.scale, screening.scale_because, screening.lower_agreed_by_id)
    if stands == (scale, because, agreed.pk if agreed else None) and is_kept(screening):
        return screening
    if seen is not None and seen != scale_seen(screening):
        who = screening.scale_set_by.name if screening.scale_set_by else "Somebody"
        raise WrongMoment(
            f"{who} set the scale to {screening.scale} while this page was open. It is shown "
            "beside what you wrote; send yours again to put it in its place."
        )
    screening.scale, screening.scale_because, screening.lower_agreed_by = scale, because, agreed
    screening.scale_set_at, screening.scale_set_by = now, by
    screening.save()
    keep_result(screening)
    record("screening.scale_set", screening, by=by, at=now, scale=scale, suggested=suggested)
    announce("scale.set", screening.pk)
    return screening


def scale_seen(screening: Screening) -> str:
    """Return what a page sends along, so that a scale set since is not overwritten unseen."""
    return screening.scale_set_at.isoformat() if screening.scale_set_at else ""


def _refuse_scale(
    scale: int, suggested: int, because: str, agreed: Agency | None, by: User
) -> None:
    try:
        needs = needs_to_set(scale, suggested)
    except ValueError as error:
        raise NotUnderstood(str(error)) from None
    if needs.reason and not because:
        raise NotUnderstood(needs.because)
    if needs.second_agency and (agreed is None or agreed.pk == by.agency_id):
        raise NotUnderstood(f"{needs.because} It must be another agency than yours.")
