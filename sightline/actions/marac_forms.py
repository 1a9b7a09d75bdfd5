"""Hearing a pair at a MARAC, and what agencies are to do after it."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from sightline.access.models import Agency, AgencyKind
from sightline.actions.forms import ActionRow

ROWS = 4


class HearingForm(forms.Form):
    """What was found and what is to happen."""

    summary = forms.CharField(
        label="What was found, and what is to happen", widget=forms.Textarea,
        help_text="No address: the minutes go to every member.",
        error_messages={"required": "Sum up what was found and what is to happen"},
    )  # fmt: skip


def after_hearing() -> QuerySet[Agency]:
    """Return the agencies that may be given an action after a hearing: all that work, no school."""
    there = Agency.objects.filter(closed_on__isnull=True)
    return there.exclude(kind=AgencyKind.SCHOOL).order_by("name")


def rows_after_hearing(data: Any) -> list[ActionRow]:
    """Return the rows in which actions are agreed."""
    agencies = after_hearing()
    return [ActionRow(agencies, data=data, prefix=f"action{n + 1}") for n in range(ROWS)]
