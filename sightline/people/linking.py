"""Linking the mentions of a source to persons: known ones where sure, new ones otherwise.

Doubt never waits: a mention in doubt gets a person of its own and a review for a human.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from django.db import connection, transaction

from sightline.common.announce import announce
from sightline.common.rows import create, numbers
from sightline.people.asking import (
    in_words,
    question,
    restricted_among,
    whole,
    worth_asking,
    worth_asking_whole,
)
from sightline.people.candidates import Held
from sightline.people.holding import hold_links
from sightline.people.merging import merge
from sightline.people.model_in_use import model_in_use
from sightline.people.models import Link, LinkReview, Mention, Source
from sightline.people.reading import new_person, read_besides, refresh_persons
from sightline.people.tidying import close_corrected, is_corrected
from sightline.people.unborn import BY_RULE, SAME, Expected
from sightline.rules.linkage.decide import Band
from sightline.rules.linkage.model import Model
from sightline.rules.linkage.odd import oddities
from sightline.rules.linkage.resolve import resolve
from sightline.rules.linkage.verdicts import Match, Verdict

WRITTEN = [field.attname for field in Mention._meta.concrete_fields]
UNLINKED = f"""
    select source.superseded_at, {", ".join(f"mention.{name}" for name in WRITTEN)}
    from people_mention mention join people_source source on source.id = mention.source_id
    where mention.source_id = any(%s::bigint[]) and not exists (
        select from people_link link where link.mention_id = mention.id and link.ended_at is null
    )
    order by mention.source_id, mention.position
"""  # noqa: S608 - the columns are our own


@transaction.atomic(savepoint=False)  # a failure undoes whatever is around it too
def link_sources(sources: Sequence[Source], *, now: datetime) -> None:
    """Link every mention of these sources that has no link yet, source by source.

    Doing it again changes nothing, and the result is the same as linking them one by one.
    """
    hold_links()
    mentions = _unlinked(sources)
    corrected = is_corrected(sources)
    unsettled = _link_all(mentions, now, corrected=corrected) if mentions else set[int]()
    if corrected:
        close_corrected(sources, now=now)
    for source in sources:
        announce("source.linked", source.pk)
    for pk in sorted(unsettled):
        announce("source.unsettled", pk)


def _link_all(mentions: list[Mention], now: datetime, *, corrected: bool) -> set[int]:
    """Return the sources that are to be looked at again with those near them."""
    decided = _decide(mentions, model_in_use())
    _write(mentions, decided, now, corrected=corrected)
    return decided.unsettled


def _unlinked(sources: Sequence[Source]) -> list[Mention]:
    """Return what nobody has linked, in order, with the sources that were passed.

    A source may have been corrected by another of them since it was read.
    """
    by_pk = {source.pk: source for source in sources}
    with connection.cursor() as cursor:
        rows = cursor.rows(UNLINKED, [numbers(by_pk)])
    waiting = []
    for corrected_at, *row in rows:
        mention = Mention.from_db(connection.alias, WRITTEN, row)
        mention.source = by_pk[mention.source_id]
        mention.source.superseded_at = corrected_at
        waiting.append(mention)
    return waiting


@dataclass
class Decided:
    """What was decided about many mentions; persons not written yet have negative ids."""

    model: Model
    verdicts: dict[int, Verdict] = field(default_factory=dict)  # by mention
    persons: dict[int, int] = field(default_factory=dict)  # by mention
    merged: dict[int, tuple[int, Match]] = field(default_factory=dict)  # by who goes
    odd: dict[int, tuple[str, ...]] = field(default_factory=dict)  # by the mention that made it so
    unsettled: set[int] = field(default_factory=set)  # sources to look at with those near them

    def person(self, person: int) -> int:
        """Who a person is now."""
        while person in self.merged:
            person = self.merged[person][0]
        return person


def _decide(mentions: list[Mention], model: Model) -> Decided:
    """Decide about each source in turn; who is decided is known to those that follow."""
    held, decided = Held(mentions), Decided(model)
    expected = Expected(mentions, held.near())
    for _, together in groupby(mentions, key=lambda mention: mention.source_id):
        _decide_source(list(together), held, expected, decided)
    return decided


def _decide_source(
    mentions: list[Mention], held: Held, expected: Expected, decided: Decided
) -> None:
    found = resolve(
        [held.described[mention.pk] for mention in mentions],
        held.candidates(mentions),
        decided.model,
        lambda persons: held.met_with(persons, mentions),
        mentions[0].source_id,
    )
    was = _oddities(held, {person for stays, goes, _ in found.merged for person in (stays, goes)})
    for stays, goes, match in found.merged:
        decided.merged[goes] = (stays, match)
        held.merge(goes, stays)
        expected.merge(goes, stays)
    decided.unsettled |= {mentions[0].source_id} if found.unsettled else set()
    verdicts = dict(zip((one.pk for one in mentions), found.verdicts, strict=True))
    verdicts |= _unborn(mentions, verdicts, expected, held)
    for mention in mentions:
        _learn(mention, verdicts[mention.pk], held, decided, was)


def _oddities(held: Held, persons: Collection[int]) -> dict[int, tuple[str, ...]]:
    """What is odd about these before they are made one: that two are one may be what is odd."""
    return {person: oddities(held.all_of(person)) for person in persons}


def _learn(
    mention: Mention,
    verdict: Verdict,
    held: Held,
    decided: Decided,
    was: dict[int, tuple[str, ...]],
) -> None:
    """Remember who a mention is; `was`: what was odd about whoever has become one with another."""
    person = _joined(mention.pk, verdict)
    before = was.pop(person) if person in was else oddities(held.all_of(person))
    held.learn(mention, person)
    odd = oddities(held.all_of(person))
    if odd and odd != before:
        decided.odd[mention.pk] = odd
    decided.verdicts[mention.pk], decided.persons[mention.pk] = verdict, person


def _joined(mention: int, verdict: Verdict) -> int:
    """Who a mention is by its verdict: a known person, or one of its own."""
    joins = verdict.band == Band.JOIN and verdict.match is not None
    return verdict.match.person_id if joins and verdict.match else -mention


def _unborn(
    mentions: Sequence[Mention], verdicts: Mapping[int, Verdict], expected: Expected, held: Held
) -> dict[int, Verdict]:
    """The verdicts on unborn children who are known, unless a human has said they are not."""
    persons = {mention: _joined(mention, verdict) for mention, verdict in verdicts.items()}
    found = expected.who(mentions, persons)
    return {
        mention: Verdict(Band.JOIN, match)
        for mention, match in found.items()
        if not held.is_apart(match.person_id, mention)
    }


def _write(mentions: list[Mention], decided: Decided, now: datetime, *, corrected: bool) -> None:
    new = [m for m in mentions if decided.person(decided.persons[m.pk]) == -m.pk]
    made = create([new_person(mention, now=now) for mention in new])
    written = {-mention.pk: person.pk for mention, person in zip(new, made, strict=True)}

    def who(person: int) -> int:
        now_is = decided.person(person)
        return written.get(now_is, now_is)

    create([_link(m, decided, who(decided.persons[m.pk]), now) for m in mentions])
    merge(
        {goes: (who(stays), match) for goes, (stays, match) in decided.merged.items() if goes > 0},
        model=decided.model, now=now,
    )  # fmt: skip
    asked = [(m, match, who(match.person_id)) for m in mentions for match in _asked(m, decided)]
    here = {mention.pk: who(decided.persons[mention.pk]) for mention in mentions}
    _ask(asked, here, decided.model, now)
    made_odd = [mention for mention in mentions if mention.pk in decided.odd]
    whole_of = {here[m.pk]: (m, decided.odd[m.pk]) for m in made_odd}  # the last one says it all
    _ask_whole(whole_of, decided.model, now)
    if decided.merged or corrected:
        refresh_persons(here.values())
    else:
        told = defaultdict[int, list[Mention]](list)
        for mention in mentions:
            told[here[mention.pk]].append(mention)
        read_besides(told, made=set(written.values()))


def _link(mention: Mention, decided: Decided, person: int, now: datetime) -> Link:
    verdict, model = decided.verdicts[mention.pk], decided.model.version
    if verdict.match is not None and SAME in verdict.match.reasons:
        model = BY_RULE
    if verdict.band != Band.JOIN or verdict.match is None:
        return Link(mention=mention, person_id=person, model=model, decided_at=now)
    return Link(
        mention=mention, person_id=person, weight=verdict.match.weight, model=model,
        reasons=in_words(verdict.match), decided_at=now,
    )  # fmt: skip


def _asked(mention: Mention, decided: Decided) -> list[Match]:
    verdict = decided.verdicts[mention.pk]
    found = verdict.match if verdict.band == Band.REVIEW else verdict.question
    return [found] if found is not None else []


def _ask(
    asked: list[tuple[Mention, Match, int]], here: dict[int, int], model: Model, now: datetime
) -> None:
    """Ask a person about those whom the machine does not join by itself, each two persons once.

    here: who each mention is now.
    """
    if not asked:
        return
    wanted = worth_asking({m.pk: (here[m.pk], person) for m, _, person in asked})
    asked = [one for one in asked if one[0].pk in wanted]
    restricted = restricted_among({person for _, _, person in asked})
    create(
        [
            question(
                mention, person, match,
                model=model.version, restricted=person in restricted, now=now,
            )
            for mention, match, person in asked
        ],
        on_conflict="do nothing",
    )  # fmt: skip


def _ask_whole(
    odd: Mapping[int, tuple[Mention, tuple[str, ...]]], model: Model, now: datetime
) -> None:
    """Ask whether all that is linked to a person is one.

    odd: by person, the mention that made them so, and what is odd, in words.
    """
    if not odd:
        return
    wanted = worth_asking_whole({person: words for person, (_, words) in odd.items()})
    LinkReview.objects.bulk_create(
        (
            whole(mention, person, words, model=model.version, now=now)
            for person, (mention, words) in odd.items()
            if person in wanted
        ),
        ignore_conflicts=True,
    )
