"""Asking a person who somebody is: what the question says, and whether two must answer it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.db import connection
from django.db.models import Q

from sightline.common.rows import numbers
from sightline.people.models import LinkReview, Mention
from sightline.rules.linkage.verdicts import Match
from sightline.rules.linkage.vetoes import Veto
from sightline.rules.second_reading import drawn_for_quality

# Where the machine itself says that they may well be two people whom everything makes alike.
TWO_READ = frozenset(
    {
        Veto.TWINS,
        Veto.WHICH_TWIN,
        Veto.NAME_SHARED,
        Veto.MIDDLE_DIFFERS,
        Veto.SEX_DIFFERS,
        Veto.IDENTIFIER_CONFLICT,
        Veto.UNBORN,
    }
)


def question(
    mention: Mention,
    candidate_id: int,
    match: Match,
    *,
    model: str,
    restricted: bool,
    now: datetime,
) -> LinkReview:
    """Return the question whether a mention is a known person; it is not saved.

    model: the version that compared. restricted: the known person is; to join somebody to them
    takes two people.
    """
    return LinkReview(
        mention=mention, candidate_id=candidate_id, weight=match.weight, model=model,
        reasons=in_words(match), doubts=doubts(match), asked_at=now,
        two_to_answer=restricted
        or not TWO_READ.isdisjoint(match.vetoes)
        or drawn_for_quality(mention.pk, one_in=settings.READ_TWICE),
    )  # fmt: skip


def whole(
    mention: Mention, person_id: int, odd: Sequence[str], *, model: str, now: datetime
) -> LinkReview:
    """Return the question whether all that is linked to a person is one; it is not saved.

    odd: what is odd about it, in words; `mention` made it so.
    """
    return LinkReview(
        kind="odd", mention=mention, candidate_id=person_id, weight=0.0, model=model,
        doubts=list(odd), asked_at=now,
    )  # fmt: skip


def doubts(match: Match) -> list[str]:
    """Return what kept the machine from joining, in words."""
    return [str(veto) for veto in match.vetoes]


def in_words(match: Match) -> list[list[object]]:
    """Return the waterfall: what each agreement and disagreement is, and its weight in bits."""
    return [[reason.words, round(reason.weight, 2)] for reason in match.reasons]


# Of these persons, two of whom somebody has said that they are two, or about whom is asked now.
SETTLED = """
    select mine.person_id, theirs.person_id
    from people_link mine
    join people_notsameside one on one.mention_id = mine.mention_id and one.side = 'a'
    join people_notsame said on said.id = one.not_same_id and said.ended_at is null
    join people_notsameside other on other.not_same_id = said.id and other.side = 'b'
    join people_link theirs on theirs.mention_id = other.mention_id and theirs.ended_at is null
    where mine.ended_at is null
      and mine.person_id = any(%(persons)s::bigint[])
      and theirs.person_id = any(%(persons)s::bigint[])
    union
    select review.candidate_id, link.person_id
    from people_linkreview review
    join people_link link on link.mention_id = review.mention_id and link.ended_at is null
    where review.decided_at is null and review.closed_at is null and review.kind = 'same'
      and review.candidate_id = any(%(persons)s::bigint[])
      and link.person_id = any(%(persons)s::bigint[])
"""


RESTRICTED = """
    select id from people_person where id = any(%s::bigint[]) and restricted_at is not null
"""


def worth_asking(pairs: Mapping[int, tuple[int, int]]) -> set[int]:
    """Return the keys of those pairs of persons that a human should be asked about.

    Not one person and himself, nor two about whom is asked already, of whom somebody has said
    that they are two, or whom an earlier key has. One query.
    """
    persons = {person for pair in pairs.values() for person in pair}
    with connection.cursor() as cursor:
        done = {frozenset(pair) for pair in cursor.rows(SETTLED, {"persons": numbers(persons)})}
    found = set()
    for key, pair in pairs.items():
        if len(both := frozenset(pair)) > 1 and both not in done:
            found.add(key)
            done.add(both)
    return found


def worth_asking_whole(odd: Mapping[int, Sequence[str]]) -> set[int]:
    """Return of which persons a human should be asked whether they are one.

    odd: what is odd about each, in words. Not those of whom all of it is asked now, or of whom
    somebody has said that they are one all the same. One query.
    """
    asked = LinkReview.objects.filter(
        LinkReview.OPEN | Q(decision="same"), kind="odd", candidate__in=list(odd)
    )
    known = defaultdict[int, set[str]](set)
    for person, words in asked.values_list("candidate_id", "doubts"):
        known[person].update(words)
    return {person for person, words in odd.items() if not known[person].issuperset(words)}


def restricted_among(person_ids: Iterable[int]) -> set[int]:
    """Return which of these persons are restricted."""
    with connection.cursor() as cursor:
        return {person for (person,) in cursor.rows(RESTRICTED, [numbers(person_ids)])}
