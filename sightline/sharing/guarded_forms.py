"""Forms about records that are not open: in an emergency, and where they are restricted."""

from typing import Any

from django import forms

from sightline.access.models import Agency
from sightline.common.fields import DayField
from sightline.sharing.emergencies import REASON
from sightline.sharing.exactly import Exactly

OFF = {"autocomplete": "off"}


class WhoForm(forms.Form):
    """Who is meant, exactly: one number of theirs, or the whole name and the birth date."""

    number = forms.CharField(
        label="A number of theirs", max_length=40, required=False,
        widget=forms.TextInput(attrs=OFF),
    )  # fmt: skip
    name = forms.CharField(
        label="Their whole name", max_length=160, required=False,
        widget=forms.TextInput(attrs=OFF),
    )  # fmt: skip
    birth_date = DayField(label="Birth date", called="birth date", required=False)

    def who(self) -> Exactly:
        said = self.cleaned_data
        return Exactly(said.get("number", ""), said.get("name", ""), said.get("birth_date"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        misread = {"number", "name", "birth_date"} & self.errors.keys()
        if not misread and not self.is_said(cleaned):
            self.add_error("number", "Give a number of theirs, or the whole name and birth date.")
        return cleaned

    def is_said(self, cleaned: dict[str, Any]) -> bool:
        return Exactly(
            cleaned.get("number", ""), cleaned.get("name", ""), cleaned.get("birth_date")
        ).is_enough


def sentence_field(label: str, least: int, *, required: bool = True) -> forms.CharField:
    """A reason in words: too few of them are none."""
    why = "Say it in a sentence."
    return forms.CharField(
        label=label, min_length=least, max_length=500, required=required,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": why, "min_length": why},
    )  # fmt: skip


class EmergencyForm(WhoForm):
    reason = sentence_field("Why can it not wait?", REASON)
    key = forms.UUIDField(widget=forms.HiddenInput)


class ReviewEmergencyForm(forms.Form):
    """What the review comes to. Nothing is chosen beforehand."""

    justified = forms.TypedChoiceField(
        label="Was it justified?", choices=[("yes", "Yes"), ("no", "No")],
        coerce=lambda value: value == "yes", widget=forms.RadioSelect,
        error_messages={"required": "Say whether it was justified."},
    )  # fmt: skip
    follows = forms.CharField(
        label="What follows?", max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("justified") is False and not cleaned.get("follows", "").strip():
            self.add_error("follows", "Say what follows: it was not justified.")
        return cleaned


def _emails(label: str) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class WhomForm(forms.Form):
    """Who sees a restricted record by name, and who sees nothing of it."""

    named = _emails("Who may see it")
    kept_users = _emails("Who must see nothing of it")
    kept_agencies = forms.ModelMultipleChoiceField(
        label="Agencies of which nobody may see it", required=False,
        queryset=Agency.objects.filter(closed_on__isnull=True),
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip


class RestrictForm(WhoForm, WhomForm):
    person = forms.IntegerField(
        label="Number of the person, as it stands in the logs", min_value=1, required=False
    )
    because = sentence_field("Why is the record restricted?", 10)

    def is_said(self, cleaned: dict[str, Any]) -> bool:
        return bool(cleaned.get("person")) or super().is_said(cleaned)


class LiftForm(forms.Form):
    because = sentence_field("Why is the restriction lifted?", 10)


class SeenForm(forms.Form):
    done = sentence_field("What did you find, and what was done?", 5)
