"""How long somebody stays signed in, locked screens, and showing again who one is.

All of it is in the session, which is in the database. A session that says nothing of its own
moments began when its user last signed in.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from sightline.access.models import User
from sightline.audit.commands import record
from sightline.common.clock import local_date, now
from sightline.rules.access.rules_file import Sessions, rules_on

BEGAN, SEEN, SHOWN, LOCKED, PAGE = "began", "seen", "shown", "locked", "page_kept"
A_WHILE = timedelta(minutes=1)  # what `seen` may be behind, so that not every look is a write
# Open while the screen is locked: the ways out of it, and what holds no data.
OPEN_WHILE_LOCKED = {
    "locked", "lock", "sign-out", "provider-start", "provider-back", "about", "accessibility",
    "health-live", "health-ready",
}  # fmt: skip
View = Callable[..., HttpResponse]


class SessionLimitsMiddleware:
    """Ends sessions that are too long, locks those that nobody used for a while."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if not request.user.is_authenticated:
            return None
        at, limits = now(), _limits()
        if at - moment_of(request, BEGAN) > limits.longest:
            return _end(request)
        if not is_locked(request) and at - moment_of(request, SEEN) > limits.idle:
            request.session.pop(PAGE, None)
            lock(request, at)
        if is_locked(request):
            return _keep_out(request)
        if at - moment_of(request, SEEN) > A_WHILE:
            _note(request, SEEN, at)
        return None


def begin(request: HttpRequest, at: datetime) -> None:
    """Note that somebody has just signed in."""
    for moment in (BEGAN, SEEN, SHOWN):
        _note(request, moment, at)


def show_again(request: HttpRequest, at: datetime) -> str:
    """Note that somebody has shown again who they are, and return the page they came from."""
    for moment in (SEEN, SHOWN):
        _note(request, moment, at)
    request.session.pop(LOCKED, None)
    return str(request.session.pop(PAGE, "/"))


def lock(request: HttpRequest, at: datetime) -> None:
    """Lock the screen until its user shows who they are; the page is kept."""
    if not is_locked(request):
        request.session[LOCKED] = at.isoformat()
        record("session.locked", cast(User, request.user), by=request.user, at=at)


def is_locked(request: HttpRequest) -> bool:
    return LOCKED in request.session


def keep_page(request: HttpRequest, page: str = "") -> None:
    """Keep the page to go on with; of what was sent, the page it was sent from."""
    at = page or (
        request.get_full_path() if request.method == "GET" else request.headers.get("Referer", "")
    )
    safe = url_has_allowed_host_and_scheme(at, {request.get_host()}, request.is_secure())
    request.session[PAGE] = at if safe else "/"


def recently_signed_in(view: View) -> View:
    """Mark a view for which somebody must have shown who they are a short while ago.

    Put it below `page`. What is sent from such a page may take longer: a reason is written there.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        limits = _limits()
        allowed = limits.recent if request.method in ("GET", "HEAD") else limits.writing
        if now() - moment_of(request, SHOWN) <= allowed:
            return view(request, *args, **kwargs)
        if request.method not in ("GET", "HEAD"):
            messages.warning(request, "Nothing was saved: first show again who you are.")
        keep_page(request)
        return redirect("sign-in-again")

    guarded.asks_again = True  # type: ignore[attr-defined]
    return guarded


def moment_of(request: HttpRequest, what: str) -> datetime:
    """Return one of the session's moments."""
    noted = request.session.get(what)
    if noted:
        return datetime.fromisoformat(noted)
    return cast(User, request.user).last_login or now()


def _note(request: HttpRequest, what: str, at: datetime) -> None:
    request.session[what] = at.isoformat()


def _limits() -> Sessions:
    return rules_on(local_date(now())).sessions


def _end(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    record("session.ended", user, by=None, at=now())
    logout(request)
    messages.info(request, "You were signed out, as happens once a working day. Sign in again.")
    return redirect("sign-in")


def _keep_out(request: HttpRequest) -> HttpResponse | None:
    match = request.resolver_match
    if match and match.url_name in OPEN_WHILE_LOCKED:
        return None
    if PAGE not in request.session:
        keep_page(request)
    if request.method != "GET":
        messages.warning(request, "The screen was locked: what you sent was not saved.")
    return redirect("locked")
