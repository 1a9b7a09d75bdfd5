"""Is this somebody else as well? Find whom, compare both, see what would change, decide."""

from datetime import datetime
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sightline.access.queries import page, user_of
from sightline.access.roles import Perm
from sightline.common.clock import now
from sightline.common.errors import WrongMoment
from sightline.pathway.changing import Change, carry_out, plan_for
from sightline.pathway.forms import JoinForm
from sightline.pathway.looking import Record, joined_away, load_record, may_look_at
from sightline.pathway.presenters.changes import DONE, plan_page
from sightline.pathway.presenters.records import side_by_side
from sightline.people.changes import in_order, join, keep_apart
from sightline.people.models import LinkChange, Person
from sightline.people.queries import likely_the_same
from sightline.sharing.forms import SearchForm
from sightline.sharing.found import shown
from sightline.sharing.queries import log_reads, visible_persons, what_they_may_see
from sightline.sharing.searching import search

SHOWN = 25


@page(Perm.REVIEW_LINKS)
def person_join(request: HttpRequest, pk: int) -> HttpResponse:
    """Find who else a person may be; of two, say whether they are one person."""
    if away := _joined_already(request, pk):
        return redirect("person-links", away)
    record = load_record(user_of(request), pk, page="person-join", now=now())
    if request.method == "POST" and "other" in request.POST:
        return _decide(request, record)
    other = request.GET.get("with", "")
    if other.isdecimal() and len(other) < 16 and int(other) != pk:
        return _compare(request, record, int(other), JoinForm())
    return _look_for(request, record.person)


def _joined_already(request: HttpRequest, pk: int) -> int | None:
    """Return who one of the two is now, where they were joined: a second click, or an old page."""
    other = request.POST.get("other", "")
    both = [pk, *([int(other)] if other.isdecimal() and len(other) < 16 else [])]
    found = (joined_away(user_of(request), person, now()) for person in both)
    return next((person for person in found if person), None)


def _look_for(request: HttpRequest, person: Person) -> HttpResponse:
    """List who is likely, and search for others: by POST, so that no name stands in an address."""
    user, moment = user_of(request), now()
    form = SearchForm(request.POST if request.method == "POST" else None)
    likely = likely_the_same(person.pk, visible_persons(user, moment))
    answers = what_they_may_see(user, [one.pk for one in likely], moment)
    log_reads(user, answers, page="person-join", now=moment)
    context: dict[str, object] = {"form": form, "person": person, "likely": likely, "hits": None}
    if request.method == "POST" and form.is_valid():
        context["hits"] = _hits(request, person, form.cleaned_data["q"], moment)
    return render(request, "pathway/join.html", context)


def _hits(
    request: HttpRequest, person: Person, line: str, moment: datetime
) -> list[dict[str, object]]:
    user = user_of(request)
    results = search(line, by=user, page="person-join", now=moment)
    hits = [h for h in results.hits if h.person_id != person.pk and h.closed_at is None][:SHOWN]
    log_reads(user, {h.person_id: h.answer for h in hits}, page="person-join", now=moment)
    words = shown(hits, moment)
    return [{"pk": hit.person_id, "found": found} for hit, found in zip(hits, words, strict=True)]


def _compare(request: HttpRequest, record: Record, other_id: int, form: JoinForm) -> HttpResponse:
    user, moment = user_of(request), now()
    other = load_record(user, other_id, page="person-join", now=moment)
    change, both = _change("join", record.person, other.person), [record.person.pk, other_id]
    plan, refused = plan_for(change, both, by=user, now=moment)
    gone, stays = in_order(record.person, other.person)  # as the plan has them
    one, two = (record, other) if stays == record.person else (other, record)
    context = {
        "form": form,
        "person": record.person,
        "other": other.person,
        "headings": ["What", f"Record {stays.pk}", f"Record {gone.pk}", "Alike?"],
        "lines": side_by_side(one.mentions, two.mentions, (one.reader, two.reader)),
        "plan": plan_page(plan) if plan else None,
        "refused": refused,
    }
    return render(request, "pathway/join_plan.html", context)


def _change(decision: str, person: Person, other: Person) -> Change:
    if decision == "join":
        return partial(join, gone=person, stays=other)
    return partial(keep_apart, a=person, b=other)


def _decide(request: HttpRequest, record: Record) -> HttpResponse:
    form, user, moment = JoinForm(request.POST), user_of(request), now()
    if not form.is_valid():
        other_id = form.cleaned_data.get("other")
        return _compare(request, record, other_id, form) if other_id else redirect(request.path)
    said = form.cleaned_data
    other = load_record(user, said["other"], page="person-join", now=moment).person
    change = _change(said["decision"], record.person, other)
    try:
        done = carry_out(
            change, [record.person.pk, other.pk], because=said["because"], seen=said["seen"],
            by=user, now=moment,
        )  # fmt: skip
    except WrongMoment as refusal:
        messages.error(request, str(refusal))
        return _compare(request, record, other.pk, form)
    return show_change(request, done)


def show_change(request: HttpRequest, change: LinkChange) -> HttpResponse:
    """Go to a change just made; where a restriction hides it from now on, to the questions."""
    messages.success(request, DONE[change.kind])
    if may_look_at(user_of(request), change, now()):
        return redirect("link-change", change.pk)
    messages.warning(request, "A restriction holds for it now: you do not see it any more.")
    return redirect("link-reviews")
