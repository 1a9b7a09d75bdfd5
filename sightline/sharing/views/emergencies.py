"""Opening one record in an emergency, and reviewing what others opened."""

from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localtime

from sightline.access.queries import page, user_of
from sightline.access.roles import Perm
from sightline.accounts.sessions import recently_signed_in
from sightline.common.clock import local_date, now
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.rules.access.rules_file import rules_on
from sightline.sharing.emergencies import (
    OpenAlready,
    looks_under,
    open_in_emergency,
    review,
    reviewable,
)
from sightline.sharing.guarded_forms import EmergencyForm, ReviewEmergencyForm

A_PAGE = 25
LOOKS_SHOWN = 100


@page(Perm.BREAK_GLASS)
@recently_signed_in
def emergency_new(request: HttpRequest) -> HttpResponse:
    """Open one person's record to oneself for some hours, with a reason."""
    moment = now()
    sent = request.method == "POST"
    form = EmergencyForm(request.POST if sent else None, initial={"key": uuid4()})
    if sent and form.is_valid():
        said = form.cleaned_data
        try:
            opened = open_in_emergency(
                who=form.who(), reason=said["reason"], key=said["key"], by=user_of(request),
                now=moment,
            )  # fmt: skip
        except (NotUnderstood, WrongMoment) as refused:
            form.add_error(None, str(refused))
        else:
            return _opened(request, opened)
    context = {"form": form, "rule": rules_on(local_date(moment)).emergencies}
    return render(request, "sharing/emergency_new.html", context)


def _opened(request: HttpRequest, opened: object) -> HttpResponse:
    if isinstance(opened, OpenAlready):
        messages.info(request, "This record is open to you already: no emergency was recorded.")
        return redirect("person", opened.person_id)
    until = localtime(opened.until_at)  # type: ignore[attr-defined]
    messages.success(
        request,
        f"Open to you until {until:%H:%M}. Every look is recorded, and somebody else reviews it.",
    )
    return redirect("person", opened.person_id)  # type: ignore[attr-defined]


@page(Perm.REVIEW_EMERGENCIES)
def emergencies(request: HttpRequest) -> HttpResponse:
    """List what others opened in an emergency, what waits for its review first."""
    moment = now()
    shown = Paginator(reviewable(user_of(request)), A_PAGE).get_page(request.GET.get("page"))
    context = {"shown": shown, "today": local_date(moment)}
    return render(request, "sharing/emergencies.html", context)


@page(Perm.REVIEW_EMERGENCIES)
@recently_signed_in
def emergency(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was looked at under one, by the person's number, and review it."""
    moment, user = now(), user_of(request)
    opened = get_object_or_404(reviewable(user), pk=pk)
    sent = request.method == "POST"
    form = ReviewEmergencyForm(request.POST if sent else None)
    if sent and form.is_valid():
        said = form.cleaned_data
        try:
            review(emergency=opened, by=user, now=moment, **said)
            messages.success(request, "The review is recorded.")
        except WrongMoment as refused:
            messages.error(request, str(refused))
        return redirect("emergencies")
    looks = looks_under(opened)
    context = {
        "form": form, "opened": opened, "looks": looks[:LOOKS_SHOWN], "count": looks.count(),
        "late": opened.reviewed_at is None and local_date(moment) > opened.review_by,
    }  # fmt: skip
    return render(request, "sharing/emergency.html", context)
