"""The people of a notification, one by one: add, say what is known, take out."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from sightline.access.queries import page
from sightline.access.roles import Perm
from sightline.common.clock import now
from sightline.common.errors import WrongMoment
from sightline.intake import drafts
from sightline.intake.form.filled import Entry, Filled
from sightline.intake.form.persons import WhoIsIt
from sightline.intake.form.sections import PEOPLE, PersonPage, page_of, pages_of, section_of
from sightline.intake.models import Draft
from sightline.intake.views.opening import who, with_unsent_draft

REMOVED = "This person has been taken out of the notification."
FULL = "A notification can name 40 people. Send the others in a notification of their own."


@page(Perm.SEND_NOTIFICATION)
@with_unsent_draft
def people(request: HttpRequest, draft: Draft) -> HttpResponse:
    """List who is named so far."""
    filled = Filled(draft.data)
    named = [(entry, pages_of(entry)) for entry in filled]
    context = {"draft": draft, "people": named, "section": section_of(PEOPLE)}
    return render(request, "intake/people.html", context)


@page(Perm.SEND_NOTIFICATION)
@with_unsent_draft
def add_person(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Ask who is to be added."""
    form = WhoIsIt(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        number = _change(request, draft, lambda filled: filled.add(form.cleaned_data["kind"]))
        if number is not None:
            return redirect(_first_page(draft, number))
        form.add_error("kind", FULL)
    return render(request, "intake/who_is_it.html", {"form": form, "draft": draft, "entry": None})


@page(Perm.SEND_NOTIFICATION)
@with_unsent_draft
def person(request: HttpRequest, draft: Draft, number: int, slug: str) -> HttpResponse:
    """Ask one page of things about one person."""
    filled = Filled(draft.data)
    entry = _entry(request, filled, number)
    here = page_of(entry, slug)
    if here is None:
        raise Http404
    form = here.form(filled, entry, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        _change(request, draft, lambda f: form.put_into(f, _entry(request, f, number)))
        return redirect(_after(request, draft, entry, here))
    context = {"form": form, "draft": draft, "entry": entry, "here": here}
    return render(request, "intake/person.html", context)


@page(Perm.SEND_NOTIFICATION)
@with_unsent_draft
def change_kind(request: HttpRequest, draft: Draft, number: int) -> HttpResponse:
    """Ask again who somebody is."""
    entry = _entry(request, Filled(draft.data), number)
    data = request.POST if request.method == "POST" else None
    form = WhoIsIt(data, initial={"kind": entry.kind})
    if form.is_bound and form.is_valid():
        _change(request, draft, lambda filled: filled.set_kind(number, form.cleaned_data["kind"]))
        return redirect("notification-people", draft.key)
    return render(request, "intake/who_is_it.html", {"form": form, "draft": draft, "entry": entry})


@page(Perm.SEND_NOTIFICATION)
@with_unsent_draft
def remove_person(request: HttpRequest, draft: Draft, number: int) -> HttpResponse:
    """Take somebody out, after asking."""
    if request.method == "POST":
        _change(request, draft, lambda filled: filled.remove(number))
        return redirect(_people_or_check(request, draft))
    entry = _entry(request, Filled(draft.data), number)
    return render(request, "intake/remove.html", {"draft": draft, "entry": entry})


def _entry(request: HttpRequest, filled: Filled, number: int) -> Entry:
    entry = filled.find(number)
    if entry is None and request.method == "POST":
        raise WrongMoment(REMOVED)
    if entry is None:
        raise Http404
    return entry


def _change(request: HttpRequest, draft: Draft, what: Any) -> Any:
    return drafts.change(key=draft.key, by=who(request), what=what, now=now())


def _first_page(draft: Draft, number: int) -> str:
    draft.refresh_from_db()
    entry = Filled(draft.data).find(number)
    slug = pages_of(entry)[0].slug if entry else ""
    return reverse("notification-person", args=[draft.key, number, slug])


def _after(request: HttpRequest, draft: Draft, entry: Entry, here: PersonPage) -> str:
    """Return the next page about this person, or the list of people after the last."""
    following = here.next(entry)
    if following is None or request.GET.get("then") == "check":
        return _people_or_check(request, draft)
    return reverse("notification-person", args=[draft.key, entry.number, following.slug])


def _people_or_check(request: HttpRequest, draft: Draft) -> str:
    came_from_check = request.GET.get("then") == "check"
    name = "notification-check" if came_from_check else "notification-people"
    return reverse(name, args=[draft.key])
