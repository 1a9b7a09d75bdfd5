"""What people see when something cannot be done."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.test import RequestFactory
from django.urls import path

from sightline.common.views import errors
from sightline.config import urls as root


def broken(request: HttpRequest):
    raise ValueError("Leila Moreno, 12 Brook Lane")


def refused(request: HttpRequest):
    raise PermissionDenied("Leila Moreno")


def absent(request: HttpRequest):
    raise Http404("Leila Moreno")


for view in (broken, refused, absent):
    view.login_required = False

urlpatterns = [
    *root.urlpatterns, path("broken", broken), path("refused", refused), path("absent", absent),
]  # fmt: skip
handler400, handler403 = root.handler400, root.handler403
handler404, handler500 = root.handler404, root.handler500


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("address", "status", "says"),
    [
        ("/broken", 500, "Something went wrong on our side"),
        ("/refused", 403, "Your role does not open this page"),
        ("/absent", 404, "Page not found"),
        ("/no-such-page", 404, "Page not found"),
    ],
)
def test_an_error_says_what_to_do_and_nothing_of_what_was_asked(client, address, status, says):
    client.raise_request_exception = False
    page = client.get(address)
    body = page.content.decode()
    assert page.status_code == status
    assert says in body
    assert "Leila" not in body
    assert address not in body
    assert "Content-Security-Policy" in page.headers


def test_the_page_for_our_own_failures_asks_nobody_who_is_signed_in():
    """The database may be what failed: this request has no user, no session and no messages."""
    page = errors.server_error(RequestFactory().get("/worklist"))
    assert page.status_code == 500
    assert b"Something went wrong on our side" in page.content


def test_a_request_that_cannot_be_read_is_answered_in_words():
    page = errors.bad_request(RequestFactory().get("/"), ValueError("Leila"))
    assert page.status_code == 400
    assert b"nothing was saved" in page.content
    assert b"Leila" not in page.content


def test_a_stale_form_says_that_nothing_was_saved(client):
    request = RequestFactory().post("/")
    request.user = AnonymousUser()
    request.resolver_match = None
    request._messages = []
    page = errors.stale_form(request, reason="CSRF token from the 'X-Csrftoken' header incorrect")
    assert page.status_code == 403
    assert b"Nothing was saved" in page.content
    assert b"CSRF" not in page.content
