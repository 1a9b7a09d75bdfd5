"""Recording a family: first whom to look for, then what is known of each."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils import timezone

from sightline.common.fields import DayField
from sightline.intake.contacts import Told
from sightline.intake.form.fields import SEXES, LinesField, line, short
from sightline.people.commands import Place, Related, Written
from sightline.people.models import Presence
from sightline.rules.search.parts import AGE, Kind, Part
from sightline.rules.search.reading import read

MOST_PEOPLE = 8
ROLES = (
    ("child", "Child"),
    ("unborn", "Unborn child"),
    ("victim", "Adult, said to be abused"),
    ("perpetrator", "Adult, said to be abusive"),
    ("other", "Another adult"),
)
CHILDREN = ("child", "unborn")
TO_THE_CHILDREN = (
    ("", "Not known"),
    ("mother", "Mother"),
    ("father", "Father"),
    ("step_parent", "Step-parent, or a parent's partner"),
    ("grandparent", "Grandparent"),
    ("sibling", "Brother or sister"),
    ("carer", "Carer"),
)


class WhoFirst(forms.Form):
    """Whom and where to look for, before anything can be recorded."""

    people = LinesField(
        label="Who is known by name?", limit=120, widget=forms.Textarea(attrs={"rows": 4})
    )
    address = line("Address")
    postcode = short("Postcode", limit=12)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not (said.get("people") or said.get("address")) and not self.errors:
            self.add_error("people", "Enter a name or an address to look for")
        if len(said.get("people") or ()) > MOST_PEOPLE:
            self.add_error("people", f"Enter at most {MOST_PEOPLE} people")
        return said

    def lines(self) -> list[str]:
        """Return what is to be searched for: each person, then the address."""
        return [*self.cleaned_data["people"], *filter(None, [self.home()])]

    def home(self) -> str:
        said = self.cleaned_data
        return f"{said['address']} {said['postcode']}".strip() if said["address"] else ""


class FamilyForm(forms.Form):
    """Where they live, who says so, and how many more there are."""

    address = line("Address")
    postcode = short("Postcode", limit=12)
    comes_from = line("Where do they come from?")
    told_by = line("Who told you, and how do they know?", required=True)
    more_children = forms.IntegerField(
        label="How many more children, whose names are not known?",
        min_value=0, max_value=12, required=False,
    )  # fmt: skip
    more_adults = forms.IntegerField(
        label="How many more adults, whose names are not known?",
        min_value=0, max_value=12, required=False,
    )  # fmt: skip
    key = forms.UUIDField(widget=forms.HiddenInput)


def _today() -> date:
    return timezone.localdate()


class MemberForm(forms.Form):
    """One person of the family who is known by name."""

    given_name = short("First name")
    surname = short("Surname")
    born = DayField(
        label="Date of birth", called="date of birth", required=False,
        earliest=lambda: date(1900, 1, 1), latest=_today,
    )  # fmt: skip
    age = forms.IntegerField(label="Or age", min_value=0, max_value=120, required=False)
    sex = forms.ChoiceField(label="Sex", choices=SEXES, required=False, widget=forms.RadioSelect)
    role = forms.ChoiceField(
        label="In the household",
        choices=ROLES,
        widget=forms.RadioSelect,
        error_messages={"required": "Say who this is in the household"},
    )
    to_children = forms.ChoiceField(
        label="To the children", choices=TO_THE_CHILDREN, required=False
    )

    def name(self) -> str:
        said = self.cleaned_data
        return f"{said.get('given_name', '')} {said.get('surname', '')}".strip()

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not self.name() and not self.errors:
            self.add_error("given_name", "Enter a first name or a surname")
        return said


Members: "type[BaseFormSet[MemberForm]]" = formset_factory(
    MemberForm, extra=0, max_num=MOST_PEOPLE, absolute_max=MOST_PEOPLE
)


def begun(line_typed: str, today: date) -> dict[str, Any]:
    """Return what a line of search says of a person, to begin a row with; names as typed."""
    parts = read(line_typed, today)
    names = [part.typed.title() for part in parts if part.values(Kind.NAME)]
    return {
        "given_name": " ".join(names[:-1]) or "".join(names),
        "surname": names[-1] if len(names) > 1 else "",
        "born": next((date.fromisoformat(day) for day in _said(parts, Kind.BIRTH)), None),
        "age": next(_ages(parts, today), None),
    }


def _said(parts: Sequence[Part], kind: str) -> Iterator[str]:
    return (value for part in parts for value in part.values(kind))


def _ages(parts: Sequence[Part], today: date) -> Iterator[int]:
    yield from map(int, _said(parts, AGE))
    yield from (today.year - int(year) for year in _said(parts, Kind.YEAR))


def told(family: FamilyForm, members: Sequence[MemberForm]) -> Told:
    """Return what two valid forms say."""
    said = family.cleaned_data
    people = [_member(form.cleaned_data, f"{n}") for n, form in enumerate(members)]
    people += [_nameless("child")] * (said["more_children"] or 0)
    people += [_nameless("other")] * (said["more_adults"] or 0)
    return Told(
        place=Place(said["address"], said["postcode"]),
        told_by=said["told_by"],
        comes_from=said["comes_from"],
        people=people,
        related=list(_related([form.cleaned_data for form in members])),
    )


def _member(said: dict[str, Any], local_id: str) -> Written:
    role, child = said["role"], said["role"] in CHILDREN
    fields = {
        "given_name": said["given_name"], "surname": said["surname"], "sex": said["sex"],
        "birth_date": said["born"], "age": None if said["born"] else said["age"],
        "role": "child" if child else role,
    }  # fmt: skip
    if child:
        fields["presence"] = Presence.UNBORN if role == "unborn" else Presence.NOT_KNOWN
    return Written(fields, local_id=local_id)


def _nameless(role: str) -> Written:
    presence = {"presence": Presence.NOT_KNOWN} if role == "child" else {}
    return Written({"role": role} | presence)


def _related(members: Sequence[dict[str, Any]]) -> Iterator[Related]:
    """Whoever is something to the children is it to each child that is named."""
    for a, one in enumerate(members):
        for b, other in enumerate(members):
            if a != b and one["to_children"] and other["role"] in CHILDREN:
                yield Related(str(a), str(b), one["to_children"], same_household=True)
