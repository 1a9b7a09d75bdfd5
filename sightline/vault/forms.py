"""Forms of the vault. Nothing that stands in it is put into one: what changes is typed anew."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms

from sightline.access.models import Agency
from sightline.rules.vault.contact import Contact
from sightline.sharing.models import Item
from sightline.vault.entries import Address
from sightline.vault.looking import REASON

OFF = {"autocomplete": "off"}


def _line(label: str, *, most: int = 200, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=most, required=required, widget=forms.TextInput(attrs=OFF)
    )


def _reason(label: str) -> forms.CharField:
    return forms.CharField(
        label=label, min_length=REASON, max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Say why in a sentence.", "min_length": "Say why in a sentence."
        },
    )  # fmt: skip


class LookForm(forms.Form):
    """Why somebody needs it, and what of it: nothing is chosen beforehand."""

    items = forms.MultipleChoiceField(
        label="What do you need?", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose what you need."},
    )  # fmt: skip
    reason = _reason("Why do you need it now?")

    def __init__(self, *args: Any, items: Sequence[Item], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = cast(forms.MultipleChoiceField, self.fields["items"])
        chosen.choices = [(item.value, item.label) for item in items]


class ContactForm(forms.Form):
    """How somebody can be reached safely, in their own words."""

    how = _line("How is it safe to reach them?")
    number = _line("A safe telephone number", most=40)
    when = _line("When is it safe?")
    answers = _line("Who may answer, and who may not")
    code_word = _line("Code word", most=80)
    never_write = forms.BooleanField(label="Never write to them", required=False)
    never_leave_message = forms.BooleanField(label="Never leave a message", required=False)
    interpreter_outside_family = forms.BooleanField(
        label="An interpreter is needed, never from the family or its circle", required=False
    )
    language = _line("Language", most=80)
    note = forms.CharField(
        label="Anything else", max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    key = forms.UUIDField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not any(value for name, value in cleaned.items() if name != "key"):
            raise forms.ValidationError("Write down at least one thing.")
        return cleaned

    def contact(self) -> Contact:
        """Return what was written."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "key"}
        return Contact(**said)


class AddressForm(forms.Form):
    """Where somebody is safe, and what becomes of the address before it."""

    lines = _line("Address", most=300, required=True)
    postcode = _line("Postcode", most=10)
    note = forms.CharField(
        label="What must whoever goes there know?", max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    old_stays_secret = forms.TypedChoiceField(
        label="If there was another safe address, must it still be held back?",
        choices=[("yes", "Yes: a refuge, or they may go back"), ("no", "No, they have left it")],
        widget=forms.RadioSelect,
        coerce=lambda said: said == "yes",
        error_messages={"required": "Choose whether the old address must still be held back."},
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def address(self) -> Address:
        said = self.cleaned_data
        return Address(said["lines"], said["postcode"], said["note"])


class EndForm(forms.Form):
    """What holds no more, and whether it must still be held back."""

    items = forms.MultipleChoiceField(
        label="What holds no more?", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose what holds no more."},
    )  # fmt: skip
    stays_secret = forms.TypedChoiceField(
        label="Must it still be held back from every page?",
        choices=[("yes", "Yes: a refuge, or they may go back"), ("no", "No, it is known or left")],
        widget=forms.RadioSelect,
        coerce=lambda said: said == "yes",
        error_messages={"required": "Choose whether it must still be held back."},
    )

    def __init__(self, *args: Any, items: Sequence[Item], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = cast(forms.MultipleChoiceField, self.fields["items"])
        chosen.choices = [(item.value, item.label) for item in items]


class AgencyForm(forms.Form):
    """Which other agency needs it."""

    agency = forms.TypedChoiceField(
        label="Which agency needs it?", coerce=int,
        error_messages={"required": "Choose an agency."},
    )  # fmt: skip
    items = forms.MultipleChoiceField(
        label="What does it need?", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose what it needs."},
    )  # fmt: skip
    confirmed = forms.BooleanField(
        label="They have to go there, make it safe, or reach this person, and this person was "
        "told who has it",
        error_messages={"required": "Confirm that they need it. Else it may not be shared."},
    )

    def __init__(
        self, *args: Any, agencies: Sequence[Agency], items: Sequence[Item], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.TypedChoiceField, self.fields["agency"]).choices = [
            ("", "Choose"), *((agency.pk, agency.name) for agency in agencies)
        ]  # fmt: skip
        cast(forms.MultipleChoiceField, self.fields["items"]).choices = [
            (item.value, item.label) for item in items
        ]


class SeenForm(forms.Form):
    """What was done about an alarm."""

    done = _reason("What did you do about it?")
    release = forms.BooleanField(
        label="Other families live in this postcode: hold back only the house with its street",
        required=False,
    )
