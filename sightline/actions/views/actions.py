"""The actions of the user's agency, late ones first, and one of them."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sightline.access.queries import page, user_of
from sightline.access.roles import Perm
from sightline.actions.action_page import ActionPage, action_page
from sightline.actions.doing import accept, assign, complete, decline, say_not_possible, start
from sightline.actions.listing import rows_of, sent_rows
from sightline.actions.models import Action
from sightline.actions.owners import nobodys
from sightline.actions.queries import actions_of
from sightline.actions.step_forms import CompletionForm, OwnerForm, ReasonForm
from sightline.common.clock import local_date, now
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.common.listing import page_of_all
from sightline.screening.routing import sent_to
from sightline.screening.wording import suggest_wording

A_PAGE = 25
SHOW = {"mine": "Mine", "nobody": "Without an owner", "": "All"}
Step = Callable[..., Action]

# What a button does: its command, the form that it sends, and the words when it is done.
STEPS: dict[str, tuple[Step, str, str]] = {
    "accept": (accept, "", "Accepted."),
    "start": (start, "", "Started."),
    "assign": (assign, "owner", "Kept who does it."),
    "complete": (complete, "completion", "Completed."),
    "decline": (decline, "reason", "Declined. It goes back to the team."),
    "not_possible": (say_not_possible, "reason", "Not possible. It goes back to the team."),
}


@page(Perm.WORK_ACTIONS)
def actions(request: HttpRequest) -> HttpResponse:
    """List what the user's agency agreed to do. No names: the list may be read over a shoulder."""
    of_agency = actions_of(user_of(request))
    show = request.GET.get("show", "")
    listed = _shown(of_agency, show, request)
    shown = page_of_all(listed, request.GET.get("page"), size=A_PAGE)
    still_open = of_agency.filter(Action.OPEN)
    context = {
        "page": shown,
        "rows": rows_of(user_of(request), shown.object_list, now()),
        "late": still_open.filter(due_on__lt=local_date(now())).count(),
        "agency": user_of(request).agency,
        "sent": sent_rows(user_of(request), sent_to(user_of(request))[:A_PAGE], now()),
        "show": show if show in SHOW else "",
        "choices": SHOW,
        "nobodys": still_open.filter(nobodys(local_date(now()))).count(),
    }
    return render(request, "actions/list.html", context)


def _shown(of_agency: QuerySet[Action], show: str, request: HttpRequest) -> QuerySet[Action]:
    if show == "mine":
        return of_agency.filter(owner=user_of(request))
    return (
        of_agency.filter(Action.OPEN & nobodys(local_date(now())))
        if show == "nobody"
        else of_agency
    )


@page(Perm.WORK_ACTIONS)
def action(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one action with what its agency may see of the child; take it a step further."""
    shown = action_page(user_of(request), pk, now=now())
    pressed = next((name for name in STEPS if name in request.POST), "")
    forms = _forms(request, shown, pressed)
    if request.method == "POST" and _step(request, shown.action, pressed, forms):
        return redirect("action", pk)
    sent = {"form": forms[STEPS[pressed][1]]} if pressed and STEPS[pressed][1] in forms else {}
    context = {"page": shown, "forms": forms} | sent
    return render(request, "actions/action.html", context)


def _forms(request: HttpRequest, shown: ActionPage, pressed: str) -> dict[str, Form]:
    """Return the forms of the page; the one that was sent holds what was sent."""

    def sent(name: str) -> Any:
        return request.POST if pressed and STEPS[pressed][1] == name else None

    colleagues = shown.colleagues
    given: dict[str, Form] = {
        "completion": CompletionForm(sent("completion")), "reason": ReasonForm(sent("reason"))
    }  # fmt: skip
    if colleagues is not None:
        initial = {"owner": shown.action.owner_id}
        given["owner"] = OwnerForm(colleagues, data=sent("owner"), initial=initial)
    return given


def _step(request: HttpRequest, action: Action, pressed: str, forms: dict[str, Form]) -> bool:
    """Do what was asked for. Returns whether to show the action anew."""
    if not pressed:
        return True
    step, name, done = STEPS[pressed]
    form = forms.get(name)
    if form is not None and not form.is_valid():
        return False
    said = form.cleaned_data if form is not None else {}
    if name and form is None:  # who does it, of an action that is over
        said = {"owner": None}
    try:
        kept = step(action=action, by=user_of(request), now=now(), **said)
    except (NotUnderstood, WrongMoment) as refusal:
        messages.error(request, str(refusal))
        return True
    messages.success(request, done)
    suggest_wording(request, kept, note=kept.note, ended_because=kept.ended_because)
    return True
