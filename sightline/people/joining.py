"""What a human said in a review, carried out as a change of links."""

from datetime import datetime

from django.db import transaction

from sightline.access.models import User
from sightline.access.queries import require
from sightline.access.roles import Perm
from sightline.audit.commands import record
from sightline.common.errors import WrongMoment
from sightline.people.changes import join, keep_apart
from sightline.people.models import Link, LinkReview, Person
from sightline.people.undoing import undo

SAME, NOT_SAME = "same", "not_same"


@transaction.atomic
def decide_review(
    *, review: LinkReview, decision: str, because: str, by: User, now: datetime
) -> LinkReview:
    """Record that the mention's person and the candidate are the same, or are not.

    Raises WrongMoment when it was decided before. "Same" joins both; "not the same" binds until it
    is taken back.
    """
    require(by, Perm.REVIEW_LINKS)
    review = LinkReview.objects.select_for_update().get(pk=review.pk)
    if review.decided_at is not None or review.closed_at is not None:
        raise WrongMoment("This has been decided already. The next one is shown.")
    review.decision, review.because = decision, because
    review.decided_at, review.decided_by = now, by
    review.save()
    here, there = _person_of(review), review.candidate
    if decision == SAME:
        review.change = join(gone=here, stays=there, because=because, by=by, now=now)
    else:
        review.change = keep_apart(a=here, b=there, because=because, by=by, now=now)
    review.save(update_fields=["change"])
    record("link.reviewed", review, by=by, at=now, decision=decision)
    return review


@transaction.atomic
def undo_review(*, review: LinkReview, by: User, now: datetime) -> LinkReview:
    """Take a decided review back: every link is as before, and the question is open again."""
    require(by, Perm.REVIEW_LINKS)
    review = LinkReview.objects.select_for_update().get(pk=review.pk)
    if review.change is None:
        raise WrongMoment("This has not been decided, so there is nothing to undo.")
    undo(change=review.change, because="the answer was taken back", by=by, now=now)
    record("link.review_undone", review, by=by, at=now)
    review.refresh_from_db()
    return review


def _person_of(review: LinkReview) -> Person:
    return Link.objects.get(mention=review.mention, ended_at__isnull=True).person
