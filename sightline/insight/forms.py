"""Which days a figure is counted for."""

from datetime import date
from typing import Any

from django import forms

from sightline.common.fields import DayField
from sightline.insight.periods import Period


class PeriodForm(forms.Form):
    """The first and the last day; a side left empty is open. Bound to nothing it is valid."""

    first = DayField(
        label="First day", called="first day", required=False,
        help_text="Such as 1 4 2011, or empty for the start of the record",
    )  # fmt: skip
    last = DayField(
        label="Last day", called="last day", required=False,
        help_text="Such as 31 3 2012, or empty for its end",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", "The last day must not be before the first day")
        return cleaned

    @property
    def period(self) -> Period | None:
        """The period asked for, or None where the dates cannot be read."""
        if self.is_bound and not self.is_valid():
            return None
        cleaned: dict[str, date | None] = self.cleaned_data if self.is_bound else {}
        return Period(cleaned.get("first"), cleaned.get("last"))
