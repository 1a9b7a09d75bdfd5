"""What reviewers say about who somebody is, and what comes of it.

Each says it alone: until a question is settled, nobody sees another's answer, save the third who
is asked when two disagree. What settles a question is in rules/second_reading; what follows from
it, joining two persons or keeping them apart, is in `changes`, and is undone with the answer.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from sightline.access.models import User
from sightline.access.queries import require
from sightline.access.roles import Perm
from sightline.audit.commands import record
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.people.changes import join, keep_apart
from sightline.people.holding import hold_links
from sightline.people.models import Link, LinkAnswer, LinkChange, LinkReview, LinkShown, Person
from sightline.people.questions import ask_again
from sightline.people.undoing import undo
from sightline.rules.second_reading import Said, disagree, settled

BINDING = (Said.SAME, Said.NOT_SAME)
WITHOUT_WORDS = {
    Said.SAME: "Both records were compared: the same person.",
    Said.NOT_SAME: "Both records were compared: not the same person.",
}


def show_review(*, review: LinkReview, by: User, now: datetime) -> None:
    """Write down that a reviewer has the question before them: it is not given to others now."""
    LinkShown.objects.update_or_create(review=review, shown_to=by, defaults={"shown_at": now})


@transaction.atomic
def decide_review(
    *, review: LinkReview, decision: str, because: str = "", by: User, now: datetime
) -> LinkReview:
    """Keep what a reviewer says; where that settles the question, carry it out.

    decision: see `Said`. The same said twice (a double click) is kept once. Raises WrongMoment
    when it is settled or closed already or they said something else before, and NotUnderstood
    where a reason is needed and missing.
    """
    require(by, Perm.REVIEW_LINKS)
    if decision in BINDING:
        hold_links()  # before the review, as linking does
    review = _held(review)
    if _said_before(review, decision, by):
        return review
    _must_be_open(review, by)
    if not because.strip() and decision in reasoned(review):
        raise NotUnderstood("Say in a few words what tells you.")
    answer = _keep(review, Said(decision), because.strip(), by, now)
    said = [each.decision for each in standing(review)]
    if outcome := settled(said, of_two=review.two_to_answer, doubted=bool(review.doubts)):
        _settle(review, Said(outcome), answer, by, now)
    return review


@transaction.atomic
def undo_review(*, review: LinkReview, by: User, now: datetime) -> LinkReview:
    """Take back what came of a question, or one's own answer where nothing has come of it yet.

    Every link is as before and the question is open again; what others said stands. Whoever takes
    back what only others said needs the right to correct links, and the question is then asked of
    two. Raises WrongMoment where there is nothing to take back.
    """
    require(by, Perm.REVIEW_LINKS)
    hold_links()
    review = _held(review)
    mine = standing(review).filter(answered_by=by)
    if review.decided_at is not None:
        _must_be_theirs(review, by)
        _reopen(review, of_two=not mine, by=by, now=now)
    elif not mine and not (mine := _unsure(review).filter(answered_by=by)):
        raise WrongMoment("This has not been decided, so there is nothing to undo.")
    _withdraw(review, mine or standing(review), by, now)
    record("link.review_undone", review, by=by, at=now)
    return review


def reasoned(review: LinkReview) -> frozenset[Said]:
    """Return the answers that must say why: against what the machine doubts, or between two."""
    if disagree([answer.decision for answer in standing(review)]):
        return frozenset(BINDING)
    return frozenset({Said.SAME} if review.doubts else ())


def standing(review: LinkReview) -> QuerySet[LinkAnswer]:
    """Return the answers that bind and were not taken back, the first one first."""
    answers = review.answers.filter(withdrawn_at__isnull=True, decision__in=BINDING)
    return answers.order_by("answered_at", "pk")


def _unsure(review: LinkReview) -> QuerySet[LinkAnswer]:
    return review.answers.filter(withdrawn_at__isnull=True, decision=Said.UNSURE)


def _held(review: LinkReview) -> LinkReview:
    """Return the review as it stands now, locked until the transaction ends."""
    found = LinkReview.objects.select_for_update(of=("self",))
    return found.select_related("candidate", "change").get(pk=review.pk)


def _said_before(review: LinkReview, decision: str, by: User) -> bool:
    """Whether this reviewer has said just this since the question was last shown to them."""
    if decision != Said.UNSURE:
        return standing(review).filter(answered_by=by, decision=decision).exists()
    shown = LinkShown.objects.filter(review=review, shown_to=by).first()
    said = _unsure(review).filter(answered_by=by)
    return said.filter(answered_at__gte=shown.shown_at).exists() if shown else said.exists()


def _must_be_open(review: LinkReview, by: User) -> None:
    if review.decided_at is not None:
        raise WrongMoment("This has been decided already: the page says how. Yours was not kept.")
    if review.closed_at is not None:
        raise WrongMoment(f"This needs no answer any more: {review.closed_because}.")
    if standing(review).filter(answered_by=by).exists():
        raise WrongMoment("You have answered this. Take your answer back to change it.")


def _keep(review: LinkReview, said: Said, because: str, by: User, now: datetime) -> LinkAnswer:
    shown = LinkShown.objects.filter(review=review, shown_to=by).first()
    answer = LinkAnswer.objects.create(
        review=review, decision=said, because=because[:300], answered_by=by, answered_at=now,
        shown_at=shown.shown_at if shown else None, roles=by.roles,
    )  # fmt: skip
    record("link.answered", review, by=by, at=now, decision=str(said))
    return answer


def _settle(review: LinkReview, said: Said, answer: LinkAnswer, by: User, now: datetime) -> None:
    """Decide the question before the change is made, so that the change leaves it alone."""
    review.decision, review.because = said, answer.because
    review.decided_at, review.decided_by = now, by
    review.save()
    record("link.reviewed", review, by=by, at=now, decision=str(said))
    if change := _carry_out(review, said, answer.because or WITHOUT_WORDS[said], by, now):
        review.change = change
        review.save(update_fields=["change"])


def _carry_out(
    review: LinkReview, said: Said, because: str, by: User, now: datetime
) -> LinkChange | None:
    """Join, or keep apart. That an odd person is one changes nothing; parting is done by hand."""
    if review.kind == "odd":
        return None
    here = _person_of(review)
    if said == Said.SAME:
        return join(gone=here, stays=review.candidate, because=because, by=by, now=now)
    return keep_apart(a=here, b=review.candidate, because=because, by=by, now=now)


def _person_of(review: LinkReview) -> Person:
    links = Link.objects.select_related("person")
    return links.get(mention=review.mention_id, ended_at__isnull=True).person


def may_take_back(review: LinkReview, by: User) -> bool:
    """Whether this reviewer may take back what has come of a settled question."""
    return review.decided_by_id == by.pk or Perm.CORRECT_LINKS in by.perms


def _must_be_theirs(review: LinkReview, by: User) -> None:
    if not may_take_back(review, by):
        raise WrongMoment(
            "Somebody else has settled this since. Whoever may correct links, such as the chair, "
            "can take it back."
        )


def _reopen(review: LinkReview, *, of_two: bool, by: User, now: datetime) -> None:
    """Undo what came of it and ask again; of two, where somebody undoes what others said."""
    if review.change is not None:
        undo(
            change=review.change, because="The answer was taken back.", by=by, now=now,
            withdraw_answers=False,
        )  # fmt: skip
        review.refresh_from_db()
    review.two_to_answer |= of_two
    ask_again(review, now)


def _withdraw(review: LinkReview, answers: QuerySet[LinkAnswer], by: User, now: datetime) -> None:
    """Take these back; where the rest would settle the question all the same, all of them."""
    taken = {"withdrawn_at": now, "withdrawn_by": by}
    LinkAnswer.objects.filter(pk__in=[answer.pk for answer in answers]).update(**taken)
    left = [answer.decision for answer in standing(review)]
    if settled(left, of_two=review.two_to_answer, doubted=bool(review.doubts)):
        standing(review).update(**taken)
