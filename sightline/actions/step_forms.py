"""What an agency is asked about a step of an action, and the team about settling one."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from sightline.access.models import User
from sightline.common.clock import local_date, now
from sightline.common.fields import DayField


class CompletionForm(forms.Form):
    """What was done and what came of it, when, and who saw it."""

    note = forms.CharField(
        label="What was done, and what came of it", widget=forms.Textarea,
        error_messages={"required": "Say what was done and what came of it"},
    )  # fmt: skip
    done_on = DayField(
        called="day on which it was done", label="When it was done", required=False,
        latest=lambda: local_date(now()),
    )  # fmt: skip
    seen_by = forms.CharField(label="Who saw it", max_length=200, required=False)


class ReasonForm(forms.Form):
    """Why an action is not done."""

    because = forms.CharField(
        label="Why", widget=forms.Textarea, max_length=2000,
        error_messages={"required": "Say why"},
    )  # fmt: skip


class OwnerForm(forms.Form):
    """Who of the agency is to do it; nobody is a choice."""

    owner = forms.ModelChoiceField(
        label="Who does it", queryset=User.objects.none(), required=False,
        empty_label="Nobody yet",
    )  # fmt: skip

    def __init__(self, colleagues: QuerySet[User], **options: Any) -> None:
        super().__init__(**options)
        field = cast("forms.ModelChoiceField[User]", self.fields["owner"])
        field.queryset = colleagues
