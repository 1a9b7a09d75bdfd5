"""What has come back to an agency that reported, with what it can do."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from sightline.access.queries import page, user_of
from sightline.access.roles import Perm
from sightline.common.clock import now
from sightline.common.listing import page_of_all
from sightline.common.sent import key_in
from sightline.common.wall import Purpose, acting_for
from sightline.meetings.models import ReturnedToReferrer
from sightline.meetings.returned_presenters import returned_rows
from sightline.meetings.returning import read_return, returned_to

A_PAGE = 10


@page(Perm.SEND_NOTIFICATION, Perm.WORK_ACTIONS)
def returned(request: HttpRequest) -> HttpResponse:
    """List what came back, unread first. Only what the agency itself had written is named."""
    user, at = user_of(request), now()
    mine = returned_to(user)
    if request.method == "POST":
        number = request.POST.get("read", "")
        one = _one(mine, key_in(number))
        read_return(returned=one, by=user, now=at)
        messages.success(request, "Noted as read.")
        return redirect("returned")
    shown = page_of_all(mine, request.GET.get("page"), size=A_PAGE)
    context = {
        "page": shown, "rows": returned_rows(shown.object_list, user, at), "unread": _unread(mine)
    }  # fmt: skip
    return render(request, "meetings/returned.html", context)


@acting_for(Purpose.CHECKING)  # the agency's own, of a child who need not be open to it
def _one(mine: QuerySet[ReturnedToReferrer], pk: int) -> ReturnedToReferrer:
    return get_object_or_404(mine, pk=pk)


@acting_for(Purpose.CHECKING)  # the same: how many
def _unread(mine: QuerySet[ReturnedToReferrer]) -> int:
    return mine.filter(read_at__isnull=True).count()
