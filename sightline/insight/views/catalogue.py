"""The list of the figures there are."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sightline.access.queries import page, user_of
from sightline.access.roles import Perm
from sightline.insight.catalogue import ALL


@page(Perm.SEE_FIGURES)
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    perms = user_of(request).perms
    shown = [figure for figure in ALL if figure.perm in perms]
    return render(request, "insight/figures.html", {"figures": shown})
