"""Linking the mentions of a source to persons: known ones where sure, new ones otherwise.

Doubt never waits: a mention in doubt gets a person of its own and a review for a human.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from sightline.common.announce import announce
from sightline.people.candidates import candidates
from sightline.people.describing import describe_mention
from sightline.people.models import Link, LinkReview, Mention, Person, Source
from sightline.people.reading import refresh_persons
from sightline.rules.linkage.decide import MODEL_VERSION, Band
from sightline.rules.linkage.resolve import Verdict, resolve

LINKING = 7_204_001  # advisory lock: two sources linked at once could make one person twice


@dataclass(frozen=True)
class Linked:
    """How many mentions of a source were joined, sent to review, and made new persons."""

    joined: int
    reviews: int
    new: int


@transaction.atomic
def link_source(source: Source, *, now: datetime) -> Linked:
    """Link every mention of `source` that has no link yet. Doing it again changes nothing."""
    _one_at_a_time()
    linked = Link.objects.filter(mention=OuterRef("pk"), ended_at__isnull=True)
    mentions = list(source.mentions.filter(~Exists(linked)).order_by("position"))
    verdicts = _verdicts(source, mentions)
    new = _new_persons(mentions, verdicts, now)
    _write_links(mentions, verdicts, new, now)
    reviews = _ask(mentions, verdicts, now)
    refresh_persons(
        {v.person_id for v in verdicts.values() if v.band == Band.JOIN} | {p.pk for p in new.values()}
    )
    announce("source.linked", source.pk)
    return Linked(len(mentions) - len(new), reviews, len(new))


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [LINKING])


def _verdicts(source: Source, mentions: list[Mention]) -> dict[int, Verdict]:
    """Decide about each mention in turn; nobody is two people in one source."""
    found: dict[int, Verdict] = {}
    taken = set(
        Link.objects.filter(mention__source=source, ended_at__isnull=True).values_list(
            "person_id", flat=True
        )
    )
    known = candidates(mentions) if mentions else {}
    for mention in mentions:
        free = [c for c in known[mention.pk] if c.person_id not in taken]
        verdict = resolve(describe_mention(mention), free)
        if verdict.band == Band.JOIN and verdict.person_id is not None:
            taken.add(verdict.person_id)
        found[mention.pk] = verdict
    return found


def _new_persons(
    mentions: list[Mention], verdicts: dict[int, Verdict], now: datetime
) -> dict[int, Person]:
    without = [m for m in mentions if verdicts[m.pk].band != Band.JOIN]
    made = Person.objects.bulk_create(Person(created_at=now) for _ in without)
    return {mention.pk: person for mention, person in zip(without, made, strict=True)}


def _write_links(
    mentions: list[Mention],
    verdicts: dict[int, Verdict],
    new: dict[int, Person],
    now: datetime,
) -> None:
    Link.objects.bulk_create(
        Link(
            mention=mention,
            person_id=new[mention.pk].pk if mention.pk in new else verdicts[mention.pk].person_id,
            weight=None if mention.pk in new else verdicts[mention.pk].weight,
            model=MODEL_VERSION,
            reasons=[] if mention.pk in new else _in_words(verdicts[mention.pk]),
            decided_at=now,
        )
        for mention in mentions
    )


def _ask(mentions: list[Mention], verdicts: dict[int, Verdict], now: datetime) -> int:
    asked = [
        LinkReview(
            mention=mention, candidate_id=verdict.person_id, weight=verdict.weight,
            model=MODEL_VERSION, reasons=_in_words(verdict), asked_at=now,
        )
        for mention in mentions
        if (verdict := verdicts[mention.pk]).band == Band.REVIEW
    ]  # fmt: skip
    LinkReview.objects.bulk_create(asked, ignore_conflicts=True)
    return len(asked)


def _in_words(verdict: Verdict) -> list[list[object]]:
    return [[reason.words, round(reason.weight, 2)] for reason in verdict.reasons]
