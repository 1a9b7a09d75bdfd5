"""What one signs in with: one's password, app, passkeys and recovery codes."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sightline.access.queries import user_of
from sightline.accounts import factors, passkeys, totp
from sightline.accounts.entry import change_password
from sightline.accounts.forms import PasswordForm
from sightline.accounts.models import Issuer
from sightline.accounts.presenters import row_of
from sightline.accounts.recovery import codes_left
from sightline.accounts.sessions import recently_signed_in
from sightline.accounts.views.second import show_new_codes
from sightline.common.clock import now
from sightline.common.errors import WrongMoment


@recently_signed_in
def your_sign_in(request: HttpRequest) -> HttpResponse:
    """Show what one signs in with; remove a passkey, make new recovery codes."""
    user = user_of(request)
    if "new_codes" in request.POST:
        return show_new_codes(request, user)
    if request.POST.get("remove", "").isdecimal():
        return _remove(request, int(request.POST["remove"]))
    context = {
        "app": totp.authenticator_of(user),
        "passkeys": passkeys.passkeys_of(user),
        "codes": codes_left(user),
        "access": row_of(user, now()),
        "issuer": None
        if user.has_usable_password()
        else Issuer.objects.filter(agency=user.agency).first(),
    }
    return render(request, "accounts/your_sign_in.html", context)


def _remove(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        factors.remove_passkey(user=user_of(request), pk=pk, now=now())
        messages.success(request, "The passkey opens nothing any more.")
    except WrongMoment as refusal:
        messages.error(request, str(refusal))
    return redirect("your-sign-in")


@recently_signed_in
def password(request: HttpRequest) -> HttpResponse:
    """Choose another password; one stays signed in here, and nowhere else."""
    user = user_of(request)
    if not user.has_usable_password():
        return redirect("your-sign-in")
    form = PasswordForm(user, request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "accounts/password.html", {"form": form})
    user = change_password(user=user, password=form.cleaned_data["password"], now=now())
    update_session_auth_hash(request, user)
    messages.success(request, "Your password is changed. Everywhere else you are signed out.")
    return redirect("your-sign-in")
