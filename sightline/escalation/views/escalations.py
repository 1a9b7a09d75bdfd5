"""What was put before the user because it is late, and before those whom they answer for."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sightline.access.models import User
from sightline.access.queries import page, user_of
from sightline.access.roles import Perm
from sightline.common.clock import now
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.common.listing import page_of_all
from sightline.common.wall import Purpose, acting_for
from sightline.escalation.commands import acknowledge, close
from sightline.escalation.forms import ClosingForm
from sightline.escalation.models import Escalation
from sightline.escalation.presenters import rows_of
from sightline.escalation.queries import before_user, loaded, waiting_for, waiting_for_others
from sightline.screening.wording import suggest_wording

A_PAGE = 25


@page(Perm.SEE_ESCALATIONS)
def escalations(request: HttpRequest) -> HttpResponse:
    """List what waits for the user, or with `?show=others` for those they answer for."""
    user, others = user_of(request), request.GET.get("show") == "others"
    waiting, for_others = waiting_for(user), waiting_for_others(user)
    chosen = for_others if others else waiting
    shown = page_of_all(chosen, request.GET.get("page"), size=A_PAGE)
    counts = {False: shown.paginator.count if not others else waiting.count()}
    counts[True] = shown.paginator.count if others else for_others.count()
    context = {
        "page": shown, "rows": rows_of(user, shown.object_list, now()), "others": others,
        "counts": counts,
    }  # fmt: skip
    return render(request, "escalation/list.html", context)


@page(Perm.SEE_ESCALATIONS)
def escalation(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one; say that one knows, or close it with what was done."""
    one = _before(user_of(request), pk)
    form = ClosingForm(request.POST if "close" in request.POST else None)
    if request.method == "POST" and _done(request, one, form):
        return redirect("escalation", pk)
    [row] = rows_of(user_of(request), [one], now())
    context = {"row": row, "escalation": one, "form": form}
    return render(request, "escalation/escalation.html", context)


@acting_for(Purpose.CHECKING)  # no names: also of what is open no more
def _before(user: User, pk: int) -> Escalation:
    one = loaded(before_user(user)).filter(pk=pk).first()
    if one is None:
        raise Http404
    return one


def _done(request: HttpRequest, one: Escalation, form: ClosingForm) -> bool:
    """Do what was asked for. Returns whether to show it anew."""
    by = user_of(request)
    try:
        if "acknowledge" in request.POST:
            acknowledge(escalation=one, by=by, now=now())
            messages.success(request, "Kept that you know of it.")
            return True
        if "close" in request.POST:
            if not form.is_valid():
                return False
            kept = close(escalation=one, by=by, now=now(), **form.cleaned_data)
            messages.success(request, "Closed. What it is about stays open until it is done.")
            suggest_wording(request, kept, closing_note=kept.closing_note)
    except (NotUnderstood, WrongMoment) as refusal:
        messages.error(request, str(refusal))
    return True
