"""Recording a family new to the area: looked for first, then written down, then shown."""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from sightline.access.queries import page, user_of
from sightline.access.roles import Perm
from sightline.common.clock import local_date, now
from sightline.intake.contact_forms import (
    FamilyForm,
    MemberForm,
    Members,
    WhoFirst,
    begun,
    told,
)
from sightline.intake.contacts import record_family
from sightline.intake.models import Contact
from sightline.people.models import Household, Link
from sightline.sharing.found import shown
from sightline.sharing.queries import log_reads, what_they_may_see
from sightline.sharing.searched import not_searched, remember_search, was_searched
from sightline.sharing.searching import search

SHOWN = 10  # results for each line
SEARCH_FIRST = (
    "Search for the family first. Nobody is recorded who was not looked for in the last half hour."
)
NOT_SEARCHED = "Nobody has searched for this name in the last half hour. Search for it first"


@page(Perm.RECORD_FAMILY)
def family_new(request: HttpRequest) -> HttpResponse:
    """The first step: look for everybody and for the address. By POST, as every search."""
    form = WhoFirst(request.POST if request.method == "POST" else None)
    context: dict[str, object] = {"form": form, "searched": []}
    if request.method == "POST" and form.is_valid():
        context["searched"] = [_look_for(request, line, now()) for line in form.lines()]
    return render(request, "intake/family_new.html", context)


def _look_for(request: HttpRequest, line: str, moment: datetime) -> dict[str, object]:
    user = user_of(request)
    results = search(line, by=user, page="family-new", now=moment)
    remember_search(request.session, line, moment)
    hits = results.hits[:SHOWN]
    log_reads(user, {hit.person_id: hit.answer for hit in hits}, page="family-new", now=moment)
    return {
        "line": line, "people": shown(hits, moment),
        "more": len(results.hits) - len(hits),
    }  # fmt: skip


@page(Perm.RECORD_FAMILY)
def family_details(request: HttpRequest) -> HttpResponse:
    """The second step, which only a search of this session leads to."""
    if request.method != "POST":
        return _search_first(request)
    if "begin" in request.POST:
        return _begin(request)
    family, members = FamilyForm(request.POST), Members(request.POST, prefix="member")
    if not (
        family.is_valid() and members.is_valid() and _looked_for(request, family, members.forms)
    ):
        return _details(request, family, members)
    contact = record_family(
        told=told(family, members.forms), key=family.cleaned_data["key"],
        by=user_of(request), now=now(),
    )  # fmt: skip
    messages.success(request, "The family is recorded. Whatever names them later is added to it.")
    return redirect("contact", contact.pk)


def _search_first(request: HttpRequest) -> HttpResponse:
    messages.error(request, SEARCH_FIRST)
    return redirect("family-new")


def _begin(request: HttpRequest) -> HttpResponse:
    first, moment = WhoFirst(request.POST), now()
    if not first.is_valid() or not_searched(request.session, first.lines(), moment):
        return _search_first(request)
    said, today = first.cleaned_data, local_date(moment)
    start = {"address": said["address"], "postcode": said["postcode"], "key": uuid4()}
    rows = [begun(line, today) for line in said["people"]]
    members = Members(initial=rows, prefix="member")
    return _details(request, FamilyForm(initial=start), members)


def _details(request: HttpRequest, family: FamilyForm, members: object) -> HttpResponse:
    context = {"form": family, "members": members}
    return render(request, "intake/family_details.html", context)


def _looked_for(request: HttpRequest, family: FamilyForm, members: Sequence[MemberForm]) -> bool:
    """Whether everybody named was searched for, or, where nobody is, the address."""
    moment = now()
    for form in members:
        if not was_searched(request.session, form.name(), moment):
            form.add_error("given_name", NOT_SEARCHED)
    home = family.cleaned_data["address"]
    if not members and not was_searched(request.session, home, moment):
        family.add_error("address", "Search for this address first")
    return family.is_valid() and all(form.is_valid() for form in members)


@page(Perm.RECORD_FAMILY)
def contact(request: HttpRequest, pk: int) -> HttpResponse:
    """What was recorded, and who it is as far as the reader may see them. 404 for others."""
    user, moment = user_of(request), now()
    told_of = get_object_or_404(Contact.objects.select_related("source", "recorded_by"), pk=pk)
    links = Link.objects.filter(mention__source=told_of.source_id, ended_at__isnull=True)
    linked = list(links.select_related("person", "mention").order_by("mention__position"))
    answers = what_they_may_see(user, [link.person_id for link in linked], moment)
    if not answers:
        raise Http404
    log_reads(user, answers, page="contact", now=moment)
    home = Household.objects.filter(mention__source=told_of.source_id).first()
    context = {
        "contact": told_of, "home": home,
        "linked": [link for link in linked if link.person_id in answers],
    }  # fmt: skip
    return render(request, "intake/contact.html", context)
