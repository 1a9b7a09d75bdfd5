"""Deciding for a child with what agencies are to do, and saying what was done."""

from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from sightline.access.models import Agency
from sightline.actions.commands import AgreedAction, due_of
from sightline.common.clock import local_date, now
from sightline.common.errors import NotUnderstood
from sightline.common.fields import DayField
from sightline.rules.clocks.kinds import kinds_on
from sightline.rules.screening.outcomes import Outcome

FIRST_ROWS, MOST_ROWS = 2, 8


def kind_choices() -> list[tuple[str, str]]:
    """Return the kinds of action of today, each with how long it may take."""
    kinds = kinds_on(local_date(now()))
    return [("", "Something else"), *((k.id, f"{k.name} ({k.length.words})") for k in kinds)]


class DecisionForm(forms.Form):
    """The outcome and why. No outcome is chosen beforehand."""

    outcome = forms.ChoiceField(
        widget=forms.RadioSelect, error_messages={"required": "Choose an outcome"}
    )
    rationale = forms.CharField(
        widget=forms.Textarea,
        error_messages={"required": "Give the rationale: what the decision rests on"},
    )

    def __init__(self, outcomes: tuple[Outcome, ...], **options: Any) -> None:
        super().__init__(**options)
        asked = cast(forms.ChoiceField, self.fields["outcome"])
        asked.choices = [(one.code, one.name) for one in outcomes]


class ActionRow(forms.Form):
    """One action to agree on. A row that is left empty says nothing."""

    agency = forms.ModelChoiceField(
        label="Agency", queryset=Agency.objects.none(), empty_label="Choose an agency",
        error_messages={"required": "Choose the agency that is to do it"},
    )  # fmt: skip
    what = forms.CharField(
        label="What it is to do", max_length=300,
        error_messages={"required": "Say what the agency is to do"},
    )  # fmt: skip
    kind = forms.ChoiceField(label="Kind, which gives the day", required=False)
    due_on = DayField(
        called="day by which it is due", label="By", earliest=lambda: local_date(now()),
        required=False,
    )  # fmt: skip
    otherwise_because = forms.CharField(
        label="Why another day than the kind gives", max_length=200, required=False
    )

    def __init__(self, agencies: QuerySet[Agency], **options: Any) -> None:
        super().__init__(empty_permitted=True, use_required_attribute=False, **options)
        cast("forms.ModelChoiceField[Agency]", self.fields["agency"]).queryset = agencies
        cast(forms.ChoiceField, self.fields["kind"]).choices = kind_choices()

    def clean(self) -> dict[str, Any]:
        """The day is the rule's, or given by hand; what is wrong with it is said beside its box."""
        cleaned = super().clean() or {}
        if {"kind", "due_on", "otherwise_because"} <= cleaned.keys():
            kind, due_on = cleaned["kind"], cleaned["due_on"]
            try:
                due_of(kind, due_on, cleaned["otherwise_because"], local_date(now()))
            except NotUnderstood as refusal:
                self.add_error("due_on", refusal.reasons[0])
        return cleaned

    def agreed(self) -> AgreedAction | None:
        return AgreedAction(**self.cleaned_data) if self.cleaned_data else None


@dataclass
class DecisionForms:
    """The decision and its rows of actions, as one page sends them."""

    decision: DecisionForm
    rows: list[ActionRow]

    def is_valid(self) -> bool:
        """Whether all can be read. Every form is asked, so that every error is shown."""
        return False not in [form.is_valid() for form in (self.decision, *self.rows)]

    def rows_are_valid(self) -> bool:
        """Whether the actions can be read and there is one at least."""
        if False in [row.is_valid() for row in self.rows]:
            return False
        if not self.agreed():
            self.rows[0].add_error("what", "Say what an agency is to do")
        return bool(self.agreed())

    def agreed(self) -> list[AgreedAction]:
        return [action for row in self.rows if (action := row.agreed())]


def empty_forms(outcomes: tuple[Outcome, ...], agencies: QuerySet[Agency]) -> DecisionForms:
    rows = [ActionRow(agencies, prefix=_prefix(n)) for n in range(FIRST_ROWS)]
    return DecisionForms(DecisionForm(outcomes), rows)


def sent_forms(
    outcomes: tuple[Outcome, ...], agencies: QuerySet[Agency], data: QueryDict
) -> DecisionForms:
    rows = [ActionRow(agencies, data=data, prefix=_prefix(n)) for n in range(_rows_in(data))]
    return DecisionForms(DecisionForm(outcomes, data=data), rows)


def forms_with_one_more(
    outcomes: tuple[Outcome, ...], agencies: QuerySet[Agency], data: QueryDict
) -> DecisionForms:
    """Show what was typed so far with one more row, without judging it yet."""
    count = min(_rows_in(data) + 1, MOST_ROWS)
    rows = [
        ActionRow(agencies, prefix=_prefix(n), initial=_typed(ActionRow, data, f"{_prefix(n)}-"))
        for n in range(count)
    ]
    return DecisionForms(DecisionForm(outcomes, initial=_typed(DecisionForm, data, "")), rows)


def _prefix(number: int) -> str:
    return f"action{number + 1}"


def _rows_in(data: QueryDict) -> int:
    """How many rows of actions the page had, within what it may have."""
    written = data.get("rows", "")
    return max(FIRST_ROWS, min(int(written), MOST_ROWS)) if written.isdecimal() else FIRST_ROWS


def _typed(form: type[forms.Form], data: QueryDict, prefix: str) -> dict[str, Any]:
    return {
        name: field.widget.value_from_datadict(data, {}, prefix + name)
        for name, field in form.base_fields.items()
    }
