"""What a school writes down, and how the screening team finds out whom to tell."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from sightline.common.clock import local_date, now
from sightline.common.fields import DayField
from sightline.directory.models import School

OTHERWISE = {
    "telephone": "The school was told by telephone",
    "home_education": "The council's officer for home education was told",
    "elsewhere": "A school outside this directory was told",
    "nobody": "The child is at no school: nobody is to be told",
}


class SupportForm(forms.Form):
    support = forms.CharField(
        label="What the school did for the pupil",
        max_length=4000,
        widget=forms.Textarea,
        error_messages={"required": "Write what the school did for the pupil"},
    )


class SchoolForm(forms.Form):
    """Which of the schools that a search found. None is chosen beforehand, a single one neither."""

    school = forms.TypedChoiceField(
        label="Which school is it?",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose the school", "invalid_choice": "Choose a school from the list",
        },
    )  # fmt: skip

    def __init__(self, schools: Iterable[School], data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        choices = [(school.pk, school.name) for school in schools]
        self.fields["school"].choices = choices  # type: ignore[attr-defined]


class OtherwiseForm(forms.Form):
    """Who was told in another way, and what to know about it."""

    how = forms.ChoiceField(
        label="Who was told?",
        choices=list(OTHERWISE.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Say who was told"},
    )
    note = forms.CharField(
        label="Who you spoke to",
        required=False,
        max_length=100,
        help_text="A name and a job. No detail of the incident.",
    )

    @property
    def words(self) -> str:
        """What was chosen and written, as it is kept."""
        note = self.cleaned_data["note"].strip()
        said = OTHERWISE[self.cleaned_data["how"]]
        return f"{said}: {note}" if note else said


class SettleForm(forms.Form):
    """Why no notification is to come of an incident that police listed."""

    why = forms.CharField(
        label="What was found out",
        max_length=200,
        help_text="That police send it now, or why there is none to send. No name.",
        error_messages={"required": "Say what was found out"},
    )


class RungForm(forms.Form):
    """Whom the council's officer told by telephone."""

    who = forms.CharField(
        label="Who you spoke to",
        max_length=100,
        help_text="A name and a job. Ask them to sign in and read the message now.",
        error_messages={"required": "Say who you spoke to"},
    )

    @property
    def words(self) -> str:
        """What was written, as it is kept."""
        return f"{OTHERWISE['telephone']}: {self.cleaned_data['who'].strip()}"


class MovedForm(forms.Form):
    """Since when a child is no pupil of a school, and where they went, if that is known."""

    on = DayField(
        label="When did the pupil leave?",
        called="day on which the pupil left",
        latest=lambda: local_date(now()),
        help_text="If they were never a pupil of yours, the day of the incident.",
    )
    school = forms.TypedChoiceField(
        label="Where is the pupil now?",
        coerce=int,
        empty_value=None,
        required=False,
        help_text="The new school is told at once. Leave it out if you do not know.",
    )

    def __init__(self, schools: Iterable[School], data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        choices = [("", "I do not know"), *((school.pk, school.name) for school in schools)]
        self.fields["school"].choices = choices  # type: ignore[attr-defined]
