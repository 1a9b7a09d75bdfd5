"""Figures that were given to others: publishing one, the list of them, and one counted again."""

from dataclasses import replace

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from sightline.access.queries import page, user_of
from sightline.access.roles import Perm
from sightline.accounts.sessions import recently_signed_in
from sightline.common.clock import now
from sightline.common.errors import WrongMoment
from sightline.insight.forms import FigureForm
from sightline.insight.presenters import shown
from sightline.insight.published_page import published_page, row_of
from sightline.insight.publishing import for_others, publish, published_for
from sightline.insight.reading import NotWholeError, Reading, closed, read
from sightline.insight.views.figure import figure_or_404

A_PAGE = 25


@page(Perm.SEE_FIGURES)
@require_safe
def publications(request: HttpRequest) -> HttpResponse:
    """List what was published, of one figure if the address names one."""
    asked = request.GET.get("figure", "")
    figure = figure_or_404(asked, user_of(request)) if asked else None
    found = published_for(user_of(request), figure.id if figure else "")
    shown_now = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "figure": figure,
        "page": shown_now,
        "rows": [row_of(one) for one in shown_now.object_list],
    }
    return render(request, "insight/publications.html", context)


@page(Perm.SEE_FIGURES)
@require_safe
def published_figure(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was published, counted again, and why it is another today."""
    user = user_of(request)
    found = get_object_or_404(published_for(user), pk=pk)
    return render(request, "insight/published.html", {"shown": published_page(found, user, now())})


@page(Perm.PUBLISH_FIGURES)
@require_http_methods(["GET", "HEAD", "POST"])
@recently_signed_in
def publish_figure(request: HttpRequest, figure_id: str) -> HttpResponse:
    """Show what would be published, as known when, and who could read it; then keep it."""
    chosen = figure_or_404(figure_id, user_of(request))
    form = FigureForm(chosen, now(), request.GET or None)
    reading = _reading(request, form)
    if reading is None:
        return redirect(f"{reverse('figure', args=[figure_id])}?{request.GET.urlencode()}")
    if request.method == "POST":
        return _published(request, form, reading)
    asked = replace(reading.asked, as_at=reading.as_at)
    context = {
        "figure": chosen,
        "shown": shown(reading, form.part),
        "for_others": for_others(chosen, asked, now()) is not None,
        "query": request.GET.urlencode(),
    }
    return render(request, "insight/publish.html", context)


def _reading(request: HttpRequest, form: FigureForm) -> Reading | None:
    """What would be published: as known at the end of the last month, unless a day was chosen."""
    if form.asked is None:
        return None
    asked = replace(form.asked, as_at=form.moment or closed(now()))
    try:
        return read(user_of(request), form.figure, asked, now())
    except NotWholeError:
        return None


def _published(request: HttpRequest, form: FigureForm, reading: Reading) -> HttpResponse:
    try:
        kept = publish(
            figure=form.figure, period=reading.asked.period, as_at=reading.as_at,
            part=form.part_code, by=user_of(request), now=now(),
        )  # fmt: skip
    except WrongMoment as refusal:
        messages.error(request, str(refusal))
        return redirect(f"{reverse('figure', args=[form.figure.id])}?{request.GET.urlencode()}")
    messages.success(request, "Published. It can be counted again to the digit from this page.")
    return redirect("published-figure", kept.pk)
