"""Forms about people."""

from collections.abc import Collection
from typing import Any, cast

from django import forms


class SearchForm(forms.Form):
    q = forms.CharField(
        label="Whatever you know, in any order",
        max_length=200,
        strip=True,
        error_messages={"required": "Enter a name, a date of birth, a number or an address"},
    )


class LookAgainForm(forms.Form):
    reason = forms.CharField(
        label="Why do you need to see this case?",
        min_length=10,
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Say why you need to see this case",
            "min_length": "Say in a sentence why you need to see this case",
        },
    )
    key = forms.UUIDField(widget=forms.HiddenInput)  # a second click opens nothing more


QUESTIONS = {
    "same": (
        "Are these the same person?",
        [
            ("same", "The same person"),
            ("not_same", "Not the same person"),
            ("unsure", "I cannot tell"),
        ],
    ),
    "odd": (
        "Is this one person or several?",
        [
            ("same", "One person"),
            ("not_same", "Several: go on to part them"),
            ("unsure", "I cannot tell"),
        ],
    ),
}


class ReviewForm(forms.Form):
    """An answer to one question. Nothing is chosen beforehand.

    reasoned: answers that must say why.
    """

    decision = forms.ChoiceField(
        widget=forms.RadioSelect, error_messages={"required": "Choose an answer."}
    )
    because = forms.CharField(
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, kind: str, reasoned: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reasoned = reasoned
        decision = cast(forms.ChoiceField, self.fields["decision"])
        decision.label, decision.choices = QUESTIONS[kind]
        self.fields["because"].label = _why(reasoned)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("decision") in self.reasoned and not cleaned.get("because"):
            self.add_error("because", "Say in a few words what tells you.")
        return cleaned


def _why(reasoned: Collection[str]) -> str:
    """Return the label of the reason: whether it is needed, and for what."""
    if not reasoned:
        return "What tells you? (optional)"
    if len(reasoned) > 1:
        return "What tells you? Needed, as two disagree"
    return "What tells you? Needed for “the same”, against the doubt"


class PersonNumberForm(forms.Form):
    person = forms.IntegerField(label="Number of the person", min_value=1, required=False)

    def number(self) -> int | None:
        """Return the number asked for, or None for everybody."""
        return self.cleaned_data.get("person") if self.is_valid() else None


class SignOffForm(forms.Form):
    """The signature under a chapter of the rules, in the words that were read."""

    read = forms.CharField(widget=forms.HiddenInput, max_length=64)
    note = forms.CharField(
        label="What should be remembered about this signature?",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
