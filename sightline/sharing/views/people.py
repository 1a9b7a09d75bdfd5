"""Searching for a person, and opening a closed case that was found."""

from datetime import datetime
from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sightline.access.queries import page, user_of
from sightline.access.roles import Perm
from sightline.accounts.sessions import recently_signed_in
from sightline.common.clock import now
from sightline.common.wall import Purpose, acting_for
from sightline.people.reading import mentions_of, read_person
from sightline.sharing.closed import closed_or_404, look_again
from sightline.sharing.forms import LookAgainForm, SearchForm
from sightline.sharing.found import advice, open_mentions, shown
from sightline.sharing.queries import log_reads
from sightline.sharing.searched import remember_search
from sightline.sharing.searching import search

A_PAGE = 25


@page(Perm.SEARCH)
@acting_for(Purpose.FINDING)
def people(request: HttpRequest) -> HttpResponse:
    """Search by POST, so that no name stands in an address, a log or a browser's history."""
    form = SearchForm(request.POST if request.method == "POST" else None)
    may = user_of(request).perms
    context: dict[str, object] = {
        "form": form, "searched": False, "may_record": Perm.RECORD_FAMILY in may,
        "may_open": Perm.BREAK_GLASS in may,
    }  # fmt: skip
    if request.method == "POST" and form.is_valid():
        context |= _results(request, form.cleaned_data["q"])
    return render(request, "sharing/people.html", context)


def _results(request: HttpRequest, line: str) -> dict[str, object]:
    moment, user = now(), user_of(request)
    results = search(line, by=user, page="people", now=moment)
    remember_search(request.session, line, moment)
    hits = Paginator(results.hits, A_PAGE).get_page(request.POST.get("page"))
    log_reads(user, {hit.person_id: hit.answer for hit in hits}, page="search", now=moment)
    return {
        "searched": True, "results": hits, "more": results.more, "advice": advice(results),
        "people": shown(list(hits), moment),
    }  # fmt: skip


@page(Perm.LOOK_AGAIN)
@recently_signed_in
@acting_for(Purpose.FINDING)
def closed_case(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a case is closed, and open it for a day to whoever says why."""
    moment, user = now(), user_of(request)
    if request.method != "POST":
        form = LookAgainForm(initial={"key": uuid4()})
        return _closed_page(request, pk, form, moment)
    form = LookAgainForm(request.POST)
    if not form.is_valid():
        return _closed_page(request, pk, form, moment)
    said = form.cleaned_data
    look_again(person_id=pk, reason=said["reason"], key=str(said["key"]), by=user, now=moment)
    messages.success(request, "Open to your agency until this time tomorrow. That is recorded.")
    return redirect("person", pk)


def _closed_page(
    request: HttpRequest, pk: int, form: LookAgainForm, moment: datetime
) -> HttpResponse:
    answer = closed_or_404(user_of(request), pk, moment)
    log_reads(user_of(request), {pk: answer}, page="closed-case", now=moment)
    person = read_person(open_mentions(mentions_of([pk])[pk], answer))
    context = {"form": form, "name": person.name, "closed_at": answer.closed_at}
    return render(request, "sharing/closed.html", context)
