"""To an agency's own sign-in and back: to come in, to be bound for the first time, to show again.

The way there is a link and not a form: a strict `form-action` lets no form lead to another site.
"""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from sightline.access.models import User
from sightline.accounts.models import Issuer
from sightline.accounts.providers import (
    ProviderFailed,
    bind,
    go_there,
    user_of_subject,
    who_came_back,
)
from sightline.accounts.sessions import show_again
from sightline.accounts.signing_in import first_step_done, kept_entry_code
from sightline.audit.commands import record
from sightline.common.clock import now
from sightline.common.errors import WrongMoment

THERE = "provider"
NOBODY = 0
FAILED = "Your agency's sign-in did not work here. Try again, or ask your administrator."


@login_not_required
def start(request: HttpRequest, pk: int) -> HttpResponse:
    issuer = Issuer.objects.filter(pk=pk).first()
    if issuer is None:
        return redirect("sign-in")
    back_here = settings.BASE_URL.rstrip("/") + reverse("provider-back")
    request.session[THERE] = {"issuer": issuer.pk, "next": request.GET.get("next", "")}
    try:
        return go_there(issuer, request, back_here, again=request.user.is_authenticated)
    except ProviderFailed:
        return _failed(request)


@login_not_required
def back(request: HttpRequest) -> HttpResponse:
    there = request.session.pop(THERE, None)
    issuer = Issuer.objects.filter(pk=there["issuer"]).first() if there else None
    if issuer is None:
        return redirect("sign-in")
    try:
        subject = who_came_back(issuer, request, now(), again=request.user.is_authenticated)
    except ProviderFailed:
        return _failed(request)
    if isinstance(request.user, User):
        return _shown_again(request, request.user, user_of_subject(issuer, subject))
    return _come_in(request, issuer, subject, there["next"])


def _shown_again(request: HttpRequest, user: User, found: User | None) -> HttpResponse:
    if found != user:
        return _failed(request, user)
    record("user.shown_again", user, by=user, at=now())
    return redirect(show_again(request, now()))


def _come_in(request: HttpRequest, issuer: Issuer, subject: str, next_page: str) -> HttpResponse:
    code = kept_entry_code(request, now())
    try:
        user = (
            bind(issuer=issuer, subject=subject, code=code, now=now())
            if code
            else user_of_subject(issuer, subject)
        )
    except WrongMoment as refusal:
        messages.error(request, str(refusal))
        return redirect("sign-in")
    if user is None:
        return _failed(request)
    return first_step_done(request, user, next_page, now(), second=not issuer.asks_second_factor)


def _failed(request: HttpRequest, user: User | None = None) -> HttpResponse:
    record("user.sign_in_failed", user or User(pk=NOBODY), by=None, at=now())
    messages.error(request, FAILED)
    return redirect("sign-in-again" if request.user.is_authenticated else "sign-in")
