"""Forms of signing in."""

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from sightline.access.models import User
from sightline.accounts.entry import find_entry_code
from sightline.accounts.limits import Keys, attempt, forgive, keys_of
from sightline.accounts.models import EntryCode
from sightline.common.clock import now
from sightline.common.words import plural

NOBODY = 0
WRONG = "The e-mail address or the password is not right"


def email_field() -> forms.CharField:
    return forms.CharField(
        label="E-mail address",
        max_length=254,
        error_messages={"required": "Enter your e-mail address"},
        widget=forms.EmailInput(attrs={"autocomplete": "username", "spellcheck": "false"}),
    )


def password_field(label: str, required: str, autocomplete: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        strip=False,
        error_messages={"required": required},
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
    )


def code_field(autocomplete: str, *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label="Code",
        max_length=40,
        required=required,
        error_messages={"required": "Enter the code"},
        widget=forms.TextInput(attrs={"autocomplete": autocomplete, "spellcheck": "false"}),
    )


def one_at_a_time(request: HttpRequest, account: str, what: str) -> Keys:
    """Count an attempt and return its keys. Raises ValidationError when one has to wait first.

    What is said is the same whether or not the account is.
    """
    keys = keys_of(request, account, what)
    if left := attempt(keys, now()):
        seconds = int(left.total_seconds()) + 1
        wait = plural(seconds, "second") if seconds < 120 else plural(-(-seconds // 60), "minute")
        raise ValidationError(
            f"There have been too many attempts. Wait {wait} and try again", code="wait"
        )
    return keys


class SignInForm(AuthenticationForm):
    error_messages = {"invalid_login": WRONG, "inactive": WRONG}
    username = email_field()
    password = password_field("Password", "Enter your password", "current-password")

    def clean_username(self) -> str:
        return str(self.cleaned_data["username"]).strip().lower()

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if self.request is None or "username" not in said or "password" not in said:
            return said
        keys = one_at_a_time(self.request, said["username"], "sign-in")
        found: dict[str, Any] = super().clean()
        forgive(keys, now())
        return found

    def account(self) -> User:
        """Return the account that was meant, or one without a record and the number 0."""
        email = self.cleaned_data.get("username", "")
        return User.objects.filter(email=email).first() or User(pk=NOBODY)


class AgainForm(forms.Form):
    """Somebody who is signed in shows again, with their password, who they are."""

    password = password_field("Your password", "Enter your password", "current-password")

    def __init__(self, request: HttpRequest, user: User) -> None:
        super().__init__(request.POST if request.method == "POST" else None)
        self._request, self._user = request, user

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        keys = one_at_a_time(self._request, self._user.email, "sign-in")
        if authenticate(self._request, username=self._user.email, password=password) is None:
            raise ValidationError("The password is not right")
        forgive(keys, now())
        return password


class CodeForm(forms.Form):
    code = code_field("one-time-code")


class EntryForm(forms.Form):
    """The code of an administrator. Counted by address alone: strangers cannot spoil it."""

    email = email_field()
    code = code_field("off")
    found: EntryCode

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request.POST if request.method == "POST" else None)
        self._request = request

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if "email" not in said or "code" not in said:
            return said
        keys = one_at_a_time(self._request, "", "entry")
        found = find_entry_code(said["email"], said["code"], now())
        if found is None:
            raise ValidationError("The address and the code do not belong together, or it is over")
        self.found = found
        forgive(keys, now())
        return said


class PasswordForm(forms.Form):
    """A new password, twice. What makes a password good enough is in the settings."""

    password = password_field("New password", "Enter a password", "new-password")
    again = password_field("The same password again", "Enter the password again", "new-password")

    def __init__(self, user: User, data: Any = None) -> None:
        super().__init__(data)
        self._user = user

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        validate_password(password, self._user)
        return password

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if "password" in said and "again" in said and said["password"] != said["again"]:
            self.add_error("again", "The two passwords are not the same")
        return said


class PasskeyForm(forms.Form):
    label = forms.CharField(
        label="What to call it",
        max_length=60,
        error_messages={"required": "Give the passkey a name, such as “work telephone”"},
    )
    answer = forms.CharField(widget=forms.HiddenInput, max_length=20_000)
