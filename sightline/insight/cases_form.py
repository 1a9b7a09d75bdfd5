"""Which of the cases behind what was recommended are listed."""

from typing import Any

from django import forms

from sightline.access.models import Agency
from sightline.insight.forms import ListedField, PeriodForm
from sightline.insight.recommended_page import outcomes_in_use


class CasesForm(PeriodForm):
    """Days of decisions; of which agency and outcome, all if not said; whether only late ones."""

    others = ("page",)
    agency = ListedField(label="Agency", required=False)
    outcome = ListedField(label="Decided", required=False)
    behind = forms.BooleanField(label="Only what is late", required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        agencies = Agency.objects.order_by("name").values_list("pk", "name")
        self._choose("agency", "All agencies", [(str(pk), name) for pk, name in agencies])
        self._choose("outcome", "Everything", outcomes_in_use())

    def _choose(self, name: str, every: str, choices: list[tuple[str, str]]) -> None:
        listed: Any = self.fields[name]
        listed.choices = [("", every), *choices]

    @property
    def narrowed(self) -> dict[str, Any]:
        """What the list is narrowed to, as `cases` takes it."""
        known = self.cleaned_data if self.is_bound and self.is_valid() else {}
        agency = known.get("agency")
        return {
            "agency": Agency.objects.get(pk=agency) if agency else None,
            "outcome": known.get("outcome", ""),
            "behind": known.get("behind", False),
        }
