"""One figure, counted when it is asked for: its page and its file."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from sightline.access.models import User
from sightline.access.queries import page, user_of
from sightline.access.roles import Perm
from sightline.accounts.sessions import recently_signed_in
from sightline.common.clock import now
from sightline.common.spreadsheets import csv_response
from sightline.insight.catalogue import BY_ID
from sightline.insight.figures.base import Figure
from sightline.insight.forms import PeriodForm
from sightline.insight.presenters import definition, shown
from sightline.insight.printing import header


def figure_or_404(figure_id: str, user: User) -> Figure:
    """Return the figure of that id, if it is for this user."""
    found = BY_ID.get(figure_id)
    if found is None or found.perm not in user.perms:
        raise Http404
    return found


@page(Perm.SEE_FIGURES)
@require_safe
def figure(request: HttpRequest, figure_id: str) -> HttpResponse:
    chosen = figure_or_404(figure_id, user_of(request))
    form = PeriodForm(request.GET or None)
    period = form.period
    context = {
        "figure": chosen,
        "form": form,
        "definition": definition(chosen),
        "shown": shown(chosen, chosen.count(period), period, now()) if period else None,
        "query": request.GET.urlencode(),
    }
    return render(request, "insight/figure.html", context)


@page(Perm.SEE_FIGURES)
@require_safe
@recently_signed_in
def figure_csv(request: HttpRequest, figure_id: str) -> HttpResponse:
    chosen = figure_or_404(figure_id, user_of(request))
    period = PeriodForm(request.GET or None).period
    if period is None:
        return redirect(f"{reverse('figure', args=[figure_id])}?{request.GET.urlencode()}")
    return csv_response(chosen.id, header(chosen), chosen.rows(period))
