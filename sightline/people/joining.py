"""Joining two persons, parting them again, and what a human said in a review.

Nothing is destroyed: joining ends the links of one person and makes new ones to the other, all at
one moment by one user, so that undoing finds exactly them.
"""

from datetime import datetime
from typing import cast

from django.db import transaction

from sightline.access.models import User
from sightline.access.queries import require
from sightline.access.roles import Perm
from sightline.audit.commands import record
from sightline.common.announce import announce
from sightline.common.errors import WrongMoment
from sightline.people.models import Link, LinkReview, NotSame, NotSameSide, Person
from sightline.people.reading import refresh_persons

SAME, NOT_SAME = "same", "not_same"


@transaction.atomic
def decide_review(
    *, review: LinkReview, decision: str, because: str, by: User, now: datetime
) -> LinkReview:
    """Record that the mention's person and the candidate are the same, or are not.

    Raises WrongMoment when it was decided before. "Same" joins the mention's person into the
    candidate; "not the same" binds until it is taken back.
    """
    require(by, Perm.REVIEW_LINKS)
    review = LinkReview.objects.select_for_update().get(pk=review.pk)
    if review.decided_at is not None:
        raise WrongMoment("This has been decided already. The next one is shown.")
    review.decision, review.because = decision, because
    review.decided_at, review.decided_by = now, by
    review.save()
    if decision == SAME:
        _join(_person_of(review), review.candidate, because=because, by=by, now=now)
    else:
        _bar(review, by=by, now=now)
    record("link.reviewed", review, by=by, at=now, decision=decision)
    announce("links.changed", review.mention_id)
    return review


@transaction.atomic
def undo_review(*, review: LinkReview, by: User, now: datetime) -> LinkReview:
    """Take a decided review back: every link is as before, and the question is open again."""
    require(by, Perm.REVIEW_LINKS)
    review = LinkReview.objects.select_for_update().get(pk=review.pk)
    if review.decided_at is None:
        raise WrongMoment("This has not been decided, so there is nothing to undo.")
    if review.decision == SAME:
        _part(review, by=by, now=now)
    NotSame.objects.filter(
        sides__mention=review.mention, said_at=review.decided_at, ended_at__isnull=True
    ).update(ended_at=now, ended_by=by)
    review.decision, review.because = "", ""
    review.decided_at = review.decided_by = None
    review.save()
    record("link.review_undone", review, by=by, at=now)
    announce("links.changed", review.mention_id)
    return review


def _person_of(review: LinkReview) -> Person:
    return Link.objects.get(mention=review.mention, ended_at__isnull=True).person


def _join(gone: Person, stays: Person, *, because: str, by: User, now: datetime) -> None:
    if gone.pk == stays.pk:
        return
    _refuse_two_in_one_source(gone, stays)
    links = list(Link.objects.filter(person=gone, ended_at__isnull=True))
    Link.objects.filter(pk__in=[link.pk for link in links]).update(
        ended_at=now, ended_by=by, ended_because=because
    )
    Link.objects.bulk_create(
        Link(
            mention_id=link.mention_id, person=stays, model="human", decided_at=now, decided_by=by,
            weight=link.weight, reasons=[[because, 0]],
        )
        for link in links
    )  # fmt: skip
    refresh_persons([stays.pk])


def _refuse_two_in_one_source(gone: Person, stays: Person) -> None:
    def holding(person: Person) -> set[int]:
        links = Link.objects.filter(
            person=person, ended_at__isnull=True, mention__source__superseded_at__isnull=True
        )
        return set(links.values_list("mention__source_id", flat=True))

    if holding(gone) & holding(stays):
        raise WrongMoment(
            "Both are mentioned in the same notification, so they are two people. "
            "Answer that they are not the same."
        )


def _part(review: LinkReview, *, by: User, now: datetime) -> None:
    """Put back the links that this review's answer ended: all bear the moment of the answer."""
    decided = cast(datetime, review.decided_at)
    made = Link.objects.filter(
        person=review.candidate, decided_at=decided, model="human", ended_at__isnull=True
    )
    back = Link.objects.filter(mention__in=made.values("mention"), ended_at=decided)
    restored = {link.mention_id: link for link in back.select_related("person")}
    made.filter(mention__in=list(restored)).update(
        ended_at=now, ended_by=by, ended_because="the answer was taken back"
    )
    Link.objects.bulk_create(
        Link(
            mention_id=mention, person=link.person, weight=link.weight, model=link.model,
            reasons=link.reasons, decided_at=now, decided_by=by,
        )
        for mention, link in restored.items()
    )  # fmt: skip
    refresh_persons({review.candidate_id, *(link.person_id for link in restored.values())})


def _bar(review: LinkReview, *, by: User, now: datetime) -> None:
    """No mention of this person is proposed for the candidate again."""
    said = NotSame.objects.create(because=review.because, said_at=now, said_by=by)
    sides = (("a", _person_of(review).pk), ("b", review.candidate_id))
    NotSameSide.objects.bulk_create(
        NotSameSide(not_same=said, side=side, mention_id=mention)
        for side, person in sides
        for mention in _mentions_of(person)
    )


def _mentions_of(person_id: int) -> list[int]:
    links = Link.objects.filter(person=person_id, ended_at__isnull=True)
    return list(links.values_list("mention_id", flat=True))
