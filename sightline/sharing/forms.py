"""Forms about people."""

from django import forms


class SearchForm(forms.Form):
    q = forms.CharField(
        label="Name, date of birth, postcode, telephone or NHS number",
        max_length=120,
        required=False,
        strip=True,
    )


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
