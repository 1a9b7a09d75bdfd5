"""Signing in and out. What is said to somebody who fails is the same whether or not the account is.

Each time is written down. A failure without an account has the number 0 for its subject: what was
typed instead of an address may be a password.
"""

from typing import Any

from django.conf import settings
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse

from sightline.access.models import User
from sightline.accounts.forms import SignInForm
from sightline.accounts.models import Issuer
from sightline.accounts.signing_in import first_step_done
from sightline.audit.commands import record
from sightline.common.clock import now


class SignIn(LoginView):
    template_name = "accounts/sign_in.html"
    authentication_form = SignInForm

    def form_valid(self, form: Any) -> HttpResponse:
        return first_step_done(self.request, form.get_user(), self.get_success_url(), now())

    def form_invalid(self, form: Any) -> HttpResponse:
        if form.non_field_errors():
            record("user.sign_in_failed", form.account(), by=None, at=now())
        return super().form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        issuers = Issuer.objects.select_related("agency").order_by("agency__name")
        return super().get_context_data(demo_logins=demo_logins(), issuers=issuers, **kwargs)


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
