"""The dashboard of a role. Whoever may see several goes from one to the other."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from sightline.access.queries import page, user_of
from sightline.access.roles import Perm
from sightline.common.clock import now
from sightline.insight.dashboards.all import BY_SLUG, Dashboard, open_to
from sightline.insight.dashboards.reader import Reader
from sightline.insight.forms import PeriodForm
from sightline.insight.periods import Period
from sightline.insight.presenters import choices
from sightline.insight.reading import NotWholeError, closed, sees_true_counts


@page(Perm.SEE_FIGURES, Perm.SEE_OWN_FIGURES)
@require_safe
def dashboards(request: HttpRequest) -> HttpResponse:
    """Go to the dashboard of the user's role."""
    return redirect("dashboard", open_to(user_of(request))[0].slug)


@page(Perm.SEE_FIGURES, Perm.SEE_OWN_FIGURES)
@require_safe
def dashboard(request: HttpRequest, slug: str) -> HttpResponse:
    user, chosen, form = user_of(request), BY_SLUG.get(slug), PeriodForm(request.GET or None)
    if chosen is None or not chosen.is_for(user):
        raise Http404
    context = {
        "dashboard": chosen,
        "others": [each for each in open_to(user) if each != chosen],
        "form": form,
        "choices": choices(now()),
        "panels": _panels(request, chosen, form),
        "at": now() if sees_true_counts(user) else closed(now()),
    }
    return render(request, "insight/dashboard.html", context)


def _panels(request: HttpRequest, chosen: Dashboard, form: PeriodForm) -> list[object]:
    user = user_of(request)
    own: dict[str, str | int] = {"sender": user.agency_id, "force": user.agency.name}
    reader = Reader(user, now(), form.period or Period(), own if chosen.own else {})
    if form.period is None:
        return []
    try:
        return [make(reader) for make in chosen.panels]
    except NotWholeError as why:
        form.add_error(None, str(why))
        return []
