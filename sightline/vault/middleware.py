"""The one door through which every answer leaves. What holds a protected address is held back.

It stands outside of everything but static files, so that error pages pass it too. A page that
answers under its door says what it may show (`vault_shows`, views/safe.py); no other page may.
"""

from collections.abc import Callable, Iterator

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from sightline.common.wall import Actor, Purpose, acting
from sightline.vault.alarms import held_back
from sightline.vault.models import Print
from sightline.vault.outgoing import leaks
from sightline.vault.readers import NotReadable, text_in

# Pages on which somebody writes a notification and reads over what they themselves have written:
# holding that back would lose the notification, and tell them that the address is protected.
OWN_WORDS = frozenset({
    "notification-page", "notification-people", "notification-person", "notification-who",
    "notification-add-person", "notification-remove", "notification-check",
})  # fmt: skip
HEADERS = ("Location", "Content-Disposition", "Refresh", "Link")
SORRY = "Something was held back because it could not be checked. Nothing was lost. Try again."


class OutgoingMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = self.get_response(request)
        if _name(request) in OWN_WORDS:
            return answer
        try:
            with acting(Actor(Purpose.LEAVING)):
                if isinstance(answer, StreamingHttpResponse):
                    return _read_whole(request, answer)
                return _checked(request, answer)
        except DatabaseError:  # what cannot be checked does not leave
            return HttpResponse(SORRY, status=503, content_type="text/plain")


def _name(request: HttpRequest) -> str:
    return (request.resolver_match.url_name or "") if request.resolver_match else ""


def _checked(request: HttpRequest, answer: HttpResponseBase) -> HttpResponseBase:
    """Return the answer, or what is said in its place."""
    body = answer.content if isinstance(answer, HttpResponse) else b""
    try:
        text = text_in(body, answer.headers.get("Content-Type", ""))
    except NotReadable:
        return _instead(request, answer, [])
    said = " | ".join((text, *(answer.headers.get(name, "") for name in HEADERS)))
    shows = getattr(answer, "vault_shows", ())
    found = leaks(said, may_hold=shows, echo=_written(request))
    return _instead(request, answer, found) if found else answer


def _read_whole(request: HttpRequest, answer: StreamingHttpResponse) -> HttpResponseBase:
    """A stream is read to its end before any of it leaves: half an address is one too many."""
    whole = HttpResponse(
        b"".join(_chunks(answer)), status=answer.status_code, headers=dict(answer.headers)
    )
    whole.cookies = answer.cookies
    return _checked(request, whole)


def _chunks(answer: StreamingHttpResponse) -> Iterator[bytes]:
    for chunk in answer:
        yield chunk if isinstance(chunk, bytes) else chunk.encode()


def _written(request: HttpRequest) -> str:
    """What the reader wrote in this request: in the form that was sent, or in the address."""
    forms = [request.GET, request.POST] if hasattr(request, "_post") else [request.GET]
    return " | ".join(
        value for form in forms for _, values in form.lists() for value in values
    )  # fmt: skip


def _instead(
    request: HttpRequest, answer: HttpResponseBase, found: list[Print]
) -> HttpResponseBase:
    """Say that something was held back and whom to tell; write down what, and from whom."""
    machine = request.path.startswith("/api/")
    html = answer.headers.get("Content-Type", "").startswith("text/html")
    user = getattr(request, "user", None)
    held_back(
        found, way="api" if machine else "page" if html else "file", place=_name(request),
        reader=str(user.pk) if user is not None and user.pk else "",
    )  # fmt: skip
    if machine:
        return JsonResponse({"reasons": [SORRY]}, status=403)
    return render(request, "vault/held_back.html", status=403)
