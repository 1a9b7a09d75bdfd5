"""A family as a meeting looks at it: the one screen, and the way to the next."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sightline.access.queries import page, user_of
from sightline.access.roles import Perm
from sightline.actions.at_meeting import at_meeting, item_or_404
from sightline.actions.family import family_of
from sightline.actions.presenters import family_page
from sightline.common.clock import now
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.meetings.forms import ReasonForm
from sightline.meetings.lists import defer_item
from sightline.meetings.models import MeetingItem


@page(Perm.ATTEND_MEETINGS)
def meeting_family(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a family of a meeting's list; whoever runs the meeting may put it off."""
    user, at = user_of(request), now()
    item = item_or_404(user, pk)
    family = family_of(user, item.incident_id or 0, now=at)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _deferred(request, item, form):
        return redirect("meeting-family", pk)
    context = {
        "family": family_page(family, user, at, item=item.pk),
        "at": at_meeting(item, family, user, at),
        "form": form,
    }
    return render(request, "meetings/family.html", context)


def _deferred(request: HttpRequest, item: MeetingItem, form: ReasonForm) -> bool:
    try:
        defer_item(item=item, by=user_of(request), now=now(), **form.cleaned_data)
    except (NotUnderstood, WrongMoment) as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, "Put off to the next meeting.")
    return True
