"""Linking the mentions of a source to persons: known ones where sure, new ones otherwise.

Doubt never waits: a mention in doubt gets a person of its own and a review for a human.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import cast

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from sightline.common.announce import announce
from sightline.people.asking import in_words, question, restricted_among
from sightline.people.candidates import Known
from sightline.people.describing import describe_mention
from sightline.people.findable import write_entries
from sightline.people.models import Link, LinkReview, Mention, Person, Source
from sightline.people.reading import new_person, refresh_persons
from sightline.people.tidying import close_corrected
from sightline.rules.linkage.decide import MODEL_VERSION, Band
from sightline.rules.linkage.resolve import Verdict, resolve

LINKING = 7_204_001  # advisory lock: two sources linked at once could make one person twice


@transaction.atomic
def link_sources(sources: Sequence[Source], *, now: datetime) -> None:
    """Link every mention of these sources that has no link yet, in order.

    Doing it again changes nothing. The number of queries does not depend on how many there are,
    and the result is the same as linking them one by one.
    """
    _one_at_a_time()
    mentions = _unlinked(sources)
    if mentions:
        verdicts = _verdicts(mentions)
        _write(mentions, verdicts, now)
    close_corrected(sources, now=now)
    for source in sources:
        announce("source.linked", source.pk)


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [LINKING])


def _unlinked(sources: Sequence[Source]) -> list[Mention]:
    linked = Link.objects.filter(mention=OuterRef("pk"), ended_at__isnull=True)
    waiting = Mention.objects.filter(~Exists(linked), source__in=sources)
    return list(waiting.select_related("source__incident").order_by("source_id", "position"))


def _verdicts(mentions: list[Mention]) -> dict[int, Verdict]:
    """Decide about each mention in turn; who is decided is known to those that follow.

    A person made on the way has the mention's id, negative, until it is written.
    """
    known = Known(mentions)
    verdicts: dict[int, Verdict] = {}
    for mention in mentions:
        described = describe_mention(mention)
        verdict = resolve(described, known.candidates(mention))
        person = verdict.person_id if verdict.band == Band.JOIN else -mention.pk
        known.learn(mention, described, cast(int, person))
        verdicts[mention.pk] = verdict
    return verdicts


def _write(mentions: list[Mention], verdicts: dict[int, Verdict], now: datetime) -> None:
    new = [m for m in mentions if verdicts[m.pk].band != Band.JOIN]
    made = Person.objects.bulk_create(new_person(mention, now=now) for mention in new)
    ids = {-mention.pk: person.pk for mention, person in zip(new, made, strict=True)}
    Link.objects.bulk_create(_link(mention, verdicts[mention.pk], ids, now) for mention in mentions)
    _ask(
        [mention for mention in new if verdicts[mention.pk].band == Band.REVIEW], verdicts, ids, now
    )
    write_entries({ids[-mention.pk]: [mention] for mention in new})
    joined = {cast(int, v.person_id) for v in verdicts.values() if v.band == Band.JOIN}
    refresh_persons({ids.get(person, person) for person in joined})


def _link(mention: Mention, verdict: Verdict, ids: dict[int, int], now: datetime) -> Link:
    if verdict.band != Band.JOIN:
        return Link(
            mention=mention, person_id=ids[-mention.pk], model=MODEL_VERSION, decided_at=now
        )
    person = cast(int, verdict.person_id)
    return Link(
        mention=mention, person_id=ids.get(person, person), weight=verdict.weight,
        model=MODEL_VERSION, reasons=in_words(verdict), decided_at=now,
    )  # fmt: skip


def _ask(
    mentions: list[Mention], verdicts: dict[int, Verdict], ids: dict[int, int], now: datetime
) -> None:
    """Ask a person about those whom the machine does not join by itself."""
    meant = {m.pk: cast(int, verdicts[m.pk].person_id) for m in mentions}
    persons = {pk: ids.get(person, person) for pk, person in meant.items()}
    restricted = restricted_among(persons.values()) if persons else set()
    LinkReview.objects.bulk_create(
        [
            question(
                mention, persons[mention.pk], verdicts[mention.pk],
                model=MODEL_VERSION, restricted=persons[mention.pk] in restricted, now=now,
            )
            for mention in mentions
        ],
        ignore_conflicts=True,
    )  # fmt: skip
