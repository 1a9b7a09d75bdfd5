"""Asking a person who somebody is: what the question says, and whether two must answer it."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings

from sightline.people.models import LinkReview, Mention, Person
from sightline.rules.linkage.resolve import Match
from sightline.rules.linkage.vetoes import Veto
from sightline.rules.second_reading import drawn_for_quality

# Where the machine itself says that they may well be two people whom everything makes alike.
TWO_READ = frozenset(
    {Veto.TWINS, Veto.MIDDLE_DIFFERS, Veto.SEX_DIFFERS, Veto.IDENTIFIER_CONFLICT, Veto.UNBORN}
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


def doubts(match: Match) -> list[str]:
    """Return what kept the machine from joining, in words."""
    return [str(veto) for veto in match.vetoes]


def in_words(match: Match) -> list[list[object]]:
    """Return the waterfall: what each agreement and disagreement is, and its weight in bits."""
    return [[reason.words, round(reason.weight, 2)] for reason in match.reasons]


def restricted_among(person_ids: Iterable[int]) -> set[int]:
    """Return which of these persons are restricted."""
    found = Person.objects.filter(pk__in=list(person_ids), restricted_at__isnull=False)
    return set(found.values_list("pk", flat=True))
