"""May this be told, and what is decided? Sent by POST, so that no fact stands in an address."""

from typing import Any, cast

from django import forms

from sightline.access.models import Agency
from sightline.people.models import Mention
from sightline.rules.sharing.deciding import Given
from sightline.rules.sharing.describe import options
from sightline.rules.sharing.parts import Matter, Pack, Recipient
from sightline.sharing.telling import Wondering

AGREED = [
    (Given.NOT_ASKED, "Nobody was asked"),
    (Given.YES, "They agreed"),
    (Given.NO, "They said no"),
]


def _other(label: str) -> forms.TypedChoiceField:
    """What is also called consent: kept apart from agreement, and no rule asks for it."""
    return forms.TypedChoiceField(
        label=label, choices=AGREED, coerce=Given, required=False, empty_value=Given.NOT_ASKED,
        widget=forms.RadioSelect, initial=Given.NOT_ASKED,
    )  # fmt: skip


class TellingForm(forms.Form):
    """What, to whom, and what is known that bears on it."""

    matter = forms.ChoiceField(
        label="About", error_messages={"required": "Choose what you would tell."}
    )
    to = forms.ChoiceField(label="May I tell", error_messages={"required": "Choose whom to tell."})
    agreed = forms.ChoiceField(
        label="Agreement to a service, or to be told of",
        choices=AGREED,
        widget=forms.RadioSelect,
        initial=Given.NOT_ASKED,
    )
    treatment = _other("Consent to medical treatment")
    data_consent = _other("Consent under data protection law")
    unsafe = forms.MultipleChoiceField(
        label="Why they should not be asked",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    confirmed = forms.BooleanField(label="The condition of the rule is met", required=False)
    detrimental = forms.CharField(
        label="If telling would harm the child more than not telling, how?",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    agency = forms.TypedChoiceField(label="Told to", required=False, coerce=int, empty_value=None)
    because = forms.CharField(
        label="If you decide otherwise than the rules, why?",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, pack: Pack, **options_given: Any) -> None:
        super().__init__(*args, **options_given)
        matters, recipients = options(pack)
        self._choices("matter", [("", "Choose"), *matters.items()])
        self._choices("to", [("", "Choose"), *recipients.items()])
        self._choices("unsafe", [(reason.id, reason.name) for reason in pack.unsafe])
        self.offer([])

    def _choices(self, name: str, choices: list[tuple[Any, str]]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = choices

    def offer(self, agencies: list[Agency]) -> None:
        """Offer the agencies that may be meant, and the telephone."""
        self._choices(
            "agency",
            [("", "By other means: telephone, letter, their own system"),
             *((agency.pk, f"{agency.name}, in Sightline") for agency in agencies)],
        )  # fmt: skip

    def was_asked(self) -> bool:
        """Whether the form says that anybody was asked to agree or consent to anything."""
        asked = (self[name].value() for name in ("agreed", "treatment", "data_consent"))
        return any(value not in (None, "", Given.NOT_ASKED) for value in asked)

    def to_whom(self) -> Recipient | None:
        """Return whom the posted question is about, before anything else is looked at."""
        posted = self.data.get("to", "")
        return Recipient(posted) if posted in set(Recipient) else None

    def wondering(self, mention: Mention, scale: int | None) -> Wondering:
        """Return the question of a valid form."""
        said = self.cleaned_data
        return Wondering(
            mention, Matter(said["matter"]), Recipient(said["to"]), scale, Given(said["agreed"]),
            said["unsafe"], said["confirmed"], " ".join(said["detrimental"].split()),
            said["treatment"], said["data_consent"],
        )  # fmt: skip
