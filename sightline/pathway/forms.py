"""Forms for saying who is who. Nothing is chosen beforehand, and every change needs a reason."""

from typing import Any, cast

from django import forms

BECAUSE = "Say in a few words what tells you. The reason stays in the record."


def _because(label: str) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": BECAUSE},
    )  # fmt: skip


class JoinForm(forms.Form):
    """Two persons, side by side: one, or two."""

    other = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    decision = forms.ChoiceField(
        label="Are these the same person?",
        widget=forms.RadioSelect,
        choices=[
            ("join", "One person: join the records"),
            ("not_same", "Two people: keep the records apart"),
        ],
        error_messages={"required": "Choose whether these are one person or two."},
    )
    because = _because("What tells you?")


class MentionsForm(forms.Form):
    """Which mentions of a person are somebody else's. The choices are the person's mentions."""

    mentions = forms.TypedMultipleChoiceField(
        label="Which of these speak of somebody else?",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Choose what was written about somebody else.",
            "invalid_choice": "Some of these are linked to somebody else already. Look again.",
        },
    )

    def __init__(self, *args: Any, choices: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.some = len(choices)
        cast(forms.TypedMultipleChoiceField, self.fields["mentions"]).choices = choices

    def clean_mentions(self) -> list[int]:
        chosen: list[int] = self.cleaned_data["mentions"]
        if len(chosen) == self.some:
            raise forms.ValidationError("Leave at least one with this person.")
        return chosen


class SplitForm(MentionsForm):
    """The same, with the plan that was shown and the reason."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    because = _because("What tells you that these are two people?")


class UndoForm(forms.Form):
    """Why a change is taken back."""

    because = _because("Why is it taken back?")
