"""One figure, counted when it is asked for: its page and its file."""

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from sightline.access.models import User
from sightline.access.queries import page, user_of
from sightline.access.roles import Perm
from sightline.accounts.sessions import recently_signed_in
from sightline.audit.commands import record
from sightline.common.clock import now
from sightline.common.spreadsheets import csv_response
from sightline.insight.catalogue import BY_ID
from sightline.insight.change import change_of
from sightline.insight.figures.base import Figure
from sightline.insight.forms import FigureForm
from sightline.insight.periods import Period
from sightline.insight.presenters import (
    ChangeShown,
    change_shown,
    choices,
    definition,
    shown,
)
from sightline.insight.printing import header
from sightline.insight.publishing import published_for
from sightline.insight.reading import NotWholeError, Reading, read, sees_true_counts
from sightline.insight.series import record_began


def figure_or_404(figure_id: str, user: User) -> Figure:
    """Return the figure of that id, if it is for this user."""
    found = BY_ID.get(figure_id)
    if found is None or not found.is_for(user.perms):
        raise Http404
    return found


def reading_of(request: HttpRequest, figure: Figure, form: FigureForm) -> Reading | None:
    """Return what is asked for as this user may see it; None, with the form saying why, if not."""
    if form.asked is None:
        return None
    try:
        return read(user_of(request), figure, form.asked, now())
    except NotWholeError as why:
        form.add_error(None, str(why))
        return None


@page(Perm.SEE_FIGURES, Perm.SEE_OWN_FIGURES)
@require_safe
def figure(request: HttpRequest, figure_id: str) -> HttpResponse:
    chosen = figure_or_404(figure_id, user_of(request))
    form = FigureForm(chosen, now(), request.GET or None)
    reading = reading_of(request, chosen, form)
    context = {
        "figure": chosen,
        "form": form,
        "choices": choices(now()),
        "kept": _but_days(request) if reading else "",
        "for_others": chosen.about_people and not sees_true_counts(user_of(request)),
        "definition": definition(chosen),
        "shown": shown(reading, form.part) if reading else None,
        "part": form.part,
        "change": _change(request, reading) if reading else None,
        "query": request.GET.urlencode(),
        "published": published_for(user_of(request), chosen.id).count(),
        "may_publish": Perm.PUBLISH_FIGURES in user_of(request).perms and bool(chosen.facts),
    }
    return render(request, "insight/figure.html", context)


def _but_days(request: HttpRequest) -> str:
    """The part and the moment of the address, for links to other days of the same."""
    kept = ("only", "as_at-")
    return urlencode([one for one in request.GET.items() if one[1] and one[0].startswith(kept)])


def _change(request: HttpRequest, reading: Reading) -> ChangeShown | None:
    """What can be said of change, read other days as these were; None where all is empty."""
    began = record_began()
    if reading.is_empty:
        return None

    def read_other(period: Period) -> Reading:
        asked = replace(reading.asked, period=period)
        return read(user_of(request), reading.figure, asked, now())

    return change_shown(change_of(reading, read_other, began))


@page(Perm.SEE_FIGURES, Perm.SEE_OWN_FIGURES)
@require_safe
@recently_signed_in
def figure_csv(request: HttpRequest, figure_id: str) -> HttpResponse:
    return as_file(
        request, figure_id, "csv",
        lambda reading: csv_response(reading.figure.id, header(reading.figure), reading.rows),
    )  # fmt: skip


def as_file(
    request: HttpRequest, figure_id: str, kind: str, make: Callable[[Reading], HttpResponse]
) -> HttpResponse:
    """Answer with a figure as a file, which is written down; with its page where what is asked for
    cannot be read."""
    chosen = figure_or_404(figure_id, user_of(request))
    reading = reading_of(request, chosen, FigureForm(chosen, now(), request.GET or None))
    if reading is None:
        return redirect(f"{reverse('figure', args=[figure_id])}?{request.GET.urlencode()}")
    exported(request, kind, chosen.id)
    return make(reading)


def exported(request: HttpRequest, kind: str, *figures: str) -> None:
    """Write down that figures left as a file: who, which, for which days."""
    user = user_of(request)
    asked = {name: value[:60] for name, value in request.GET.items() if value}
    record(
        "figures.exported", user, by=user, at=now(), kind=kind, figures=list(figures), asked=asked
    )
