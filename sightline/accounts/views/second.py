"""The second step of signing in, and adding a second factor: on the way in or later."""

import json
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sightline.access.models import User
from sightline.accounts import passkeys, totp
from sightline.accounts.factors import has_second_factor
from sightline.accounts.forms import CodeForm, PasskeyForm
from sightline.accounts.recovery import codes_left, new_recovery_codes
from sightline.accounts.sealing import seal, unseal
from sightline.accounts.sessions import recently_signed_in
from sightline.accounts.signing_in import Entering, entering, finish
from sightline.accounts.step_form import SecondStepForm
from sightline.common.clock import now
from sightline.common.errors import NotUnderstood

SECRET, CHALLENGE, CODES = "new_secret", "passkey", "codes_to_show"
FEW = 3  # recovery codes: with no more left one is told


@login_not_required
def second_factor(request: HttpRequest) -> HttpResponse:
    """Ask for a code of the app, a recovery code or a passkey."""
    on_the_way = entering(request, now())
    if on_the_way is None or not has_second_factor(on_the_way.user):
        return redirect("sign-in")
    challenge = request.session.pop(CHALLENGE, None) if request.method == "POST" else None
    form = SecondStepForm(request, on_the_way.user, challenge)
    if form.is_valid():
        return _in(request, on_the_way)
    options = ""
    if passkeys.passkeys_of(on_the_way.user).exists():
        options, request.session[CHALLENGE] = passkeys.options_to_use(on_the_way.user)
    return render(request, "accounts/second_factor.html", {"form": form, "options": options})


def _in(request: HttpRequest, on_the_way: Entering) -> HttpResponse:
    response = finish(request, on_the_way.user, on_the_way.next, now())
    left = codes_left(on_the_way.user)
    if left <= FEW:
        messages.warning(
            request, f"You have {left} recovery codes left. Make new ones on “Your sign-in”."
        )
    return response


@login_not_required
def new(request: HttpRequest) -> HttpResponse:
    """Add an authenticator app or a passkey: on the way in it must be, later it may be."""
    on_the_way = entering(request, now())
    if on_the_way and not has_second_factor(on_the_way.user):
        return _new(request, on_the_way.user, on_the_way)
    if request.user.is_authenticated:
        return recently_signed_in(_own)(request)
    return redirect("second-factor" if on_the_way else "sign-in")


def _own(request: HttpRequest) -> HttpResponse:
    return _new(request, cast(User, request.user), None)


def _new(request: HttpRequest, user: User, on_the_way: Entering | None) -> HttpResponse:
    code = CodeForm(request.POST if "code" in request.POST else None)
    key = PasskeyForm(request.POST if "answer" in request.POST else None)
    if request.method == "POST" and (
        _app_added(request, user, code) or _key_added(request, user, key)
    ):
        return _added(request, user, on_the_way)
    secret = _secret(request)
    options, request.session[CHALLENGE] = passkeys.options_to_add(user)
    context = {
        "form": key if key.is_bound else code, "code": code, "key": key, "options": options,
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        "must": on_the_way is not None,
    }  # fmt: skip
    return render(request, "accounts/second_factor_new.html", context)


def _app_added(request: HttpRequest, user: User, form: CodeForm) -> bool:
    if not form.is_bound or not form.is_valid():
        return False
    code = "".join(form.cleaned_data["code"].split())
    try:
        totp.add_authenticator(user=user, secret=_secret(request), code=code, now=now())
    except NotUnderstood as refusal:
        form.add_error("code", str(refusal))
        return False
    return True


def _key_added(request: HttpRequest, user: User, form: PasskeyForm) -> bool:
    if not form.is_bound or not form.is_valid():
        return False
    state = request.session.get(CHALLENGE)
    try:
        passkeys.add_passkey(user=user, state=state, now=now(), **form.cleaned_data)
    except NotUnderstood as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _secret(request: HttpRequest) -> str:
    """Return the secret that this session offers to an app: the same until one has taken it."""
    if SECRET not in request.session:
        request.session[SECRET] = seal(totp.new_secret())
    return unseal(request.session[SECRET])


def _added(request: HttpRequest, user: User, on_the_way: Entering | None) -> HttpResponse:
    """After the first factor come the recovery codes; after another, one is back at one's own."""
    request.session.pop(SECRET, None)
    if on_the_way is None and codes_left(user):
        messages.success(request, "Added. You can sign in with it from now on.")
        return redirect("your-sign-in")
    return show_new_codes(request, user)


def show_new_codes(request: HttpRequest, user: User) -> HttpResponse:
    """Make recovery codes and go to the page that shows them until they are written down."""
    request.session[CODES] = seal(json.dumps(new_recovery_codes(user=user, now=now())))
    return redirect("recovery-codes")


@login_not_required
def app_picture(request: HttpRequest) -> HttpResponse:
    """Return the picture that an app reads, of the secret that this session offers."""
    on_the_way = entering(request, now())
    user = on_the_way.user if on_the_way else request.user
    if SECRET not in request.session or not isinstance(user, User):
        if not isinstance(user, User):
            return redirect("sign-in")
        raise Http404
    return HttpResponse(totp.picture(_secret(request), user), content_type="image/png")


@login_not_required
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Show new recovery codes until their owner says that they are kept; then go on."""
    on_the_way = entering(request, now())
    if CODES not in request.session:
        return redirect("your-sign-in" if request.user.is_authenticated else "sign-in")
    if request.method == "POST":
        del request.session[CODES]
        if on_the_way:
            return finish(request, on_the_way.user, on_the_way.next, now())
        messages.success(request, "Your earlier recovery codes open nothing any more.")
        return redirect("your-sign-in")
    codes = json.loads(unseal(request.session[CODES]))
    return render(request, "accounts/recovery_codes.html", {"codes": codes})
