"""The addresses of the three doors and of what the team is told. Each has its own list."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from sightline.intake.api import api, no_such_address
from sightline.intake.views import contacts
from sightline.intake.views import imports as files
from sightline.intake.views import notification_form as form
from sightline.intake.views import notification_people as people
from sightline.intake.views import sent_notifications as sent


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

NEW = "notifications/new/"
DRAFT = f"{NEW}<uuid:key>/"
PERSON = f"{DRAFT}people/<int:number>/"
FORM = [
    path(NEW, form.start, name="notification-start"),
    path(f"{DRAFT}check/", form.check, name="notification-check"),
    path(f"{DRAFT}discard/", form.discard, name="notification-discard"),
    path(f"{DRAFT}people/", people.people, name="notification-people"),
    path(f"{DRAFT}people/add/", people.add_person, name="notification-add-person"),
    path(f"{PERSON}who/", people.change_kind, name="notification-who"),
    path(f"{PERSON}remove/", people.remove_person, name="notification-remove"),
    path(f"{PERSON}<slug:slug>/", people.person, name="notification-person"),
    path(f"{DRAFT}<slug:slug>/", form.section_page, name="notification-page"),
    path("notifications/", sent.sent, name="sent-notifications"),
    path("notifications/refused/", sent.refusals, name="refusals"),
    path("notifications/<int:pk>/receipt/", sent.receipt, name="notification-receipt"),
]

FILES = [
    path("imports/", files.imports, name="imports"),
    path("imports/new/", files.import_upload, name="import-upload"),
    path("imports/<int:pk>/", files.import_file, name="import-file"),
    path("imports/<int:pk>/columns/", files.import_columns, name="import-columns"),
    path("imports/<int:pk>/refused.<slug:form>", files.import_refused, name="import-refused"),
]

FAMILIES = [
    path("families/new/", contacts.family_new, name="family-new"),
    path("families/new/details/", contacts.family_details, name="family-details"),
    path("families/recorded/<int:pk>/", contacts.contact, name="contact"),
]

urlpatterns = [*API, *FORM, *FILES, *FAMILIES]
