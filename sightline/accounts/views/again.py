"""Locking the screen, and showing again who one is: for it, or for something dangerous."""

from typing import cast

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from sightline.access.models import User
from sightline.accounts.forms import AgainForm
from sightline.accounts.models import Issuer
from sightline.accounts.sessions import is_locked, keep_page, lock, show_again
from sightline.audit.commands import record
from sightline.common.clock import now


@require_POST
def lock_screen(request: HttpRequest) -> HttpResponse:
    """Lock the screen; the page that was open is gone on with later."""
    if not is_locked(request):
        keep_page(request, request.POST.get("page", ""))
        lock(request, now())
    return redirect("locked")


def still_here(request: HttpRequest) -> HttpResponse:
    """Say that one is signed in and not locked; whoever is not is led elsewhere before this."""
    return HttpResponse("here", content_type="text/plain")


@login_not_required
def locked(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect("sign-in")
    return _again(request, "accounts/locked.html") if is_locked(request) else redirect("home")


def sign_in_again(request: HttpRequest) -> HttpResponse:
    return _again(request, "accounts/sign_in_again.html")


def _again(request: HttpRequest, template: str) -> HttpResponse:
    user = cast(User, request.user)
    form = AgainForm(request, user)
    if form.is_valid():
        record("user.shown_again", user, by=user, at=now())
        return redirect(show_again(request, now()))
    if form.is_bound and request.POST.get("password"):
        record("user.sign_in_failed", user, by=None, at=now())
    issuer = (
        None if user.has_usable_password() else Issuer.objects.filter(agency=user.agency).first()
    )
    return render(request, template, {"form": form, "issuer": issuer})
