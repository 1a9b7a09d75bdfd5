"""Signing in and out. What is said to somebody who fails is the same whether or not the account is.

Each time is written down. A failure without an account has the number 0 for its subject: what was
typed instead of an address may be a password.
"""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse

from sightline.access.models import User
from sightline.audit.commands import record
from sightline.common.clock import now

NOBODY = 0


class SignInForm(AuthenticationForm):
    error_messages = {
        "invalid_login": "The e-mail address or the password is not right",
        "inactive": "The e-mail address or the password is not right",
    }
    username = forms.CharField(
        label="E-mail address",
        error_messages={"required": "Enter your e-mail address"},
        widget=forms.EmailInput(attrs={"autocomplete": "username", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label="Password",
        strip=False,
        error_messages={"required": "Enter your password"},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def clean_username(self) -> str:
        return str(self.cleaned_data["username"]).strip().lower()

    def account(self) -> User:
        """Return the account that was meant, or one without a record and the number 0."""
        email = self.cleaned_data.get("username", "")
        return User.objects.filter(email=email).first() or User(pk=NOBODY)


class SignIn(LoginView):
    template_name = "access/sign_in.html"
    authentication_form = SignInForm

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        user = form.get_user()
        record("user.signed_in", user, by=user, at=now())
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        if form.non_field_errors():
            record("user.sign_in_failed", form.account(), by=None, at=now())
        return super().form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(demo_logins=demo_logins(), **kwargs)


class SignOut(LogoutView):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if isinstance(request.user, User):
            record("user.signed_out", request.user, by=request.user, at=now())
        return super().post(request, *args, **kwargs)


def demo_logins() -> list[tuple[str, str]]:
    """Return e-mail address and role of the invented people of the demo; nothing outside it."""
    if not settings.DEMO:
        return []
    people = User.objects.filter(email__endswith=".example", is_active=True).order_by("pk")
    return [(user.email, user.role_names) for user in people if user.roles]
