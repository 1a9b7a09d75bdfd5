"""Asking a person who somebody is: what the question says, and whether two must answer it."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings

from sightline.people.models import LinkReview, Mention, Person
from sightline.rules.linkage.decide import Band
from sightline.rules.linkage.resolve import Verdict
from sightline.rules.linkage.vetoes import Veto
from sightline.rules.second_reading import drawn_for_quality

# Where the machine itself says that they may well be two people whom everything makes alike.
TWO_READ = frozenset(
    {Veto.TWINS, Veto.MIDDLE_DIFFERS, Veto.SEX_DIFFERS, Veto.IDENTIFIER_CONFLICT, Veto.UNBORN}
)
RIVALS = "another known person fits as well as this one"


def question(
    mention: Mention,
    candidate_id: int,
    verdict: Verdict,
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
        mention=mention, candidate_id=candidate_id, weight=verdict.weight, model=model,
        reasons=in_words(verdict), doubts=doubts(verdict), asked_at=now,
        two_to_answer=restricted
        or not TWO_READ.isdisjoint(verdict.vetoes)
        or drawn_for_quality(mention.pk, one_in=settings.READ_TWICE),
    )  # fmt: skip


def doubts(verdict: Verdict) -> list[str]:
    """Return what kept the machine from joining, in words."""
    rivals = any(match.band is Band.JOIN for match in verdict.alternatives)
    return [*(str(veto) for veto in verdict.vetoes), *([RIVALS] if rivals else [])]


def in_words(verdict: Verdict) -> list[list[object]]:
    """Return the waterfall: what each agreement and disagreement is, and its weight in bits."""
    return [[reason.words, round(reason.weight, 2)] for reason in verdict.reasons]


def restricted_among(person_ids: Iterable[int]) -> set[int]:
    """Return which of these persons are restricted."""
    found = Person.objects.filter(pk__in=list(person_ids), restricted_at__isnull=False)
    return set(found.values_list("pk", flat=True))
