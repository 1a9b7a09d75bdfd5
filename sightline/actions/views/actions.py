"""The actions of the user's agency, late ones first, and one of them."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sightline.access.queries import page, user_of
from sightline.access.roles import Perm
from sightline.actions.action_page import action_page
from sightline.actions.commands import accept, complete, start
from sightline.actions.forms import CompletionForm
from sightline.actions.listing import rows_of, sent_row
from sightline.actions.models import Action
from sightline.actions.queries import actions_of
from sightline.common.clock import local_date, now
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.screening.routing import sent_to

A_PAGE = 25
STEPS: dict[str, tuple[Callable[..., Action], str]] = {
    "accept": (accept, "Accepted."),
    "start": (start, "Started."),
}


@page(Perm.WORK_ACTIONS)
def actions(request: HttpRequest) -> HttpResponse:
    """List what the user's agency agreed to do. No names: the list may be read over a shoulder."""
    mine = actions_of(user_of(request))
    shown = Paginator(mine, A_PAGE).get_page(request.GET.get("page"))
    late = mine.filter(completed_at__isnull=True, due_on__lt=local_date(now())).count()
    context = {
        "page": shown,
        "rows": rows_of(user_of(request), shown.object_list, now()),
        "late": late,
        "agency": user_of(request).agency,
        "sent": [sent_row(screening) for screening in sent_to(user_of(request))[:A_PAGE]],
    }
    return render(request, "actions/list.html", context)


@page(Perm.WORK_ACTIONS)
def action(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one action with what its agency may see of the child; take it a step further."""
    shown = action_page(user_of(request), pk, now=now())
    form = CompletionForm(request.POST if "complete" in request.POST else None)
    if request.method == "POST" and _step(request, shown.action, form):
        return redirect("action", pk)
    return render(request, "actions/action.html", {"page": shown, "form": form})


def _step(request: HttpRequest, action: Action, form: CompletionForm) -> bool:
    """Do what was asked for. Returns whether to show the action anew."""
    try:
        for name, (step, done) in STEPS.items():
            if name in request.POST:
                step(action=action, by=user_of(request), now=now())
                messages.success(request, done)
                return True
        if not form.is_valid():
            return False
        complete(action=action, by=user_of(request), now=now(), **form.cleaned_data)
        messages.success(request, "Completed.")
    except (NotUnderstood, WrongMoment) as refusal:
        messages.error(request, str(refusal))
    return True
