"""What people see when something cannot be done: what happened, what to do, and no more.

None of these pages repeats what was asked for: an address or a message may hold personal data.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sightline.common.errors import TakenOut


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/400.html", status=400)


def no_permission(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, TakenOut):
        said = {"words": exception.words, "href": exception.href}
        return render(request, "errors/taken_out.html", said, status=410)
    return render(request, "errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    return render(request, "errors/500.html", status=500)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form without a valid token: most often a page left open since an earlier sign-in."""
    return render(request, "errors/stale_form.html", status=403)
