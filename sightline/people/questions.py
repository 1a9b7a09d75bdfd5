"""What becomes of open questions ("who is this?") when the links they ask about are changed."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q

from sightline.access.models import User
from sightline.people.models import EarlierOutcome, Link, LinkAnswer, LinkChange, LinkReview

ONE_NOW = "both records are one person now"
TWO_NOW = "somebody said that they are two people"
ASKED_ALREADY = "the same is asked of the person it was joined with"


def follow_change(
    persons: Collection[int],
    moved_on: Mapping[int, int],
    apart: Collection[int],
    *,
    now: datetime,
) -> dict[str, Any]:
    """Close questions that a change has answered, and ask the others of whoever it is now.

    persons: whose links the change touched; moved_on: who all mentions of a person went to; apart:
    two persons of whom it says that they are not the same. Returns what `put_back` needs.
    """
    before: dict[str, Any] = {"closed": [], "candidates": {}}
    for review, here in _open_about(persons):
        there = moved_on.get(review.candidate_id, review.candidate_id)
        because = _why_answered(review, here, there, apart)
        if not because and there != review.candidate_id and _is_asked(review, there):
            because = ASKED_ALREADY
        if because:
            before["closed"].append(review.pk)
            review.closed_at, review.closed_because = now, because
            review.save(update_fields=["closed_at", "closed_because"])
        elif there != review.candidate_id:
            before["candidates"][str(review.pk)] = review.candidate_id
            _ask_of(review, there)
    return before


def _open_about(persons: Collection[int]) -> list[tuple[LinkReview, int]]:
    """Return the open questions about these persons, each with who its mention is now."""
    mentions = Link.objects.filter(person__in=persons, ended_at__isnull=True).values("mention")
    found = LinkReview.objects.select_for_update().filter(
        LinkReview.OPEN, Q(candidate__in=persons) | Q(mention__in=mentions)
    )
    reviews = list(found.order_by("pk"))
    links = Link.objects.filter(mention__in=[r.mention_id for r in reviews], ended_at__isnull=True)
    who = dict(links.values_list("mention_id", "person_id"))
    return [(review, who[review.mention_id]) for review in reviews]


def _why_answered(review: LinkReview, here: int, there: int, apart: Collection[int]) -> str:
    if review.kind == "odd":
        return TWO_NOW if there in apart and here in apart else ""
    if here == there:
        return ONE_NOW
    return TWO_NOW if {here, there} == set(apart) else ""


def _is_asked(review: LinkReview, candidate_id: int) -> bool:
    asked = LinkReview.objects.filter(LinkReview.OPEN, mention=review.mention_id)
    return asked.filter(candidate=candidate_id).exists()


def _ask_of(review: LinkReview, candidate_id: int) -> None:
    review.candidate_id = candidate_id
    review.save(update_fields=["candidate"])


def put_back(change: LinkChange, *, by: User, now: datetime, withdraw_answers: bool) -> None:
    """Ask again what a change had answered, or asked of somebody else.

    withdraw_answers: the answers that led to it no longer hold, so that all may answer again.
    """
    locked = LinkReview.objects.select_for_update()
    decided = list(locked.filter(change=change))
    closed = locked.filter(pk__in=change.before.get("closed", []), closed_at__isnull=False)
    _reopen([*decided, *closed], now)
    _ask_of_the_former(change)
    if withdraw_answers:
        LinkAnswer.objects.filter(
            review__in=decided, withdrawn_at__isnull=True, decision__in=["same", "not_same"]
        ).update(withdrawn_at=now, withdrawn_by=by)


def _reopen(reviews: Iterable[LinkReview], now: datetime) -> None:
    """Open these again, save where the same has been asked anew since."""
    for review in reviews:
        if not _is_asked(review, review.candidate_id):
            ask_again(review, now)


def ask_again(review: LinkReview, now: datetime) -> None:
    """Open a question again; what had come of it until now is kept."""
    if over_at := review.decided_at or review.closed_at:
        EarlierOutcome.objects.create(
            review=review, decision=review.decision, over_at=over_at, again_at=now
        )
    review.decision = review.because = review.closed_because = ""
    review.decided_at = review.decided_by = review.closed_at = review.change = None
    review.save()


def _ask_of_the_former(change: LinkChange) -> None:
    former = {int(pk): person for pk, person in change.before.get("candidates", {}).items()}
    for review in LinkReview.objects.select_for_update().filter(LinkReview.OPEN, pk__in=former):
        if not _is_asked(review, former[review.pk]):
            _ask_of(review, former[review.pk])
