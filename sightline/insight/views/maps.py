"""Maps of notifications and repeats beside deprivation."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from sightline.access.queries import page, user_of
from sightline.access.roles import Perm
from sightline.accounts.sessions import recently_signed_in
from sightline.common.clock import now
from sightline.common.spreadsheets import csv_response
from sightline.insight.maps.form import MapForm
from sightline.insight.maps.page import MapPage, columns, map_page
from sightline.insight.maps.reading import read_map, years_over
from sightline.insight.presenters import days_of
from sightline.insight.reading import NotWholeError, closed, sees_true_counts
from sightline.insight.views.figure import exported


@page(Perm.SEE_FIGURES)
@require_safe
def maps(request: HttpRequest) -> HttpResponse:
    """Show the map of what, by what, and of which days the address says."""
    form = MapForm(request.GET or None)
    shown = _shown(request, form)
    context = {
        "form": form,
        "shown": shown,
        "columns": columns(form.place),
        "by": form.place,
        "years": _years(form.counting.id, form.place),
        "may_import": Perm.IMPORT_FILES in user_of(request).perms,
        "only_years": not sees_true_counts(user_of(request)),
        "at": closed(now()),
        "query": request.GET.urlencode(),
    }
    return render(request, "insight/map.html", context)


@page(Perm.SEE_FIGURES)
@require_safe
@recently_signed_in
def map_csv(request: HttpRequest) -> HttpResponse:
    """The table of the map that the address asks for, each place with its code."""
    form = MapForm(request.GET or None)
    shown, by = _shown(request, form), form.place
    if shown is None:
        return redirect(f"{reverse('map')}?{request.GET.urlencode()}")
    exported(request, "csv", f"map of {form.counting.id} by {by}")
    header = ["Code", *(str(column["text"]) for column in columns(by))]
    return csv_response(f"map-{by}", header, [[line.code, *line.cells] for line in shown.rows])


def _years(counting: str, by: str) -> list[tuple[str, str]]:
    """The last years, each with the query that shows its map."""
    chosen = {"count": counting, "by": by}
    return [(span.name, urlencode(chosen | days_of(span.period))) for span in years_over(now())]


def _shown(request: HttpRequest, form: MapForm) -> MapPage | None:
    if form.period is None:
        return None
    try:
        reading = read_map(user_of(request), form.counting, form.period, now())
    except NotWholeError as why:
        form.add_error(None, str(why))
        return None
    return map_page(reading, form.place)
