"""Answering one page of questions, and setting the scale. Nothing is chosen beforehand."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from sightline.access.models import Agency, User
from sightline.rules.screening.answers import Answer as Value
from sightline.rules.screening.departure import needs_to_set
from sightline.rules.screening.wordscale import SCALE_NAMES
from sightline.screening.models import Answer
from sightline.screening.parts import Part
from sightline.screening.routing import workers

ANSWERS = [(value.value, value.label) for value in Value]


def note_name(item: str) -> str:
    return f"{item}-note"


class PartForm(forms.Form):
    """The answers of one page: a person's are shown as chosen, the record's are not.

    Only what was changed on the page is sent on (`changed`), so that two people may work on one
    child without undoing each other's answers.
    """

    def __init__(
        self, part: Part, answers: Mapping[str, Answer], *, closed: bool, data: Any = None
    ) -> None:
        super().__init__(data)
        self.part, self.answers, self.closed = part, answers, closed
        for question in part.questions:
            given = answers.get(question.id)
            by_a_person = given is not None and not given.from_record
            self.fields[question.id] = forms.ChoiceField(
                label=question.words, choices=ANSWERS, widget=forms.RadioSelect, required=False,
                initial=given.value if given and by_a_person else None,
                show_hidden_initial=True, disabled=closed,
            )  # fmt: skip
            self.fields[note_name(question.id)] = forms.CharField(
                label=f"Note on {question.id}", widget=forms.Textarea, required=False,
                initial=given.note if given else "", show_hidden_initial=True, disabled=closed,
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        for item in self._touched():
            value, note = self._said(item)
            answer = self.answers.get(item)
            if not value:
                self.add_error(item, f"Choose an answer to {item}, or take the note out")
            elif answer and answer.contradicted_by(Value(value)) and not note:
                self.add_error(note_name(item), f"Say why {item} is not as the record says")
        return self.cleaned_data

    def seen(self) -> dict[str, tuple[str, str]]:
        """Return answer and note of each question that was changed, as the page showed them."""
        return {item: (self._shown(item), self._shown(note_name(item))) for item in self._touched()}

    def _shown(self, name: str) -> str:
        return str(self.data.get(self.add_initial_prefix(name), ""))

    def show_both(self, answer: Answer) -> None:
        """Say what the other wrote, beside what is written here, which stays in its boxes. Sent
        once more it counts: the other's answer has then been seen."""
        item, data = answer.item, cast(QueryDict, self.data).copy()
        data[self.add_initial_prefix(item)] = answer.value
        data[self.add_initial_prefix(note_name(item))] = answer.note
        self.data = data
        who = answer.answered_by.name if answer.answered_by else "Somebody"
        note = f": {answer.note}" if answer.note else ""
        self.add_error(
            item,
            f"{who} answered {item} with {Value(answer.value).label} while this page was open"
            f"{note}. Your answer is below; save again to put it in its place",
        )

    def _touched(self) -> list[str]:
        """The questions on which something was changed and could be read."""
        changed = set(self.changed_data)
        return [
            question.id
            for question in self.part.questions
            if changed & (both := {question.id, note_name(question.id)})
            and both <= self.cleaned_data.keys()
        ]

    def _said(self, item: str) -> tuple[str, str]:
        return self.cleaned_data[item], self.cleaned_data[note_name(item)]

    def changed(self) -> tuple[dict[str, Value], dict[str, str]]:
        """Return the answers and the notes that were changed, by question."""
        said = {item: self._said(item) for item in self._touched()}
        return (
            {item: Value(value) for item, (value, _) in said.items()},
            {item: note for item, (_, note) in said.items()},
        )


class ScaleForm(forms.Form):
    """A person's own scale for the child. The suggested one is not chosen for them."""

    scale = forms.TypedChoiceField(
        label="Your scale",
        choices=[(str(scale), f"{scale}, {name}") for scale, name in SCALE_NAMES.items()],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the scale"},
    )
    because = forms.CharField(label="Why", widget=forms.Textarea, required=False)
    second_agency = forms.ModelChoiceField(
        label="Second agency that agrees",
        queryset=Agency.objects.none(),
        required=False,
        empty_label="None",
    )

    def __init__(self, suggested: int, agencies: QuerySet[Agency], data: Any = None) -> None:
        super().__init__(data)
        self.suggested = suggested
        agree = cast("forms.ModelChoiceField[Agency]", self.fields["second_agency"])
        agree.queryset = agencies

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if "scale" not in cleaned:
            return cleaned
        needs = needs_to_set(cleaned["scale"], self.suggested)
        if needs.reason and not cleaned.get("because"):
            self.add_error("because", needs.because)
        if needs.second_agency and not cleaned.get("second_agency"):
            self.add_error("second_agency", "Choose the second agency that agrees to a lower scale")
        return cleaned


class WorkerForm(forms.Form):
    """Which social worker has the child already. Nobody is chosen beforehand."""

    worker = forms.ModelChoiceField(
        queryset=User.objects.none(),
        label="Allocated social worker",
        empty_label="Choose",
        error_messages={"required": "Choose the social worker."},
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        field = cast("forms.ModelChoiceField[User]", self.fields["worker"])
        field.queryset = workers()
