"""The form with which an escalation is closed."""

from django import forms


class ClosingForm(forms.Form):
    """What was done or agreed about it."""

    note = forms.CharField(
        label="What was done or agreed", widget=forms.Textarea, max_length=2000,
        error_messages={"required": "Say what was done or agreed about it"},
    )  # fmt: skip
