"""Every address, by app. An app without pages has no `urls` module."""

from importlib.util import find_spec

from django.urls import include, path

APPS = (
    "common", "access", "accounts", "geography", "directory", "people", "sharing", "vault",
    "intake", "screening", "research", "meetings", "actions", "escalation", "encompass",
    "assurance", "insight", "letters", "pathway",
)  # fmt: skip

urlpatterns = [
    path("", include(f"sightline.{app}.urls")) for app in APPS if find_spec(f"sightline.{app}.urls")
]

handler400 = "sightline.common.views.errors.bad_request"
handler403 = "sightline.common.views.errors.no_permission"
handler404 = "sightline.common.views.errors.not_found"
handler500 = "sightline.common.views.errors.server_error"
