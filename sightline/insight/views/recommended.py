"""Recommended and done, side by side; and the cases behind it, for whoever may see them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sightline.access.queries import page, user_of
from sightline.access.roles import Perm
from sightline.actions.listing import rows_of
from sightline.actions.models import Action
from sightline.common.clock import now
from sightline.common.listing import page_of_all
from sightline.insight.cases_form import CasesForm
from sightline.insight.forms import PeriodForm
from sightline.insight.presenters import choices
from sightline.insight.reading import NotWholeError
from sightline.insight.recommended_page import (
    RecommendedPage,
    cases,
    may_drill,
    recommended_page,
)

A_PAGE = 25


@page(Perm.SEE_FIGURES)
@require_safe
def recommended(request: HttpRequest) -> HttpResponse:
    """Show what was recommended beside what was done. Counts only: no child is in it."""
    form = PeriodForm(request.GET or None)
    context = {
        "form": form,
        "choices": choices(now()),
        "shown": _shown(request, form),
        "may_drill": may_drill(user_of(request)),
    }
    return render(request, "insight/recommended.html", context)


def _shown(request: HttpRequest, form: PeriodForm) -> RecommendedPage | None:
    """Return the page as this user may see it; None, with the form saying why, if not."""
    if form.period is None:
        return None
    try:
        return recommended_page(user_of(request), form.period, now())
    except NotWholeError as why:
        form.add_error(None, str(why))
        return None


@page(Perm.SEE_WORKLIST, Perm.WORK_ACTIONS)
@require_safe
def recommended_cases(request: HttpRequest) -> HttpResponse:
    """List the actions behind the counts, as far as each is shared with the user. No names."""
    form = CasesForm(request.GET or None)
    found = Action.objects.none()
    if form.period is not None:
        found = cases(user_of(request), form.period, now=now(), **form.narrowed)
    shown = page_of_all(found, request.GET.get("page"), size=A_PAGE)
    context = {
        "form": form,
        "page": shown,
        "rows": rows_of(user_of(request), shown.object_list, now()),
    }
    return render(request, "insight/recommended_cases.html", context)
