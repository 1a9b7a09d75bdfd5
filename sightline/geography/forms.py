"""The form with which a reference file is uploaded."""

from typing import Any

from django import forms
from django.conf import settings

from sightline.common.fields import DayField


class EditionForm(forms.Form):
    """Which file, how its publisher calls it, and from when it holds."""

    file = forms.FileField(
        label="The file",
        help_text="CSV, or GeoJSON for boundaries. What it is, its columns say.",
        error_messages={"required": "Choose a file", "empty": "The file is empty"},
    )
    vintage = forms.CharField(
        label="Edition", max_length=60, help_text="As it is called, such as November 2025",
        error_messages={"required": "Enter the edition"},
    )  # fmt: skip
    source = forms.CharField(
        label="Who published it, and under which licence", max_length=200,
        help_text="Such as Office for National Statistics, Open Government Licence v3.0",
        error_messages={"required": "Enter who published it"},
    )  # fmt: skip
    holds_from = DayField(
        label="From which day it is used", called="first day", help_text="Such as 1 12 2025"
    )
    councils = forms.CharField(
        label="Whose area to keep", required=False, max_length=200,
        help_text="The code of the council, such as E08000027; several with commas between. "
        "National figures need none: all councils are kept, to compare with.",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["councils"].initial = ", ".join(settings.COUNCILS)

    def clean_councils(self) -> tuple[str, ...]:
        written = self.cleaned_data["councils"].upper().replace(",", " ")
        return tuple(written.split())
