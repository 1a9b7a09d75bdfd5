"""The way in: first who somebody says they are, then what they have, then they are signed in.

Between the steps nobody is signed in: the session only knows whom it is about, for ten minutes.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from sightline.access.models import User
from sightline.accounts.factors import has_second_factor
from sightline.accounts.limits import remember_browser
from sightline.accounts.models import EntryCode
from sightline.accounts.sessions import begin
from sightline.audit.commands import record

ENTERING, CODE = "entering", "entry_code"
AT_MOST = timedelta(minutes=10)
BACKEND = "django.contrib.auth.backends.ModelBackend"


@dataclass(frozen=True)
class Entering:
    """Somebody whose first step was right, and where they wanted to go."""

    user: User
    next: str


def first_step_done(
    request: HttpRequest, user: User, next_page: str, now: datetime, *, second: bool = True
) -> HttpResponse:
    """Go on to the second step, or sign the user in: `second` false, their agency has asked for it.

    Where it is set off, whoever has added one is asked for it all the same.
    """
    has_one = has_second_factor(user)
    if not second or not (has_one or settings.SECOND_FACTOR):
        return finish(request, user, next_page, now)
    request.session.flush()
    request.session[ENTERING] = {"user": user.pk, "since": now.isoformat(), "next": next_page}
    return redirect("second-factor" if has_one else "second-factor-new")


def entering(request: HttpRequest, now: datetime) -> Entering | None:
    """Return who is on the way in, or None: nobody, or for too long."""
    kept = request.session.get(ENTERING)
    if not kept or now - datetime.fromisoformat(kept["since"]) > AT_MOST:
        return None
    user = User.objects.select_related("agency").filter(pk=kept["user"], is_active=True).first()
    return Entering(user, kept["next"]) if user else None


def finish(request: HttpRequest, user: User, next_page: str, now: datetime) -> HttpResponse:
    """Sign somebody in who has shown everything that is asked for."""
    request.session.flush()
    login(request, user, backend=BACKEND)
    begin(request, now)
    record("user.signed_in", user, by=user, at=now)
    safe = url_has_allowed_host_and_scheme(next_page, {request.get_host()}, request.is_secure())
    response = redirect(next_page if safe else settings.LOGIN_REDIRECT_URL)
    remember_browser(response, request, user)
    return response


def keep_entry_code(request: HttpRequest, code: EntryCode, now: datetime) -> None:
    """Remember that the code of an administrator was right."""
    request.session.flush()
    request.session[CODE] = {"code": code.pk, "since": now.isoformat()}


def kept_entry_code(request: HttpRequest, now: datetime) -> EntryCode | None:
    """Return the code that was right a short while ago and is still good, or None."""
    kept = request.session.get(CODE)
    if not kept or now - datetime.fromisoformat(kept["since"]) > AT_MOST:
        return None
    codes = EntryCode.objects.filter(EntryCode.usable(now)).select_related("user__agency")
    return codes.filter(pk=kept["code"]).first()
