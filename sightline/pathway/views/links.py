"""How a record was put together, and each change of it, which can be taken back here."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from sightline.access.queries import page, user_of
from sightline.access.roles import Perm
from sightline.common.clock import now
from sightline.common.errors import WrongMoment
from sightline.pathway.changing import take_back
from sightline.pathway.forms import UndoForm
from sightline.pathway.looking import (
    BY_NAME,
    links_that_ended,
    load_record,
    look_at_change,
    may_look_at,
    open_changes,
)
from sightline.pathway.presenters.changes import kept_plan, persons_shown, shown_change
from sightline.pathway.presenters.records import written
from sightline.people.models import LinkChange
from sightline.people.queries import changes_of

A_PAGE = 25


@page(Perm.REVIEW_LINKS, Perm.CORRECT_LINKS)
def person_links(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a record is made of, who or what linked each part and why, and every change."""
    user, moment = user_of(request), now()
    record = load_record(user, pk, page="person-links", now=moment)
    shown = Paginator(changes_of(pk), A_PAGE).get_page(request.GET.get("page"))
    opened = open_changes(user, list(shown), moment)
    context = {
        "person": record.person,
        "written": [written(link, record.reader) for link in record.links],
        "ended": [written(link, BY_NAME) for link in links_that_ended(user, pk, moment)],
        "page": shown,
        "changes": [shown_change(change, user, opened=change.pk in opened) for change in shown],
        "may_split": Perm.CORRECT_LINKS in user.perms,
    }
    return render(request, "pathway/links.html", context)


@page(Perm.REVIEW_LINKS, Perm.CORRECT_LINKS)
def link_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one change, why it was made and what it was planned to do; take it back."""
    user, moment = user_of(request), now()
    change = get_object_or_404(LinkChange.objects.select_related("decided_by", "undone_by"), pk=pk)
    answers = look_at_change(user, change, moment)
    form = UndoForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _undo(request, change, form.cleaned_data["because"])
    context = {
        "change": shown_change(change, user),
        "people": persons_shown(answers),
        "plan": kept_plan(change),
        "form": form,
    }
    return render(request, "pathway/change.html", context)


def _undo(request: HttpRequest, change: LinkChange, because: str) -> HttpResponse:
    user, moment = user_of(request), now()
    try:
        take_back(change=change, because=because, by=user, now=moment)
        messages.success(request, "Taken back: everything is linked as it was before.")
    except WrongMoment as refusal:
        messages.error(request, str(refusal))
    if not may_look_at(user, change, moment):
        return redirect("link-reviews")
    return redirect("link-change", change.pk)
