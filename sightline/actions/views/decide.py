"""Deciding for one child with what agencies are to do; agreeing on more; deciding otherwise."""

from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from sightline.access.models import Agency, AgencyKind
from sightline.access.queries import page, user_of
from sightline.access.roles import Perm
from sightline.actions.commands import agree_actions, decide_with_actions
from sightline.actions.decision_page import DecisionPage, decision_page
from sightline.actions.forms import (
    MOST_ROWS,
    DecisionForms,
    empty_forms,
    forms_with_one_more,
    sent_forms,
)
from sightline.actions.models import Action
from sightline.actions.queries import OF_REPLACED
from sightline.actions.words import outcome_name
from sightline.common.carried import carried, item_carried
from sightline.common.clock import local_date, now
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.common.words import plural
from sightline.directory.queries import find_school
from sightline.meetings.commands import outcomes_at, screen_again
from sightline.meetings.models import MeetingItem
from sightline.people.models import Mention
from sightline.rules.screening.outcomes import Outcome
from sightline.screening.models import Screening
from sightline.screening.sight import Opened, open_screening
from sightline.screening.wording import suggest_wording
from sightline.sharing.models import Item


@page(Perm.DECIDE)
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what the decision rests on; decide, and agree on actions."""
    opened = open_screening(user_of(request), pk, item=Item.DECISION, page="decision", now=now())
    if "again" in request.POST:
        return _screen_again(request, opened)
    shown = decision_page(opened, local_date(now()))
    outcomes, agencies = _offered(), owners(opened.screening.mention)
    if request.method != "POST":
        return _render(request, shown, outcomes, empty_forms(outcomes, agencies))
    if "add" in request.POST:
        forms = forms_with_one_more(outcomes, agencies, request.POST)
        return _render(request, shown, outcomes, forms)
    forms = sent_forms(outcomes, agencies, request.POST)
    keep = _agree if "more" in request.POST else _decide
    if keep(request, shown, forms):
        return redirect(_address_after(request, opened.screening))
    return _render(request, shown, outcomes, forms)


def _address_after(request: HttpRequest, screening: Screening) -> str:
    """Back to where the decision was made: the family, in its meeting if it is in one."""
    if item := item_carried(request):
        return reverse("meeting-family", args=[item])
    return reverse("family", args=[screening.incident_id])


def _item(request: HttpRequest, screening: Screening) -> MeetingItem | None:
    """Return the place on a meeting's list that the request carries, if it is this family's."""
    standing = MeetingItem.objects.filter(incident=screening.incident_id)
    return standing.filter(pk=item_carried(request)).first()


def _screen_again(request: HttpRequest, opened: Opened) -> HttpResponse:
    screen_again(screening=opened.screening, by=user_of(request), now=now())
    messages.success(request, "The decision has ended. Answers and scale may be changed again.")
    scale = reverse("screening-scale", args=[opened.screening.pk])
    return redirect(carried(scale, item_carried(request)))


def _offered() -> tuple[Outcome, ...]:
    return outcomes_at(now()).offered_on(local_date(now()))


def owners(child: Mention) -> QuerySet[Agency]:
    """The agencies that may be given an action: all that work, and of the schools the child's."""
    school = find_school(urn=child.school_urn, name=child.school_name)
    able = ~Q(kind=AgencyKind.SCHOOL)
    if school is not None:
        able |= Q(pk=school.agency_id)
    return Agency.objects.filter(able, closed_on__isnull=True).order_by("name")


def _decide(request: HttpRequest, shown: DecisionPage, forms: DecisionForms) -> bool:
    """Decide, and agree on the actions with it. Returns whether that was done."""
    if not forms.is_valid():
        return False
    agreed, seen = forms.agreed(), request.POST.get("seen", "")
    try:
        decision = decide_with_actions(
            screening=shown.screening, actions=agreed, by=user_of(request), now=now(),
            seen=int(seen) if seen.isdecimal() else None,
            item=_item(request, shown.screening), **forms.decision.cleaned_data,
        )  # fmt: skip
    except (NotUnderstood, WrongMoment) as refusal:
        forms.decision.add_error(None, str(refusal))
        return False
    actions = f" {plural(len(agreed), 'action')} agreed." if agreed else ""
    messages.success(request, f"Decided for {shown.child}: {outcome_name(decision)}.{actions}")
    suggest_wording(request, decision, rationale=decision.rationale)
    _say_what_is_left_open(request, shown.screening)
    return True


def _say_what_is_left_open(request: HttpRequest, screening: Screening) -> None:
    """Nothing agreed with a decision that was replaced is left silently open."""
    left = Action.objects.filter(OF_REPLACED, decision__screening=screening).count()
    if left:
        messages.warning(
            request,
            f"{plural(left, 'action')} of the earlier decision still open. Keep or withdraw each: "
            "on the worklist under “Actions to settle”.",
        )


def _agree(request: HttpRequest, shown: DecisionPage, forms: DecisionForms) -> bool:
    """Agree on more actions with the decision that stands. Returns whether that was done."""
    if shown.standing is None or not forms.rows_are_valid():
        return False
    by, agreed = user_of(request), forms.agreed()
    try:
        agree_actions(decision=shown.standing, actions=agreed, by=by, now=now())
    except (NotUnderstood, WrongMoment) as refusal:
        forms.rows[0].add_error(None, str(refusal))
        return False
    messages.success(request, f"Agreed for {shown.child}: {plural(len(agreed), 'action')}.")
    return True


def _render(
    request: HttpRequest, shown: DecisionPage, outcomes: tuple[Outcome, ...], forms: DecisionForms
) -> HttpResponse:
    deciding = shown.standing is None or "otherwise" in request.GET or "seen" in request.POST
    context = {
        "page": shown,
        "deciding": deciding,
        "form": forms.decision,
        "rows": forms.rows,
        "may_add": len(forms.rows) < MOST_ROWS,
        "descriptions": {outcome.code: outcome.description for outcome in outcomes},
        "item": item_carried(request),
        "back": _address_after(request, shown.screening),
        "scale": carried(
            reverse("screening-scale", args=[shown.screening.pk]), item_carried(request)
        ),
        "otherwise": f"?{urlencode(request.GET.dict() | {'otherwise': 1})}",
        "filled": any(row.initial or (row.is_bound and row.has_changed()) for row in forms.rows),
    }
    return render(request, "actions/decide.html", context)
