"""Walking the whole project: its models, its URLs, its modules."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).resolve().parents[2]

# Open to anyone on purpose. Everything else needs somebody who is signed in and allowed.
PUBLIC = {
    "sign-in", "sign-out", "first-sign-in", "about", "accessibility", "health-live", "health-ready",
}  # fmt: skip
# Between the steps of signing in: whoever is not on the way goes back to its beginning.
STEPS_OF_SIGN_IN = {
    "second-factor", "second-factor-new", "authenticator-picture", "recovery-codes",
    "first-password", "provider-start", "provider-back", "sign-in-again",
    "lock", "locked", "your-password",
}  # fmt: skip
ANYBODY_SIGNED_IN = {"home", "your-sign-in", "still-here", "wording"}
BY_TOKEN = "/api/"  # asks for a sender's token itself
DESCRIPTION = "/api/openapi.json"  # of the API: no data in it


@dataclass(frozen=True)
class Page:
    """One URL: its name, an address to try it at, and its view."""

    name: str
    path: str
    view: object


def pages() -> Iterator[Page]:
    """Yield every page of ours."""
    yield from _walk(get_resolver().url_patterns, "/")


def _walk(patterns: list, prefix: str) -> Iterator[Page]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, prefix + _example(pattern))
        elif isinstance(pattern, URLPattern):
            yield Page(pattern.name or "", prefix + _example(pattern), pattern.callback)


def _example(pattern: URLPattern | URLResolver) -> str:
    """Fill the holes of a route with values that fit."""
    route = str(pattern.pattern)
    for converter, value in (
        ("int", "1"), ("uuid", "8b0c3c7e-9d5b-4c3e-8a41-111111111111"), ("slug", "x"), ("str", "x"),
    ):  # fmt: skip
        while f"<{converter}:" in route:
            start = route.index(f"<{converter}:")
            route = route[:start] + value + route[route.index(">", start) + 1 :]
    while "<" in route:
        start = route.index("<")
        route = route[:start] + "x" + route[route.index(">", start) + 1 :]
    return route.replace("^", "").replace("$", "")


def models() -> list[type[Model]]:
    """Return every model that we wrote, without the history models that are made from them."""
    return [
        model
        for model in apps.get_models()
        if model.__module__.startswith("sightline.") and not hasattr(model, "pgh_tracked_model")
    ]
