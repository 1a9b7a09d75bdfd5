"""The form with which a file is uploaded."""

from typing import Any

from django import forms

from sightline.access.models import Agency, AgencyKind
from sightline.intake.models import ImportKind


class UploadForm(forms.Form):
    """Which file, what is in it, and whose notifications it speaks of."""

    file = forms.FileField(
        label="The file",
        help_text="CSV or XLSX, with the names of the columns in the first row.",
        error_messages={"required": "Choose a file", "empty": "The file is empty"},
    )
    kind = forms.ChoiceField(
        label="What is in it",
        choices=ImportKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what is in the file"},
    )
    sender = forms.ModelChoiceField(
        label="Police force that made the notifications",
        queryset=Agency.objects.none(),
        empty_label="Choose a force",
        help_text="For decisions and social care, too: the force under whose references they are.",
        error_messages={"required": "Choose the police force"},
    )
    history = forms.BooleanField(
        label="These are of the past: screen nobody and tell no school because of them",
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        forces = Agency.objects.filter(kind=AgencyKind.POLICE, closed_on__isnull=True)
        self.fields["sender"].queryset = forces  # type: ignore[attr-defined]
        if len(forces) == 1:
            self.fields["sender"].initial = forces[0].pk
