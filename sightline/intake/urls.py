"""The addresses of the three doors. Each door has its own list."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from sightline.intake.api import api, no_such_address


def _with_tokens_only() -> Any:
    """The addresses of the API without sign-in: a token says who sends, a cookie never does."""
    patterns, app, namespace = api.urls
    for pattern in patterns:
        login_not_required(pattern.callback)  # type: ignore[type-var]  # always a view here
    return patterns, app, namespace


API = [
    path("api/", _with_tokens_only()),
    path("api/<path:rest>", csrf_exempt(login_not_required(no_such_address)), name="api-nothing"),
]

urlpatterns = [*API]
