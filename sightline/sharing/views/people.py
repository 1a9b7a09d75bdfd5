"""Searching for a person."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sightline.access.queries import page, user_of
from sightline.access.roles import Perm
from sightline.audit.commands import record_search
from sightline.common.clock import now
from sightline.people.search import find, read
from sightline.sharing.forms import SearchForm
from sightline.sharing.presenters import found
from sightline.sharing.queries import log_reads, visible_persons, what_they_may_see

A_PAGE = 25


@page(Perm.SEARCH)
def people(request: HttpRequest) -> HttpResponse:
    """Search by POST, so that no name stands in an address, a log or a browser's history."""
    form = SearchForm(request.POST if request.method == "POST" else None)
    context: dict[str, object] = {"form": form, "searched": False}
    if request.method == "POST" and form.is_valid() and form.cleaned_data["q"]:
        context |= _results(request, form.cleaned_data["q"])
    return render(request, "sharing/people.html", context)


def _results(request: HttpRequest, line: str) -> dict[str, object]:
    moment, user = now(), user_of(request)
    persons = find(read(line), visible_persons(user, moment))
    results = Paginator(persons, A_PAGE).get_page(request.POST.get("page"))
    answers = what_they_may_see(user, [p.pk for p in results], moment)
    log_reads(user, answers, page="search", now=moment)
    record_search(by=user, at=moment, page="people", terms=line, found=results.paginator.count)
    return {"searched": True, "results": results, "people": [found(p) for p in results]}
