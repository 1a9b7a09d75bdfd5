"""Figures as files and as a report. Who takes one shows who they are, and is written down."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from sightline.access.queries import page, user_of
from sightline.access.roles import Perm
from sightline.accounts.sessions import recently_signed_in
from sightline.common.clock import now
from sightline.insight.dashboards.reader import Reader
from sightline.insight.exports.csvw import metadata
from sightline.insight.exports.workbook import workbook_response
from sightline.insight.forms import PeriodForm
from sightline.insight.periods import Period
from sightline.insight.presenters import choices
from sightline.insight.reading import NotWholeError, Reading, closed, sees_true_counts
from sightline.insight.report.sections import FIGURES, Section, report
from sightline.insight.views.figure import as_file, exported


@page(Perm.SEE_FIGURES, Perm.SEE_OWN_FIGURES)
@require_safe
@recently_signed_in
def figure_xlsx(request: HttpRequest, figure_id: str) -> HttpResponse:
    return as_file(
        request, figure_id, "xlsx",
        lambda reading: workbook_response(reading.figure.id, reading.figure.name, [reading]),
    )  # fmt: skip


@page(Perm.SEE_FIGURES, Perm.SEE_OWN_FIGURES)
@require_safe
@recently_signed_in
def figure_metadata(request: HttpRequest, figure_id: str) -> HttpResponse:
    """The metadata of a figure's CSV, under the name at which readers of CSVW look for them."""
    return as_file(request, figure_id, "csv-metadata", _metadata_response)


def _metadata_response(reading: Reading) -> HttpResponse:
    response = JsonResponse(metadata(reading))
    name = f"{reading.figure.id}.csv-metadata.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@page(Perm.SEE_FIGURES)
@require_safe
@recently_signed_in
def evaluation(request: HttpRequest) -> HttpResponse:
    """All published tables and charts for chosen days, to be printed."""
    form = PeriodForm(request.GET or None)
    sections = _sections(request, form)
    if sections:
        exported(request, "report", *FIGURES)
    protected = not sees_true_counts(user_of(request))
    context = {
        "form": form,
        "choices": choices(now()),
        "sections": sections,
        "period": form.period,
        "at": closed(now()) if protected else now(),
        "protected": protected,
        "query": request.GET.urlencode(),
    }
    return render(request, "insight/report.html", context)


@page(Perm.SEE_FIGURES)
@require_safe
@recently_signed_in
def evaluation_xlsx(request: HttpRequest) -> HttpResponse:
    """The tables of the report as a workbook, a sheet each."""
    reader = _reader(request, PeriodForm(request.GET or None))
    try:
        readings = [reader.reading(figure) for figure in FIGURES] if reader else []
    except NotWholeError:
        readings = []
    if not readings:
        return redirect(f"{reverse('evaluation')}?{request.GET.urlencode()}")
    exported(request, "xlsx", *FIGURES)
    return workbook_response("evaluation", "Evaluation of the screening of notifications", readings)


def _reader(request: HttpRequest, form: PeriodForm) -> Reader | None:
    if form.period is None:
        return None
    return Reader(user_of(request), now(), form.period or Period())


def _sections(request: HttpRequest, form: PeriodForm) -> list[Section]:
    reader = _reader(request, form)
    try:
        return report(reader) if reader else []
    except NotWholeError as why:
        form.add_error(None, str(why))
        return []
