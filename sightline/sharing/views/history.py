"""One person's access history, for the information governance lead: to read, and to take out."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sightline.access.queries import page, user_of
from sightline.access.roles import Perm
from sightline.accounts.sessions import recently_signed_in
from sightline.common.clock import now
from sightline.common.spreadsheets import csv_response
from sightline.sharing.access_history import (
    HEADINGS,
    every_line,
    everybody_like,
    is_known_or_404,
    keys_of,
    lines_of,
    note_look,
)

A_PAGE = 25


@page(Perm.SEE_AUDIT)
@recently_signed_in
def access_history(request: HttpRequest, pk: int) -> HttpResponse:
    """List who looked at a person, was told of them or had a door opened, newest first."""
    is_known_or_404(pk)
    shown = Paginator(keys_of(pk), A_PAGE).get_page(request.GET.get("page"))
    rows = [line.cells for line in lines_of(list(shown))]
    note_look(person_id=pk, exported=False, by=user_of(request), now=now())
    context = {
        "person": pk, "also": everybody_like(pk)[1:], "shown": shown, "rows": rows,
        "headings": HEADINGS,
    }  # fmt: skip
    return render(request, "sharing/access_history.html", context)


@page(Perm.SEE_AUDIT)
@recently_signed_in
def access_history_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as a file, whole."""
    is_known_or_404(pk)
    rows = [line.cells for line in every_line(pk)]
    note_look(person_id=pk, exported=True, by=user_of(request), now=now())
    return csv_response(f"access-history-of-person-{pk}", HEADINGS, rows)
