"""Pages about the system itself, open to everybody: people may know what is done with them."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sightline.common.models import ACCESS_RECORD, CASE_RECORD, CHILD_RECORD


@login_not_required
def about(request: HttpRequest) -> HttpResponse:
    kept = {"child": CHILD_RECORD, "case": CASE_RECORD, "access": ACCESS_RECORD}
    return render(request, "common/about.html", {"kept": kept})


@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "common/accessibility.html")
