"""Meetings: which there are, arranging one, its list, moving it, its calendar entry."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sightline.access.queries import page, user_of
from sightline.access.roles import Perm
from sightline.common.clock import now
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.meetings.arranging import (
    arrange_meeting,
    cancel_meeting,
    close_meeting,
    kinds_offered,
    move_meeting,
)
from sightline.meetings.calendar import entry_of
from sightline.meetings.forms import ArrangeForm, ChangeForm, ReasonForm
from sightline.meetings.lists import build_list, publish_list
from sightline.meetings.models import Meeting
from sightline.meetings.presenters import meeting_page, meeting_row
from sightline.meetings.queries import meeting_or_404, meetings_of, seen_by

A_PAGE = 25
STEPS: dict[str, tuple[Callable[..., Any], str]] = {
    "build": (build_list, "The list is drawn up."),
    "publish": (publish_list, "The list is published, and its members are invited."),
    "close": (close_meeting, "The meeting is closed. Its minutes stand."),
}


@page(Perm.ATTEND_MEETINGS)
def meetings(request: HttpRequest) -> HttpResponse:
    """List the meetings that the user may know of, latest first."""
    shown = Paginator(meetings_of(user_of(request)), A_PAGE).get_page(request.GET.get("page"))
    rows = [meeting_row(meeting, now()) for meeting in shown]
    context = {"page": shown, "rows": rows, "runs": Perm.RUN_MEETINGS in user_of(request).perms}
    return render(request, "meetings/meetings.html", context)


@page(Perm.RUN_MEETINGS)
def new(request: HttpRequest) -> HttpResponse:
    """Arrange a meeting."""
    form = ArrangeForm(kinds_offered(now()), request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = arrange_meeting(by=user_of(request), now=now(), **form.cleaned_data)
        except NotUnderstood as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Arranged. Draw up its list when you are ready.")
            return redirect("meeting", made.pk)
    return render(request, "meetings/new.html", {"form": form})


@page(Perm.ATTEND_MEETINGS)
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a meeting with its list; whoever runs it draws the list up, publishes it, closes it."""
    user, at = user_of(request), now()
    found = meeting_or_404(user, pk)
    if request.method == "POST":
        _step(request, found)
        return redirect("meeting", pk)
    attendance = list(found.attendance.select_related("agency"))
    shown = meeting_page(seen_by(user, found, at), attendance, user, at)
    return render(request, "meetings/meeting.html", {"page": shown})


def _step(request: HttpRequest, found: Meeting) -> None:
    for name, (command, done) in STEPS.items():
        if name in request.POST:
            try:
                command(meeting=found, by=user_of(request), now=now())
                messages.success(request, done)
            except WrongMoment as refusal:
                messages.error(request, str(refusal))


@page(Perm.RUN_MEETINGS)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a meeting in time or place, or cancel it."""
    found = meeting_or_404(user_of(request), pk)
    moving, why = ChangeForm.of(found), ReasonForm(prefix="cancel")
    if request.method == "POST":
        cancelling = "cancel" in request.POST
        form: ChangeForm | ReasonForm
        if cancelling:
            form = why = ReasonForm(request.POST, prefix="cancel")
        else:
            form = moving = ChangeForm(request.POST)
        if form.is_valid() and _change(request, found, form):
            return redirect("meeting", pk)
    found.refresh_from_db()
    context = {"meeting": found, "form": moving, "why": why}
    return render(request, "meetings/change.html", context)


def _change(request: HttpRequest, found: Meeting, form: ChangeForm | ReasonForm) -> bool:
    by, given = user_of(request), form.cleaned_data
    try:
        if isinstance(form, ReasonForm):
            cancel_meeting(meeting=found, by=by, now=now(), **given)
            messages.success(request, "Cancelled. Whoever was invited is told.")
        else:
            move_meeting(meeting=found, by=by, now=now(), **given)
            messages.success(request, "Changed. Whoever was invited is told.")
    except (NotUnderstood, WrongMoment) as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


@page(Perm.ATTEND_MEETINGS)
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """Download the meeting as a calendar entry."""
    found = meeting_or_404(user_of(request), pk)
    count = found.items.filter(removed_at__isnull=True).count()
    body = entry_of(found, count=count, to=None, now=now())
    answer = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="meeting.ics"'
    return answer
