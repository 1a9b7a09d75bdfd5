"""Referring a pair, and taking a referral back."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms

from sightline.meetings.marac.pairs import PairOf


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


class WithdrawForm(forms.Form):
    """Why a referral is taken back."""

    because = forms.CharField(
        label="Why it is taken back", max_length=300, error_messages={"required": "Say why"}
    )
