"""The first time, or after everything was lost: with the code of an administrator."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sightline.access.models import User
from sightline.accounts.entry import choose_password
from sightline.accounts.forms import EntryForm, PasswordForm
from sightline.accounts.models import Issuer
from sightline.accounts.signing_in import first_step_done, keep_entry_code, kept_entry_code
from sightline.audit.commands import record
from sightline.common.clock import now
from sightline.common.errors import WrongMoment

NOBODY = 0


@login_not_required
def first_sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for the code; then for a password, or go on to the sign-in of the user's agency."""
    form = EntryForm(request)
    if not form.is_valid():
        if form.is_bound and form.non_field_errors():
            record("entry_code.failed", User(pk=NOBODY), by=None, at=now())
        return render(request, "accounts/first_sign_in.html", {"form": form})
    keep_entry_code(request, form.found, now())
    return redirect("first-password")


@login_not_required
def first_password(request: HttpRequest) -> HttpResponse:
    """Have a password chosen, or show the way to the sign-in of the user's agency."""
    code = kept_entry_code(request, now())
    if code is None:
        messages.warning(request, "That took too long, or the code is over. Begin again.")
        return redirect("sign-in")
    issuer = Issuer.objects.filter(agency=code.user.agency).first()
    form = PasswordForm(code.user, request.POST if request.method == "POST" else None)
    if issuer is None and form.is_valid():
        try:
            user = choose_password(code=code, password=form.cleaned_data["password"], now=now())
        except WrongMoment as refusal:
            messages.error(request, str(refusal))
            return redirect("sign-in")
        return first_step_done(request, user, "", now())
    context = {"form": form, "issuer": issuer, "user": code.user}
    return render(request, "accounts/first_password.html", context)
