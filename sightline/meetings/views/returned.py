"""What has come back to an agency that reported, with what it can do."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from sightline.access.queries import page, user_of
from sightline.access.roles import Perm
from sightline.common.clock import now
from sightline.common.wall import Purpose, acting_for
from sightline.meetings.returned_presenters import returned_rows
from sightline.meetings.returning import read_return, returned_to

A_PAGE = 10


@page(Perm.SEND_NOTIFICATION, Perm.WORK_ACTIONS)
@acting_for(Purpose.CHECKING)  # of what the agency itself had written, names too
def returned(request: HttpRequest) -> HttpResponse:
    """List what came back, unread first. Only what the agency itself had written is named."""
    mine = returned_to(user_of(request))
    if request.method == "POST":
        number = request.POST.get("read", "")
        one = get_object_or_404(mine, pk=int(number) if number.isdecimal() else 0)
        read_return(returned=one, by=user_of(request), now=now())
        messages.success(request, "Noted as read.")
        return redirect("returned")
    shown = Paginator(mine, A_PAGE).get_page(request.GET.get("page"))
    unread = mine.filter(read_at__isnull=True).count()
    context = {"page": shown, "rows": returned_rows(shown.object_list), "unread": unread}
    return render(request, "meetings/returned.html", context)
