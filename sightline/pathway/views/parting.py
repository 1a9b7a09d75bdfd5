"""These are two people: choose what was written about the other, see what would change, confirm."""

from collections.abc import Sequence
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sightline.access.queries import page, user_of
from sightline.access.roles import Perm
from sightline.common.clock import now
from sightline.common.errors import WrongMoment
from sightline.pathway.changing import carry_out, plan_for
from sightline.pathway.forms import MentionsForm, SplitForm
from sightline.pathway.looking import Record, load_record
from sightline.pathway.presenters.changes import plan_page
from sightline.pathway.presenters.records import Written, written
from sightline.pathway.views.joining import show_change
from sightline.people.changes import split, split_before
from sightline.people.models import LinkChange


@page(Perm.CORRECT_LINKS)
def person_split(request: HttpRequest, pk: int) -> HttpResponse:
    """Part a person in two: the mentions are chosen, then the plan is confirmed with a reason."""
    record = load_record(user_of(request), pk, page="person-split", now=now())
    shown = [written(link, record.reader) for link in record.links]
    choices = [(one.mention_id, f"{one.heading}. {one.facts}") for one in shown]
    if request.method != "POST" or "again" in request.POST:
        return _choose(request, record, MentionsForm(choices=choices))
    if done := _parted_already(request, record):
        return redirect("link-change", done.pk)
    chosen = MentionsForm(request.POST, choices=choices)
    if not chosen.is_valid():
        return _choose(request, record, chosen)
    if "seen" not in request.POST:
        form = SplitForm(initial=chosen.cleaned_data, choices=choices)
        return _plan(request, record, chosen.cleaned_data["mentions"], form, shown)
    form = SplitForm(request.POST, choices=choices)
    if not form.is_valid():
        return _plan(request, record, chosen.cleaned_data["mentions"], form, shown)
    return _part(request, record, form, shown)


def _parted_already(request: HttpRequest, record: Record) -> LinkChange | None:
    """Return the change that has parted just these: a second click."""
    ids = sorted(int(one) for one in request.POST.getlist("mentions") if one.isdecimal())
    return split_before(record.person, ids) if "seen" in request.POST and ids else None


def _choose(request: HttpRequest, record: Record, form: MentionsForm) -> HttpResponse:
    return render(request, "pathway/split.html", {"form": form, "person": record.person})


def _plan(
    request: HttpRequest,
    record: Record,
    mentions: Sequence[int],
    form: SplitForm,
    shown: Sequence[Written],
) -> HttpResponse:
    change = partial(split, person=record.person, mentions=mentions)
    plan, refused = plan_for(change, [record.person.pk], by=user_of(request), now=now())
    context = {
        "form": form,
        "person": record.person,
        "chosen": [one for one in shown if one.mention_id in mentions],
        "plan": plan_page(plan) if plan else None,
        "refused": refused,
    }
    return render(request, "pathway/split_plan.html", context)


def _part(
    request: HttpRequest, record: Record, form: SplitForm, shown: Sequence[Written]
) -> HttpResponse:
    said = form.cleaned_data
    change = partial(split, person=record.person, mentions=said["mentions"])
    try:
        done = carry_out(
            change, [record.person.pk], because=said["because"], seen=said["seen"],
            by=user_of(request), now=now(),
        )  # fmt: skip
    except WrongMoment as refusal:
        messages.error(request, str(refusal))
        return _plan(request, record, said["mentions"], form, shown)
    return show_change(request, done)
