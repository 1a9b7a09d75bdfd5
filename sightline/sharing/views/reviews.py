"""Who is this? A person says whether a mention and a known person are the same."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from sightline.access.queries import page, user_of
from sightline.access.roles import Perm
from sightline.common.clock import now
from sightline.common.errors import WrongMoment
from sightline.people.joining import decide_review, undo_review
from sightline.people.models import Link, LinkReview, Mention
from sightline.sharing.forms import ReviewForm
from sightline.sharing.presenters import reasons, side_by_side
from sightline.sharing.queries import log_reads, open_reviews, what_they_may_see

A_PAGE = 25
SHOWN = 12  # mentions of the known person, newest first


@page(Perm.REVIEW_LINKS)
def link_reviews(request: HttpRequest) -> HttpResponse:
    """List what is to be decided, without names."""
    waiting = open_reviews(user_of(request), now()).select_related("mention__source")
    shown = Paginator(waiting, A_PAGE).get_page(request.GET.get("page"))
    last = (
        LinkReview.objects.filter(decided_by=user_of(request), decided_at__isnull=False)
        .order_by("-decided_at")
        .first()
    )
    return render(request, "sharing/reviews.html", {"shown": shown, "last": last})


@page(Perm.REVIEW_LINKS)
def link_review(request: HttpRequest, pk: int) -> HttpResponse:
    """Show both records side by side and take the answer; undo takes it back."""
    review = _authorised(request, pk)
    if request.method == "POST" and "undo" in request.POST:
        return _undo(request, review)
    form = ReviewForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _decide(request, review, form)
    known = _mentions_of(review)
    context = {
        "form": form,
        "review": review,
        "lines": side_by_side(review.mention, known),
        "reasons": reasons(review),
        "many": len(known),
        "waiting": open_reviews(user_of(request), now()).count(),
    }
    return render(request, "sharing/review.html", context)


def _authorised(request: HttpRequest, pk: int) -> LinkReview:
    """Load a review whose persons the user may see both, and log the look."""
    review = get_object_or_404(
        LinkReview.objects.select_related("mention__source", "candidate", "decided_by"), pk=pk
    )
    link = Link.objects.get(mention=review.mention, ended_at__isnull=True)
    both, moment = {review.candidate_id, link.person_id}, now()
    answers = what_they_may_see(user_of(request), both, moment)
    if answers.keys() != both:
        raise Http404
    log_reads(user_of(request), answers, page="link-review", now=moment)
    return review


def _mentions_of(review: LinkReview) -> list[Mention]:
    links = Link.objects.filter(person=review.candidate, ended_at__isnull=True).exclude(
        mention=review.mention
    )
    newest = links.select_related("mention__source").order_by("-mention__source__on")
    return [link.mention for link in newest[:SHOWN]]


def _decide(request: HttpRequest, review: LinkReview, form: ReviewForm) -> HttpResponse:
    try:
        decide_review(
            review=review,
            by=user_of(request),
            now=now(),
            **form.cleaned_data,
        )
    except WrongMoment as moment:
        messages.error(request, str(moment))
        return redirect("link-review", review.pk)
    same = form.cleaned_data["decision"] == "same"
    messages.success(
        request,
        "Joined: both records are one person now." if same
        else "Noted: they are two people, and will not be proposed again.",
    )  # fmt: skip
    following = open_reviews(user_of(request), now()).first()
    return redirect("link-review", following.pk) if following else redirect("link-reviews")


def _undo(request: HttpRequest, review: LinkReview) -> HttpResponse:
    try:
        undo_review(review=review, by=user_of(request), now=now())
        messages.success(request, "Taken back: everything is as it was, and the question is open.")
    except WrongMoment as moment:
        messages.error(request, str(moment))
    return redirect("link-review", review.pk)
