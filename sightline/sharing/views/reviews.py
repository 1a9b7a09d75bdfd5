"""Who is this? A person says whether two records are the same person, question after question."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from sightline.access.models import User
from sightline.access.queries import page, user_of
from sightline.access.roles import Perm
from sightline.common.clock import now
from sightline.common.errors import WrongMoment
from sightline.common.listing import page_of_seen
from sightline.common.sent import key_in
from sightline.people.models import LinkReview
from sightline.people.reviewing import (
    decide_review,
    may_take_back,
    reasoned,
    show_review,
    standing,
    undo_review,
)
from sightline.rules.second_reading import Said
from sightline.sharing.forms import ReviewForm
from sightline.sharing.queries import log_reads, what_they_may_see
from sightline.sharing.review_lines import HEADINGS
from sightline.sharing.review_presenters import (
    comparison,
    disagreement,
    last_words,
    listed,
    said_words,
    sentence,
)
from sightline.sharing.review_queue import last_answer, next_for, progress_of, questions_for
from sightline.sharing.review_records import person_of, records_of

A_PAGE = 25


@page(Perm.REVIEW_LINKS)
def link_reviews(request: HttpRequest) -> HttpResponse:
    """List what this user may answer, without names, and what they could not tell."""
    user, moment = user_of(request), now()
    waiting = questions_for(user, moment).select_related("mention__source")
    shown = page_of_seen(waiting, request.GET.get("page"), size=A_PAGE)
    context = {
        "shown": shown,
        "rows": [listed(review, moment) for review in shown],
        "progress": progress_of(user, moment),
        "last": last_words(last_answer(user, moment)),
    }
    return render(request, "sharing/reviews.html", context)


@page(Perm.REVIEW_LINKS)
@require_safe
def link_review_next(request: HttpRequest) -> HttpResponse:
    """Go to this user's next question; `after` is the one they leave for later."""
    after = request.GET.get("after", "")
    return _next(user_of(request), key_in(after))


def _next(user: User, after: int) -> HttpResponse:
    following = next_for(user, now(), after=after)
    return redirect("link-review", following.pk) if following else redirect("link-reviews")


@page(Perm.REVIEW_LINKS)
def link_review(request: HttpRequest, pk: int) -> HttpResponse:
    """Show both records side by side and take the answer; undo takes it back."""
    review, person_id = _authorised(request, pk)
    if request.method == "POST" and "undo" in request.POST:
        return _undo(request, review)
    form = _form(request, review)
    if request.method == "POST" and form.is_valid():
        return _decide(request, review, form)
    return _show(request, review, person_id, form)


def _authorised(request: HttpRequest, pk: int) -> tuple[LinkReview, int]:
    """Load a review and who its mention is, both open to the user; the look is logged."""
    found = LinkReview.objects.select_related("mention__source", "decided_by")
    review = get_object_or_404(found, pk=pk)
    person_id = person_of(review)
    both, moment = {review.candidate_id, person_id or 0}, now()
    answers = what_they_may_see(user_of(request), both, moment)
    may_part = review.kind != "odd" or Perm.CORRECT_LINKS in user_of(request).perms
    if person_id is None or answers.keys() != both or not may_part:
        raise Http404
    log_reads(user_of(request), answers, page="link-review", now=moment)
    return review, person_id


def _form(request: HttpRequest, review: LinkReview) -> ReviewForm:
    data = request.POST if request.method == "POST" else None
    return ReviewForm(data, kind=review.kind, reasoned=reasoned(review), label_suffix="")


def _show(
    request: HttpRequest, review: LinkReview, person_id: int, form: ReviewForm
) -> HttpResponse:
    user, moment = user_of(request), now()
    records = records_of(review, person_id, user, moment)
    log_reads(user, records.seen, page="link-review", now=moment)
    answers = list(standing(review))
    mine = next((answer for answer in answers if answer.answered_by_id == user.pk), None)
    is_open = review.decided_at is None and review.closed_at is None
    if is_open and mine is None and request.method == "GET":
        show_review(review=review, by=user, now=moment)
    context = {
        "form": form,
        "review": review,
        "asks": is_open and mine is None,
        "mine": mine,
        "compared": comparison(review, records),
        "disagreement": disagreement(review, answers) if mine is None else [],
        "progress": progress_of(user, moment),
        "last": last_words(last_answer(user, moment)),
        "records": records,
        "headings": HEADINGS,
        "decided": review.decision and sentence(said_words(review, review.decision)),
        "may_undo": review.decided_at is None or may_take_back(review, user),
        "said": mine and said_words(review, mine.decision),
    }
    return render(request, "sharing/review.html", context)


def _decide(request: HttpRequest, review: LinkReview, form: ReviewForm) -> HttpResponse:
    """Keep the answer and go on. Of an odd person "several" is said by parting them."""
    decision = form.cleaned_data["decision"]
    if review.kind == "odd" and decision == Said.NOT_SAME:
        return redirect(reverse("person-split", args=[review.candidate_id]))
    try:
        decide_review(review=review, by=user_of(request), now=now(), **form.cleaned_data)
    except WrongMoment as moment:
        messages.error(request, str(moment))
        return redirect("link-review", review.pk)
    return _next(user_of(request), review.pk)


def _undo(request: HttpRequest, review: LinkReview) -> HttpResponse:
    try:
        undo_review(review=review, by=user_of(request), now=now())
        messages.success(request, "Taken back: everything is as it was, and the question is open.")
    except WrongMoment as moment:
        messages.error(request, str(moment))
    return redirect("link-review", review.pk)
