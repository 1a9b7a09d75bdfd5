"""Who is told in a school, and the days on which it is open."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from sightline.access.models import User
from sightline.common.fields import DayField, Written, read_day

TERM = re.compile(r"([0-9]+)/([0-9]+)/([0-9]+)\s*(?:to|-|–)\s*([0-9]+)/([0-9]+)/([0-9]+)")
MOST_TERMS = 30


class KeyAdultForm(forms.Form):
    """Who of the school's people is told, and in which order."""

    user = forms.TypedChoiceField(
        label="Who is told?",
        coerce=int,
        error_messages={"required": "Choose somebody", "invalid_choice": "Choose somebody"},
    )
    part = forms.ChoiceField(
        label="As what?",
        choices=[("lead", "Safeguarding lead, told first"), ("deputy", "Deputy")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether they are the lead or a deputy"},
    )

    def __init__(self, people: Iterable[User], data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        choices = [("", "Choose"), *((user.pk, user.name) for user in people)]
        self.fields["user"].choices = choices  # type: ignore[attr-defined]


class ClosedForm(forms.Form):
    """A day in term on which the school is closed."""

    on = DayField(label="Which day?", called="day on which the school is closed")
    why = forms.CharField(label="Why?", max_length=80, required=False, initial="inset day")


class TermsForm(forms.Form):
    """The school's own terms, one a line; none: those of all schools."""

    terms = forms.CharField(
        label="Terms and half terms of this school",
        required=False,
        widget=forms.Textarea,
        help_text="First and last school day, one term a line: 3/9/2026 to 23/10/2026. Leave it"
        " empty to go by the dates of all schools.",
    )

    def clean_terms(self) -> list[tuple[date, date]]:
        lines = [line.strip() for line in self.cleaned_data["terms"].splitlines() if line.strip()]
        if len(lines) > MOST_TERMS:
            raise ValidationError(f"Enter {MOST_TERMS} terms or fewer")
        return [_term(line) for line in lines]


def _term(line: str) -> tuple[date, date]:
    found = TERM.fullmatch(line)
    if found is None:
        raise ValidationError("Write each term like 3/9/2026 to 23/10/2026, one a line")
    first, last = Written(*found.groups()[:3]), Written(*found.groups()[3:])
    return read_day(first, "first day of a term"), read_day(last, "last day of a term")


def as_written(terms: Iterable[tuple[date, date]]) -> str:
    """Return terms as the form takes them."""
    return "\n".join(f"{_day(first)} to {_day(last)}" for first, last in terms)


def _day(on: date) -> str:
    return f"{on.day}/{on.month}/{on.year}"
