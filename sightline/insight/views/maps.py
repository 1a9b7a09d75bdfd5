"""Maps of notifications and repeats beside deprivation."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sightline.access.queries import page, user_of
from sightline.access.roles import Perm
from sightline.common.clock import now
from sightline.insight.maps.counting import ALL, NOTIFICATIONS
from sightline.insight.maps.form import MapDays
from sightline.insight.maps.page import MapPage, columns, map_page
from sightline.insight.maps.reading import read_map, years_over
from sightline.insight.presenters import days_of
from sightline.insight.reading import NotWholeError, closed, sees_true_counts

BY = {"ward": "Wards", "area": "Small areas"}


@page(Perm.SEE_FIGURES)
@require_safe
def maps(request: HttpRequest) -> HttpResponse:
    """Show the map of what, by what, and of which days the address says."""
    form = MapDays(request.GET if _has_days(request) else None)
    by = request.GET.get("by", "ward")
    by = by if by in BY else "ward"
    counting = ALL.get(request.GET.get("count", ""), NOTIFICATIONS)
    shown = _shown(request, form, counting.id, by)
    context = {
        "form": form,
        "shown": shown,
        "columns": columns(by),
        "by": by,
        "choices_by": BY,
        "counting": counting,
        "countings": ALL.values(),
        "years": _years(counting.id, by),
        "may_import": Perm.IMPORT_FILES in user_of(request).perms,
        "only_years": not sees_true_counts(user_of(request)),
        "at": closed(now()),
    }
    return render(request, "insight/map.html", context)


def _years(counting: str, by: str) -> list[tuple[str, str]]:
    """The last years, each with the query that shows its map."""
    chosen = {"count": counting, "by": by}
    return [(span.name, urlencode(chosen | days_of(span.period))) for span in years_over(now())]


def _has_days(request: HttpRequest) -> bool:
    return any(name.startswith(("first-", "last-")) for name in request.GET)


def _shown(request: HttpRequest, form: MapDays, counting: str, by: str) -> MapPage | None:
    if form.period is None:
        return None
    try:
        return map_page(read_map(user_of(request), ALL[counting], form.period, now()), by)
    except NotWholeError as why:
        form.add_error(None, str(why))
        return None
