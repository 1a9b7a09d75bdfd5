"""Schools to ring before the bell: the list of the council's officer, and one school."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sightline.access.queries import page, user_of
from sightline.access.roles import Perm
from sightline.common.clock import now
from sightline.common.errors import WrongMoment
from sightline.common.listing import page_of_all
from sightline.common.wall import Purpose, acting_for
from sightline.encompass.commands import tell_otherwise
from sightline.encompass.forms import RungForm
from sightline.encompass.ledger import timeline_of
from sightline.encompass.unread import (
    to_ring,
    to_ring_or_404,
    unread_row,
    what_is_known,
    whom_to_ring,
)

A_PAGE = 25


@page(Perm.CHASE_SCHOOLS)
def unread_notices(request: HttpRequest) -> HttpResponse:
    """List the schools that have not read a message, by their bell."""
    at = now()
    listed = page_of_all(to_ring(at), request.GET.get("page"), size=A_PAGE)
    rows = [unread_row(notice, at) for notice in listed]
    return render(request, "encompass/unread.html", {"page": listed, "rows": rows})


@page(Perm.CHASE_SCHOOLS)
@acting_for(Purpose.CHECKING)  # the officer rings for children who are open to their school alone
def ring_school(request: HttpRequest, pk: int) -> HttpResponse:
    """Show whom to ring about one message; take that somebody was told."""
    notice = to_ring_or_404(pk, now())
    form = RungForm(request.POST or None)
    if form.is_valid():
        try:
            tell_otherwise(notice=notice, how=form.words, by=user_of(request), now=now())
            messages.success(request, "Written down. The clock for this message has stopped.")
        except WrongMoment as refusal:
            messages.error(request, str(refusal))
        return redirect("unread-notices")
    context = {
        "notice": notice, "form": form, "ring": list(whom_to_ring(notice)),
        "facts": list(what_is_known(notice, now())), "steps": timeline_of(notice),
        "is_open": (notice.received_at is None or notice.reads_again)
        and notice.withdrawn_at is None,
    }  # fmt: skip
    return render(request, "encompass/ring.html", context)
