"""The form of one tool. Nothing is chosen beforehand."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.db.models import QuerySet

from sightline.access.models import Agency
from sightline.common.clock import local_date, now
from sightline.common.fields import DayField
from sightline.people.models import Link
from sightline.rules.screening.tools import Band, Kind, NotAnswered, Tool, ToolItem, read_answers

PEOPLE = 6  # who may each give a number on one form


def who_name(item: str, row: int) -> str:
    return f"{item}-who-{row}"


def number_name(item: str, row: int) -> str:
    return f"{item}-number-{row}"


class WithdrawForm(forms.Form):
    """Why an assessment is withdrawn."""

    because = forms.CharField(
        label="Why it was recorded by mistake", max_length=300,
        error_messages={"required": "Say why it is withdrawn"},
    )  # fmt: skip


class ToolForm(forms.Form):
    """About whom, the answers, and the assessor's level."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    mention = forms.TypedChoiceField(
        label="About", coerce=int, widget=forms.RadioSelect,
        error_messages={"required": "Choose whom it is about"},
    )  # fmt: skip
    assessed_on = DayField(
        called="day of the assessment", label="Day of the assessment",
        latest=lambda: local_date(now()),
    )  # fmt: skip
    assessor = forms.CharField(
        label="Who made it", max_length=120,
        error_messages={"required": "Say who made the assessment"},
    )  # fmt: skip
    agency = forms.ModelChoiceField(
        label="Agency of who made it", queryset=Agency.objects.none(),
        empty_label="Choose an agency",
        error_messages={"required": "Choose the agency of who made the assessment"},
    )  # fmt: skip
    band = forms.ChoiceField(
        label="The assessor’s level", widget=forms.RadioSelect, required=False,
    )  # fmt: skip
    band_because = forms.CharField(label="Why this level", widget=forms.Textarea, required=False)

    def __init__(
        self, tool: Tool, people: Sequence[Link], agencies: QuerySet[Agency], data: Any = None
    ) -> None:
        super().__init__(data)
        self._field("agency").queryset = agencies
        self.tool = tool
        self._field("mention").choices = [(p.mention_id, p.person.name) for p in people]
        self._field("band").choices = [(band.id, band_words(band)) for band in tool.bands]
        if not tool.bands:
            del self.fields["band"], self.fields["band_because"]
        for item in tool.items:
            self.fields.update(_fields_of(item))

    def _field(self, name: str) -> Any:
        return self.fields[name]

    def clean(self) -> dict[str, Any]:
        try:
            self.cleaned_data["answers"] = read_answers(self.tool, self._given())
        except NotAnswered as wrong:
            for item, words in wrong.reasons.items():
                self.add_error(_first_field(self.tool.items_by_id[item]), words)
        return self.cleaned_data

    def _given(self) -> dict[str, Any]:
        return {item.id: self._answer(item) for item in self.tool.items}

    def _answer(self, item: ToolItem) -> Any:
        said = self.cleaned_data
        if item.kind is not Kind.NUMBERS:
            return said.get(item.id, "")
        rows = [(said.get(who_name(item.id, n), ""), said.get(number_name(item.id, n)))
                for n in range(PEOPLE)]  # fmt: skip
        return [(who, number) for who, number in rows if who or number is not None]

    def assessment(self) -> dict[str, Any]:
        """Return what record_assessment is given."""
        said = self.cleaned_data
        kept = {
            name: said[name] for name in ("key", "answers", "assessor", "agency", "assessed_on")
        }
        return kept | {name: said.get(name, "") for name in ("band", "band_because")}


def band_words(band: Band) -> str:
    return f"{band.label}. {band.meaning}" if band.meaning else band.label


def _first_field(item: ToolItem) -> str:
    return number_name(item.id, 0) if item.kind is Kind.NUMBERS else item.id


def _fields_of(item: ToolItem) -> dict[str, forms.Field]:
    if item.kind is Kind.CHOICE:
        choices = [(choice.id, choice.label) for choice in item.choices]
        return {item.id: forms.ChoiceField(
            label=item.question, choices=choices, widget=forms.RadioSelect, required=False
        )}  # fmt: skip
    if item.kind is Kind.TEXT:
        text = forms.CharField(label=item.question, widget=forms.Textarea, required=False)
        return {item.id: text}
    fields: dict[str, forms.Field] = {}
    for row in range(PEOPLE):
        who = forms.CharField(label=f"Person {row + 1}", max_length=60, required=False)
        number = forms.IntegerField(label=f"Number of person {row + 1}", required=False)
        fields |= {who_name(item.id, row): who, number_name(item.id, row): number}
    return fields
