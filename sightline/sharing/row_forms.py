"""The form of a row of the sharing rules: what a file may say of one, with the day it begins."""

from typing import Any, cast

from django import forms

from sightline.common.fields import DayField
from sightline.rules.sharing.describe import AGREEMENTS, EXTENTS, options
from sightline.rules.sharing.parts import Pack, Row
from sightline.sharing.guarded_forms import sentence_field
from sightline.sharing.table import REASON

SCALES = [("", "Any"), *((str(n), str(n)) for n in (1, 2, 3, 4))]
MOST = 1000


def _ticks(label: str) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, widget=forms.CheckboxSelectMultiple)


def _lines(label: str) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=MOST, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


def _scale(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=SCALES, required=False)


class RowForm(forms.Form):
    """One version of a row. Whoever ends a row need not fill in the rest."""

    row = forms.RegexField(
        r"^[A-Z0-9][A-Z0-9-]{1,19}$", label="Name of the row", max_length=20,
        error_messages={"invalid": "Capital letters, figures and hyphens, such as P-01."},
    )  # fmt: skip
    matters = _ticks("What may be told")
    to = _ticks("To whom")
    never = forms.BooleanField(label="The rule is that it is never told", required=False)
    extent = forms.ChoiceField(
        label="How much of it", choices=[(e.value, w) for e, w in EXTENTS.items()],
        widget=forms.RadioSelect,
    )  # fmt: skip
    from_scale, to_scale = _scale("From scale"), _scale("To scale")
    agreement = forms.ChoiceField(
        label="Agreement", choices=[(a.value, w) for a, w in AGREEMENTS.items()],
        widget=forms.RadioSelect,
    )  # fmt: skip
    gateway = forms.CharField(label="Gateway: the power or duty", max_length=200)
    basis = forms.CharField(label="Lawful basis", max_length=200)
    only_if = forms.CharField(
        label="Only if (somebody has to confirm it)", max_length=300, required=False
    )
    limits, say = _lines("What is left out"), _lines("What is said with it")
    ends = forms.BooleanField(label="The row ends on this day", required=False)
    commencement = DayField(label="From which day", called="day")
    because = sentence_field("Why does it change?", REASON)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, pack: Pack, fixed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        matters, recipients = options(pack)
        cast(forms.MultipleChoiceField, self.fields["matters"]).choices = list(matters.items())
        cast(forms.MultipleChoiceField, self.fields["to"]).choices = list(recipients.items())
        self.fields["row"].disabled = fixed
        if self.data.get("ends"):
            for name in ("matters", "to", "extent", "agreement", "gateway", "basis"):
                self.fields[name].required = False

    def content(self) -> dict[str, Any] | None:
        """The row as a file would say it; None where it ends."""
        said = self.cleaned_data
        if said["ends"]:
            return None
        found: dict[str, Any] = {
            name: said[name]
            for name in ("matters", "to", "never", "extent", "agreement", "gateway", "basis",
                         "only_if")
        }  # fmt: skip
        found |= {name: int(said[name]) for name in ("from_scale", "to_scale") if said[name]}
        found |= {name: said[name].splitlines() for name in ("limits", "say")}
        return {name: value for name, value in found.items() if value not in ("", [], False)}


def initial_of(row: Row) -> dict[str, Any]:
    """What stands in the form of a row that is there."""
    names = ("matters", "to", "never", "extent", "agreement", "gateway", "basis", "only_if")
    return {
        "row": row.id, **{name: getattr(row, name) for name in names},
        "from_scale": str(row.from_scale or ""), "to_scale": str(row.to_scale or ""),
        "limits": "\n".join(row.limits), "say": "\n".join(row.say),
    }  # fmt: skip
