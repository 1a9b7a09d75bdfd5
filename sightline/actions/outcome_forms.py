"""Recording by hand what social care did for a child."""

from typing import Any

from django import forms

from sightline.actions.models import Category, EventKind
from sightline.common.clock import local_date, now
from sightline.common.errors import NotUnderstood
from sightline.common.fields import DayField
from sightline.intake.files.values import codes
from sightline.rules.social_care import OUTCOMES, Said

YES_NO = [("", "Not said"), ("yes", "Yes"), ("no", "No")]


def outcome_choices() -> list[tuple[str, Any]]:
    """The outcomes that each kind may have, under the name of the kind."""
    names = dict(EventKind.choices)
    groups = [(names[kind], list(known.items())) for kind, known in OUTCOMES.items()]
    return [("", "None, or not known yet"), *groups]


class OutcomeForm(forms.Form):
    """What was done and when; the rest where it is known."""

    kind = forms.ChoiceField(
        label="What was done", choices=[("", "Choose"), *EventKind.choices],
        error_messages={"required": "Choose what was done"},
    )  # fmt: skip
    on = DayField(
        called="day on which it was or began", label="On, or begun on",
        latest=lambda: local_date(now()),
    )  # fmt: skip
    ended_on = DayField(
        called="day on which it ended", label="Ended on", required=False,
        latest=lambda: local_date(now()),
    )  # fmt: skip
    outcome = forms.ChoiceField(label="Outcome", choices=outcome_choices, required=False)
    primary_category = forms.ChoiceField(
        label="Primary category, of a plan", required=False,
        choices=[("", "None"), *Category.choices],
    )  # fmt: skip
    domestic_abuse = forms.ChoiceField(
        label="Domestic abuse as its secondary category", required=False, choices=YES_NO
    )
    factors = forms.CharField(
        label="Factors of an assessment that ended", required=False, max_length=200
    )

    def said(self) -> Said:
        """What the form says, once it is valid."""
        given = self.cleaned_data
        abuse = {"yes": True, "no": False}.get(given["domestic_abuse"])
        return Said(
            given["kind"], given["on"], given["ended_on"], given["outcome"],
            given["primary_category"], abuse, codes(given["factors"]),
        )  # fmt: skip

    def refuse(self, refusal: NotUnderstood) -> None:
        for reason in refusal.reasons:
            self.add_error(None, reason)
