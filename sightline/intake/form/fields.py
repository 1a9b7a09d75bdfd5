"""The fields of the form. None is required, none has a value of its own, each says its limit."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator

from sightline.intake.schema import clean_text

Choices = Iterable[tuple[str, str]]

YES_NO = (("yes", "Yes"), ("no", "No"), ("not_known", "Not known"))
GRADES = (("standard", "Standard"), ("medium", "Medium"), ("high", "High"))
SEXES = (("F", "Female"), ("M", "Male"), ("U", "Not known"))
NOT_AN_ANSWER = {"invalid_choice": "Choose one of the answers"}


class TidyField(forms.CharField):
    """Text as the schema keeps it: what no database can hold is dropped, the limit is said."""

    def __init__(self, *, limit: int, **options: Any) -> None:
        options.setdefault("required", False)
        super().__init__(**options)
        self.limit = limit
        self.validators.append(
            MaxLengthValidator(limit, f"Write at most {limit:,} characters, not %(show_value)s")
        )

    def to_python(self, value: Any) -> str:
        return clean_text(super().to_python(value) or "")


class LinesField(TidyField):
    """A list of short texts, one a line. Cleans to a list."""

    most = 20

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        lines = [line.strip() for line in self.to_python(value).split("\n") if line.strip()]
        if len(lines) > self.most:
            raise ValidationError(f"Write at most {self.most} lines, not {len(lines)}")
        for line in lines:
            self.run_validators(line)
        return lines


def short(label: str, **options: Any) -> TidyField:
    """A few words in one box."""
    limit = options.pop("limit", 80)
    return TidyField(label=label, limit=limit, widget=_box(options), **options)


def line(label: str, **options: Any) -> TidyField:
    """A sentence in one box."""
    return TidyField(label=label, limit=300, widget=_box(options), **options)


def lines(label: str, **options: Any) -> TidyField:
    """A sentence that is written in lines, as an address is."""
    return TidyField(label=label, limit=300, widget=forms.Textarea, **options)


def text(label: str, **options: Any) -> TidyField:
    """As much as somebody has to say."""
    return TidyField(label=label, limit=20_000, widget=forms.Textarea, **options)


def _box(options: dict[str, Any]) -> forms.TextInput:
    """A box that the browser does not fill in: what is written here is about somebody else."""
    attrs = {"autocomplete": "off"}
    if suggestions := options.pop("suggestions", ""):
        attrs["list"] = suggestions
    return forms.TextInput(attrs)


def one_of(label: str, choices: Choices, **options: Any) -> forms.ChoiceField:
    """One answer of several; none is chosen until somebody chooses."""
    options.setdefault("required", False)
    return forms.ChoiceField(
        label=label, choices=list(choices), widget=forms.RadioSelect,
        error_messages=NOT_AN_ANSWER, **options,
    )  # fmt: skip


def any_of(label: str, choices: Choices) -> forms.MultipleChoiceField:
    """Any number of answers."""
    return forms.MultipleChoiceField(
        label=label, choices=list(choices), widget=forms.CheckboxSelectMultiple, required=False,
        error_messages=NOT_AN_ANSWER,
    )  # fmt: skip


def yes_no(label: str, **options: Any) -> forms.ChoiceField:
    """Yes, no, or not known."""
    return one_of(label, YES_NO, **options)


def is_so(label: str, **options: Any) -> forms.TypedChoiceField:
    """Yes or no, kept as true or false."""
    return forms.TypedChoiceField(
        label=label, choices=(("True", "Yes"), ("False", "No")), widget=forms.RadioSelect,
        coerce=lambda value: value == "True", empty_value=None, required=False,
        error_messages=NOT_AN_ANSWER, **options,
    )  # fmt: skip


def number(label: str, most: int, **options: Any) -> forms.IntegerField:
    """A whole number from 0 up to `most`."""
    between = f"Write a whole number from 0 to {most}"
    return forms.IntegerField(
        label=label, min_value=0, max_value=most, required=False,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": between, "min_value": between, "max_value": between}, **options,
    )  # fmt: skip
