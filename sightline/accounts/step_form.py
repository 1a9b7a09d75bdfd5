"""The second step as a form: a typed code, or what a browser answered for a passkey."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from sightline.access.models import User
from sightline.accounts.factors import take
from sightline.accounts.forms import code_field, one_at_a_time
from sightline.accounts.limits import forgive
from sightline.accounts.passkeys import REFUSED, State, take_passkey
from sightline.audit.commands import record
from sightline.common.clock import now


class SecondStepForm(forms.Form):
    """Valid when the user has shown their second factor; it is used up then."""

    code = code_field("one-time-code", required=False)
    answer = forms.CharField(required=False, max_length=20_000, widget=forms.HiddenInput)

    def __init__(self, request: HttpRequest, user: User, challenge: State | None) -> None:
        super().__init__(request.POST if request.method == "POST" else None)
        self._request, self._user, self._challenge = request, user, challenge

    def clean(self) -> dict[str, Any]:
        code, answer = self.cleaned_data.get("code", ""), self.cleaned_data.get("answer", "")
        if not code and not answer:
            raise ValidationError({"code": "Enter the code"})
        keys = one_at_a_time(self._request, self._user.email, "second")
        if answer:
            right = take_passkey(self._user, answer, self._challenge, now())
        else:
            right = take(self._user, code, now())
        if not right:
            record("user.second_factor_failed", self._user, by=None, at=now())
            raise ValidationError(REFUSED if answer else {"code": "That code is not right"})
        forgive(keys, now())
        return self.cleaned_data
