"""Assessments by other tools: the list of a family, the form of a tool, one assessment."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sightline.access.queries import page, user_of
from sightline.access.roles import Perm
from sightline.common.clock import local_date, now
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.people.models import Incident, Mention
from sightline.screening.graded import graded_as_seen
from sightline.screening.models import ToolRecord
from sightline.screening.queries import working_agencies
from sightline.screening.record import history_of
from sightline.screening.sight import sight_of
from sightline.screening.tools.commands import (
    countersign_assessment,
    record_assessment,
    tool_on,
    withdraw_assessment,
)
from sightline.screening.tools.forms import ToolForm, WithdrawForm
from sightline.screening.tools.presenters import (
    assessment_page,
    assessment_rows,
    thresholds_words,
    tool_links,
    tool_rows,
)
from sightline.screening.tools.queries import (
    Assessed,
    assessment_or_404,
    assessments_of,
    may_be_assessed,
    opened_incident,
    shared_already,
)
from sightline.screening.wording import suggest_wording


@page(Perm.SEE_PERSON)
def assessments(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was assessed of the people of an incident, beside the police's grade."""
    user = user_of(request)
    incident, sight = opened_incident(user, pk, page="assessments", now=now())
    context = {
        "incident": incident,
        "graded": graded_as_seen(sight, history_of(pk)),
        "rows": assessment_rows(assessments_of(sight)),
        "tools": tool_links(incident, local_date(now())) if Perm.SCREEN in user.perms else [],
    }
    return render(request, "screening/assessments.html", context)


@page(Perm.SCREEN)
def assess(request: HttpRequest, pk: int, tool: str) -> HttpResponse:
    """Ask the questions of one tool about somebody in the incident; keep the answers."""
    incident, sight = opened_incident(user_of(request), pk, page="assess", now=now())
    try:
        asked, _ = tool_on(tool, local_date(now()))
    except NotUnderstood:
        raise Http404 from None
    people, agencies = may_be_assessed(sight, asked), working_agencies().order_by("name")
    form = ToolForm(asked, people, agencies, request.POST if request.method == "POST" else None)
    if form.is_valid() and (kept := _keep(request, incident, form, tool)):
        return redirect("assessment", kept.pk)
    context = {
        "incident": incident, "tool": asked, "form": form, "people": people,
        "sections": tool_rows(form), "thresholds": thresholds_words(asked),
        "shared": assessment_rows(shared_already(sight, incident, asked)),
    }  # fmt: skip
    return render(request, "screening/assess.html", context)


def _keep(request: HttpRequest, incident: Incident, form: ToolForm, tool: str) -> ToolRecord | None:
    """Record the assessment. Returns None where it was refused."""
    mention = Mention.objects.select_related("source").get(pk=form.cleaned_data["mention"])
    try:
        kept = record_assessment(
            incident=incident, mention=mention, tool=tool, by=user_of(request), now=now(),
            **form.assessment(),
        )  # fmt: skip
    except NotUnderstood as refusal:
        for reason in refusal.reasons:
            form.add_error(None, reason)
        return None
    except WrongMoment as refusal:
        form.add_error(None, str(refusal))
        return None
    messages.success(request, f"Recorded: {form.tool.title}.")
    written = {item: said for item, said in kept.answers.items() if _watched(form, item)}
    suggest_wording(request, kept, level=kept.band_because, **written)
    return kept


def _watched(form: ToolForm, item: str) -> bool:
    """Whether an answer is in the writer's own words."""
    asked = form.tool.items_by_id[item]
    return asked.kind == "text" and not asked.quoted


@page(Perm.SEE_PERSON)
def assessment(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one assessment; withdraw it where it was recorded by mistake."""
    found = assessment_or_404(user_of(request), pk, now=now())
    if "countersign" in request.POST:
        _countersign(request, found)
        return redirect("assessment", pk)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        _withdraw(request, found, form.cleaned_data["because"])
        return redirect("assessment", pk)
    incident = found.record.incident_id
    context = {
        "page": assessment_page(found, user_of(request)),
        "record": found.record,
        "form": form,
        "graded": graded_as_seen(sight_of(user_of(request), incident, now()), history_of(incident)),
    }
    return render(request, "screening/assessment.html", context)


def _countersign(request: HttpRequest, found: Assessed) -> None:
    try:
        countersign_assessment(assessment=found.record, by=user_of(request), now=now())
    except WrongMoment as refusal:
        messages.error(request, str(refusal))
        return
    messages.success(request, "Countersigned.")


def _withdraw(request: HttpRequest, found: Assessed, because: str) -> None:
    try:
        withdraw_assessment(
            assessment=found.record, because=because, by=user_of(request), now=now()
        )
    except WrongMoment as refusal:
        messages.error(request, str(refusal))
        return
    messages.success(request, "Withdrawn. It can still be read, and counts for nothing.")
