"""The suggested scale of one child with its reasons, and a person's own."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from sightline.access.models import Agency, User
from sightline.access.queries import page, user_of
from sightline.access.roles import Perm
from sightline.common.carried import carried, item_carried
from sightline.common.clock import local_date, now
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.rules.screening.suggest import Suggestion
from sightline.screening.commands import scale_seen, set_scale
from sightline.screening.forms import ScaleForm
from sightline.screening.graded import graded_as_seen
from sightline.screening.models import Answer, Screening
from sightline.screening.notified import presence_words
from sightline.screening.presenters import (
    child_alone,
    child_words,
    counts_words,
    part_links,
    result_lines,
    scale_words,
    suggested_scale,
)
from sightline.screening.queries import answers_of, is_open, working_agencies
from sightline.screening.record import history_of
from sightline.screening.sight import Opened, open_screening
from sightline.screening.suggesting import facts_of, suggestion_of
from sightline.screening.wording import suggest_wording
from sightline.sharing.models import Item


@page(Perm.SCREEN)
def scale(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what the answers come to, and take the scale that a person sets."""
    opened = open_screening(user_of(request), pk, item=Item.SCALE, page="scale", now=now())
    screening = opened.screening
    answers = answers_of(screening)
    history = history_of(screening.incident_id)
    suggestion = suggestion_of(screening, answers.values(), history, local_date(now()))
    data = request.POST if request.method == "POST" else None
    form = ScaleForm(suggestion.scale, other_agencies(user_of(request)), data)
    if form.is_valid() and _set(request, screening, form):
        after = _address_after(user_of(request), screening, item_carried(request))
        return redirect(after)
    context = _shown(opened, answers, suggestion, form)
    facts = facts_of(screening, history, local_date(now()))
    seen = opened.sees(Item.INCIDENT) and not facts.unborn
    context["child_alone"] = child_alone(facts, presence_words(screening.mention) if seen else "")
    context["graded"] = graded_as_seen(opened.sight, history)
    kept = screening.results.select_related("set_by", "lower_agreed_by").order_by("-pk")
    context["results"] = result_lines(kept)
    context["risen"] = screening.scale is not None and screening.scale < suggestion.scale
    return render(request, "screening/scale.html", context)


def other_agencies(user: User) -> QuerySet[Agency]:
    """The agencies that may agree to a lower scale than the suggested one."""
    return working_agencies().exclude(pk=user.agency_id).order_by("-core", "name")


def _address_after(user: User, screening: Screening, item: int) -> str:
    """Who decides goes on to the decision, anybody else back to the family; in a meeting with the
    place on its list."""
    if Perm.DECIDE in user.perms:
        return carried(reverse("decide", args=[screening.pk]), item)
    if item:
        return reverse("meeting-family", args=[item])
    return reverse("family", args=[screening.incident_id])


def _set(request: HttpRequest, screening: Screening, form: ScaleForm) -> bool:
    """Set the scale. Returns whether it was set."""
    try:
        kept = set_scale(
            screening=screening, seen=request.POST.get("seen"), by=user_of(request), now=now(),
            **form.cleaned_data,
        )  # fmt: skip
    except (NotUnderstood, WrongMoment) as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, f"Scale set: {scale_words(kept.scale)}.")
    suggest_wording(request, kept, because=kept.scale_because)
    return True


def _shown(
    opened: Opened, answers: dict[str, Answer], suggestion: Suggestion, form: ScaleForm
) -> dict[str, object]:
    screening = opened.screening
    return {
        "screening": screening,
        "child": child_words(screening.mention, opened.child, local_date(now())),
        "suggested": suggested_scale(suggestion),
        "parts": part_links(screening, answers, None),
        "counts": suggestion.counts,
        "progress": counts_words(suggestion.counts),
        "set": scale_words(screening.scale),
        "form": form,
        "seen": scale_seen(screening),
        "closed": not is_open(screening),
    }
