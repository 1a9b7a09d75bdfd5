"""Forms about people."""

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


class ReviewForm(forms.Form):
    decision = forms.ChoiceField(
        label="Are these the same person?",
        choices=[("same", "Yes, the same person"), ("not_same", "No, two different people")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether these are the same person."},
    )
    because = forms.CharField(
        label="What tells you?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say in a few words what tells you."},
    )


class PersonNumberForm(forms.Form):
    person = forms.IntegerField(label="Number of the person", min_value=1, required=False)

    def number(self) -> int | None:
        """Return the number asked for, or None for everybody."""
        return self.cleaned_data.get("person") if self.is_valid() else None
