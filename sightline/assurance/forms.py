"""The form of an audit: each theme answered, nothing chosen beforehand."""

from typing import Any
from uuid import uuid4

from django import forms

from sightline.access.models import Agency
from sightline.assurance.queries import councils
from sightline.rules.assurance.themes import FileAudit, Met

MET = [(met.value, met.words) for met in Met]


class AuditForm(forms.Form):
    """Whose file it is, how far it holds up in each theme, and what is to be learned."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    council = forms.ModelChoiceField(
        label="Whose file it is", queryset=Agency.objects.none(), empty_label="Choose a council",
        error_messages={"required": "Choose whose file it is"},
    )  # fmt: skip
    learning = forms.CharField(
        label="What is to be learned", widget=forms.Textarea, max_length=4000, required=False
    )

    def __init__(self, version: FileAudit, data: Any = None) -> None:
        super().__init__(data)
        self.version = version
        council: Any = self.fields["council"]
        council.queryset = councils().order_by("name")
        for theme in version.themes:
            self.fields[theme.id] = forms.ChoiceField(
                label=theme.name, choices=MET, widget=forms.RadioSelect,
                error_messages={"required": f"{theme.name}: say how far the file holds up"},
            )  # fmt: skip
            self.fields[f"{theme.id}_evidence"] = forms.CharField(
                label="What shows it, or what is missing", widget=forms.Textarea,
                max_length=2000, required=False,
            )  # fmt: skip

    @property
    def found(self) -> dict[str, tuple[str, str]]:
        """What record_audit is given."""
        said = self.cleaned_data
        return {one.id: (said[one.id], said[f"{one.id}_evidence"]) for one in self.version.themes}

    def asked(self) -> list[tuple[Any, Any, tuple[str, ...]]]:
        """Return for each theme its two fields and what to look for."""
        return [
            (self[one.id], self[f"{one.id}_evidence"], one.questions) for one in self.version.themes
        ]


class WithdrawForm(forms.Form):
    """Why an audit is withdrawn."""

    because = forms.CharField(
        label="Why it is withdrawn", max_length=300,
        error_messages={"required": "Say why it is withdrawn"},
    )  # fmt: skip
