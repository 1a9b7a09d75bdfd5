"""Referring a pair, hearing it, saying what was done."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from sightline.access.models import Agency
from sightline.common.clock import local_date, now
from sightline.common.fields import DayField
from sightline.meetings.marac.hearing import ForAgency
from sightline.meetings.marac.pairs import PairOf

ROWS = 4


class ReferForm(forms.Form):
    """Which two, and why in a professional's judgement where the record meets no criterion."""

    pair = forms.ChoiceField(
        widget=forms.RadioSelect, label="Who is referred",
        error_messages={"required": "Choose who is referred"},
    )  # fmt: skip
    judgement = forms.CharField(
        label="Professional judgement: why the risk is high", widget=forms.Textarea, required=False,
        help_text="Needed where the record meets no criterion; welcome where it does.",
    )  # fmt: skip

    def __init__(self, pairs: Sequence[tuple[PairOf, str]], data: Any = None) -> None:
        super().__init__(data)
        chosen = cast(forms.ChoiceField, self.fields["pair"])
        chosen.choices = [(f"{v}-{p}", words) for (v, p), words in pairs]

    def chosen(self) -> PairOf:
        victim, perpetrator = self.cleaned_data["pair"].split("-")
        return int(victim), int(perpetrator)


class HearingForm(forms.Form):
    """What was found and what is to happen."""

    summary = forms.CharField(
        label="What was found, and what is to happen", widget=forms.Textarea,
        help_text="No address: the minutes go to every member.",
        error_messages={"required": "Sum up what was found and what is to happen"},
    )  # fmt: skip


class ForAgencyRow(forms.Form):
    """What one agency is to do. A row that is left empty says nothing."""

    agency = forms.ModelChoiceField(
        label="Agency", queryset=Agency.objects.none(), empty_label="Choose an agency",
        error_messages={"required": "Choose the agency that is to do it"},
    )  # fmt: skip
    what = forms.CharField(
        label="What it is to do", max_length=300,
        error_messages={"required": "Say what the agency is to do"},
    )  # fmt: skip
    due_on = DayField(
        called="day by which it is due", label="By", earliest=lambda: local_date(now())
    )

    def __init__(self, agencies: QuerySet[Agency], **options: Any) -> None:
        super().__init__(empty_permitted=True, use_required_attribute=False, **options)
        cast("forms.ModelChoiceField[Agency]", self.fields["agency"]).queryset = agencies

    def agreed(self) -> ForAgency | None:
        return ForAgency(**self.cleaned_data) if self.cleaned_data else None


class EndForm(forms.Form):
    """Whether an action was done, and what came of it."""

    done = forms.TypedChoiceField(
        label="What became of it", widget=forms.RadioSelect, coerce=lambda said: said == "yes",
        choices=[("yes", "Done"), ("no", "Not possible")],
        error_messages={"required": "Choose what became of it"},
    )  # fmt: skip
    note = forms.CharField(
        label="What was done and what came of it, or why it was not possible",
        widget=forms.Textarea, error_messages={"required": "Say what was done, or why it was not"},
    )  # fmt: skip


class WithdrawForm(forms.Form):
    """Why a referral is taken back."""

    because = forms.CharField(
        label="Why it is taken back", max_length=300, error_messages={"required": "Say why"}
    )
