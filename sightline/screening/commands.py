"""Opening screenings, answering, and setting the scale."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction

from sightline.access.models import User
from sightline.access.queries import require
from sightline.access.roles import Perm
from sightline.audit.commands import event, record, record_many
from sightline.common.clock import local_date
from sightline.common.errors import WrongMoment
from sightline.people.models import Mention, Source
from sightline.people.queries import persons_of
from sightline.rules.screening.answers import Answer as Value
from sightline.rules.screening.instrument import instrument_on
from sightline.screening.models import Answer, Screening


@transaction.atomic
def open_screenings(source: Source, *, now: datetime) -> list[Screening]:
    """Open a screening for each child of a source. Doing it again changes nothing.

    After a correction the screening of the same child goes on with the corrected mention; a child
    who is not named any more is withdrawn unless somebody has already set a scale.
    """
    if source.superseded_at is not None:
        return []
    children = list(source.mentions.filter(role="child").order_by("position"))
    standing = list(
        Screening.objects.filter(incident=source.incident, withdrawn_at__isnull=True)
        .select_related("mention__source")
    )  # fmt: skip
    child_of = persons_of([*children, *(s.mention for s in standing)])
    by_child = {child_of[s.mention_id]: s for s in standing}
    made = _open([m for m in children if child_of[m.pk] not in by_child], source, now)
    for mention in children:
        _follow(by_child.get(child_of[mention.pk]), mention)
    _withdraw(standing, {child_of[m.pk] for m in children}, child_of, now)
    return made


def _open(mentions: Iterable[Mention], source: Source, now: datetime) -> list[Screening]:
    instrument = instrument_on(local_date(now))
    made = Screening.objects.bulk_create(
        Screening(
            incident=source.incident, mention=mention, opened_at=now,
            instrument=f"{instrument.id} {instrument.version}",
        )
        for mention in mentions
    )  # fmt: skip
    record_many(event("screening.opened", screening, by=None, at=now) for screening in made)
    return made


def _follow(screening: Screening | None, mention: Mention) -> None:
    if screening is not None and screening.mention_id != mention.pk:
        screening.mention = mention
        screening.save(update_fields=["mention"])


def _withdraw(
    standing: list[Screening], named: set[int], child_of: Mapping[int, int], now: datetime
) -> None:
    for screening in standing:
        corrected = screening.mention.source.superseded_at is not None
        gone = child_of[screening.mention_id] not in named
        if corrected and gone and screening.scale is None:
            screening.withdrawn_at = now
            screening.save(update_fields=["withdrawn_at"])
            record("screening.withdrawn", screening, by=None, at=now)


@transaction.atomic
def answer_items(
    *,
    screening: Screening,
    answers: Mapping[str, Value],
    notes: Mapping[str, str],
    by: User,
    now: datetime,
) -> None:
    """Write down answers, by item id. Answering again replaces; what was before is in the history."""
    require(by, Perm.SCREEN)
    _must_be_open(screening)
    Answer.objects.bulk_create(
        [
            Answer(
                screening=screening, item=item, value=value, note=notes.get(item, ""),
                agency_id=by.agency_id, answered_at=now, answered_by=by,
            )
            for item, value in answers.items()
        ],
        update_conflicts=True,
        unique_fields=["screening", "item"],
        update_fields=["value", "note", "agency", "answered_at", "answered_by", "from_record"],
    )  # fmt: skip
    record("screening.answered", screening, by=by, at=now, items=sorted(answers))


def _must_be_open(screening: Screening) -> None:
    if screening.withdrawn_at is not None:
        raise WrongMoment("A correction took this child out of the notification.")
