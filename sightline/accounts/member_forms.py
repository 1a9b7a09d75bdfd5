"""Forms of an agency's administrator."""

from typing import Any

from django import forms

from sightline.access.models import Agency, User
from sightline.accounts.whose import agencies_of, roles_to_give


class RolesForm(forms.Form):
    """Which roles somebody has, of those that the administrator may give."""

    roles = forms.MultipleChoiceField(
        label="What they do",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, administrator: User, agency: Agency, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = roles_to_give(administrator, agency)
        self.fields["roles"].choices = [(role.code, role.name) for role in given]  # type: ignore[attr-defined]
        self.hints = {role.code: role.description for role in given}


class AgencyForm(forms.Form):
    """Of which agency somebody new is: only the council's administrators are asked."""

    agency = forms.ModelChoiceField(
        Agency.objects.none(), label="Agency", error_messages={"required": "Choose the agency"}
    )

    def __init__(self, administrator: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies_of(administrator)  # type: ignore[attr-defined]


class NewUserForm(RolesForm):
    """A new user of an agency."""

    field_order = ("name", "job_title", "email", "roles")
    name = forms.CharField(
        label="Name", max_length=120, error_messages={"required": "Enter their name"}
    )
    job_title = forms.CharField(label="What their post is called", max_length=120, required=False)
    email = forms.EmailField(
        label="E-mail address at work",
        error_messages={
            "required": "Enter their e-mail address",
            "invalid": "Enter an e-mail address, such as name@example.org",
        },
    )


class ReasonForm(forms.Form):
    because = forms.CharField(
        label="End access: why",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say why access ends"},
    )
