"""Who is this? One mention against the people who might be meant.

This is the interface behind which a trained engine will take the place of hand-set weights: it
takes the mention and its candidates in, and gives a verdict with reasons out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sightline.rules.linkage.compare import Comparison, compare
from sightline.rules.linkage.decide import Band, decide
from sightline.rules.linkage.describe import Described
from sightline.rules.linkage.vetoes import LACKS, Veto
from sightline.rules.linkage.weights import Reason

PersonId = int | str | UUID


@dataclass(frozen=True, slots=True)
class Candidate:
    """A known person with the mentions linked to them, closed cases and the archived included.

    `not_same`: a human has said that the mention is not this person.
    `in_same_source`: the person already holds a mention of the same notification.
    """

    person_id: PersonId
    mentions: tuple[Described, ...]
    not_same: bool = False
    in_same_source: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """One person who might be meant: what the machine makes of it, how strongly, and why."""

    person_id: PersonId
    band: Band
    weight: float
    reasons: tuple[Reason, ...]
    vetoes: tuple[Veto, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to do with a mention.

    join: it is `person_id`. review: it may be `person_id` (the strongest) or one of the
    `alternatives`, a person decides. new: nobody known; `person_id` is None and weight 0.
    `alternatives` are the other people who would have gone to review or better, strongest first.
    """

    band: Band
    person_id: PersonId | None
    weight: float
    reasons: tuple[Reason, ...]
    vetoes: tuple[Veto, ...]
    alternatives: tuple[Match, ...]


NOBODY = Verdict(Band.NEW, None, 0.0, (), (), ())


def resolve(mention: Described, candidates: Sequence[Candidate]) -> Verdict:
    """Decide who a mention is; the order of candidates and of their mentions does not matter.

    People whom a human has ruled out, and people already in the same notification, are never
    proposed: nobody is two people in one notification. Two people who both could be joined are
    left to a human.
    """
    matches = [_match(mention, each) for each in candidates if _may_be_proposed(each)]
    matches = sorted((m for m in matches if m.band is not Band.NEW), key=_rank)
    if not matches:
        return NOBODY
    best, *others = matches
    rivals = any(other.band is Band.JOIN for other in others)
    return Verdict(
        band=Band.REVIEW if rivals else best.band,
        person_id=best.person_id,
        weight=best.weight,
        reasons=best.reasons,
        vetoes=best.vetoes,
        alternatives=tuple(others),
    )


def _may_be_proposed(candidate: Candidate) -> bool:
    return bool(candidate.mentions) and not candidate.not_same and not candidate.in_same_source


def _rank(match: Match) -> tuple[bool, float, str]:
    """Whom the machine would join comes first, then the weight; the id settles ties."""
    return match.band is not Band.JOIN, -match.weight, str(match.person_id)


def _match(mention: Described, candidate: Candidate) -> Match:
    """The best of a person's mentions gives the weight; a contradiction in any of them vetoes.

    What a mention merely lacks (no forename was written down) does not count against the others.
    """
    compared = [compare(mention, known) for known in candidate.mentions]
    best = min(compared, key=_strength)
    contradictions = {v for each in compared for v in each.vetoes if v not in LACKS}
    vetoes = tuple(v for v in Veto if v in contradictions or v in best.vetoes)
    judged = Comparison(best.weight, best.reasons, vetoes)
    return Match(candidate.person_id, decide(judged), best.weight, best.reasons, vetoes)


def _strength(comparison: Comparison) -> tuple[float, int, tuple[str, ...], tuple[str, ...]]:
    words = tuple(reason.words for reason in comparison.reasons)
    return -comparison.weight, len(comparison.vetoes), comparison.vetoes, words
