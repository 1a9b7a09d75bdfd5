"""Opening the screenings of what has come in, one a child, and following corrections."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import transaction

from sightline.audit.commands import event, record_many
from sightline.common.clock import local_date
from sightline.people.models import Mention, Source
from sightline.people.queries import persons_of
from sightline.rules.screening.instrument import instrument_on
from sightline.screening.models import Answer, EarlierMention, Screening


@transaction.atomic
def open_screenings(sources: Sequence[Source], *, now: datetime) -> list[Screening]:
    """Open a screening for each child of these sources. Doing it again changes nothing.

    After a correction the screening of the same child goes on with the corrected mention; a child
    who is not named any more is withdrawn unless somebody has already set a scale. Of two children
    who turn out to be one, the screening that nobody has worked on is. The number of queries does
    not depend on how many sources there are.
    """
    holding = [source for source in sources if source.superseded_at is None]
    children = list(
        Mention.objects.filter(source__in=holding, role="child")
        .select_related("source")
        .order_by("source_id", "position")
    )
    standing = _standing(holding)
    who = persons_of([*children, *(screening.mention for screening in standing)])
    standing = _one_each(standing, who, now)
    open_for = {(s.incident_id, who[s.mention_id]): s for s in standing}
    fresh = {_place(m, who): m for m in children if _place(m, who) not in open_for}
    _follow(((open_for.get(_place(m, who)), m) for m in children), now)
    _withdraw(standing, {_place(m, who) for m in children}, who, now)
    return _open(fresh.values(), now)


def _standing(sources: Sequence[Source]) -> list[Screening]:
    incidents = {source.incident_id for source in sources}
    found = Screening.objects.filter(incident__in=incidents, withdrawn_at__isnull=True)
    return list(found.select_related("mention__source").order_by("pk"))


def _one_each(
    standing: Sequence[Screening], who: Mapping[int, int], now: datetime
) -> list[Screening]:
    """Withdraw what nobody has worked on where two of one incident turn out to be one child."""
    worked_on = _worked_on(standing)
    by_child: dict[tuple[int, int], list[Screening]] = defaultdict(list)
    for screening in sorted(standing, key=lambda s: s.pk not in worked_on):
        by_child[screening.incident_id, who[screening.mention_id]].append(screening)
    twice = [
        screening
        for _, *more in by_child.values()
        for screening in more
        if screening.pk not in worked_on
    ]
    _take_out(twice, now)
    return [screening for screening in standing if screening not in twice]


def _worked_on(standing: Sequence[Screening]) -> set[int]:
    """Return those in which a person has answered, set a scale, or sent it to a worker."""
    answered = Answer.objects.filter(screening__in=standing, answered_by__isnull=False)
    return set(answered.values_list("screening_id", flat=True)) | {
        s.pk for s in standing if s.scale is not None or s.routed_to_id is not None
    }


def _place(mention: Mention, who: Mapping[int, int]) -> tuple[int, int]:
    """Return the incident and the child: there is one screening for both."""
    return mention.source.happened_in, who[mention.pk]


def _open(mentions: Iterable[Mention], now: datetime) -> list[Screening]:
    instrument = instrument_on(local_date(now))
    made = Screening.objects.bulk_create(
        Screening(
            incident_id=mention.source.happened_in, mention=mention, opened_at=now,
            instrument=instrument.key,
        )
        for mention in mentions
    )  # fmt: skip
    record_many(event("screening.opened", screening, by=None, at=now) for screening in made)
    return made


def _follow(pairs: Iterable[tuple[Screening | None, Mention]], now: datetime) -> None:
    for screening, mention in pairs:
        if screening is not None and screening.mention.source.superseded_at is not None:
            EarlierMention.objects.create(
                screening=screening, mention_id=screening.mention_id, until=now
            )
            screening.mention = mention
            screening.save(update_fields=["mention"])


def _withdraw(
    standing: Sequence[Screening],
    named: set[tuple[int, int]],
    who: Mapping[int, int],
    now: datetime,
) -> None:
    gone = [
        screening
        for screening in standing
        if screening.mention.source.superseded_at is not None
        and screening.scale is None
        and (screening.incident_id, who[screening.mention_id]) not in named
    ]
    _take_out(gone, now)


def _take_out(gone: Sequence[Screening], now: datetime) -> None:
    for screening in gone:
        screening.withdrawn_at = now
        screening.save(update_fields=["withdrawn_at"])
    record_many(event("screening.withdrawn", screening, by=None, at=now) for screening in gone)
