"""Which days a figure is counted for."""

from datetime import date, datetime
from typing import Any

from django import forms

from sightline.common.fields import DayField
from sightline.insight.dividing import choices_of, chosen
from sightline.insight.figures.base import Figure
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


class FigureForm(PeriodForm):
    """The days of one figure, and the part of it that counts, of everything if none is chosen."""

    only = forms.ChoiceField(label="Of", required=False)

    def __init__(self, figure: Figure, at: datetime, data: Any = None) -> None:
        super().__init__(data)
        self.figure = figure
        known = choices_of(figure, at)
        if known:
            only: Any = self.fields["only"]
            only.choices = [("", "Everything"), *known]
        else:
            del self.fields["only"]

    @property
    def narrowed(self) -> dict[str, str | int]:
        """The column and value that were chosen, if any."""
        if not self.is_bound or not self.is_valid():
            return {}
        return chosen(self.cleaned_data.get("only", ""), self.figure)

    @property
    def part(self) -> str:
        """The part that was chosen, in words; "" for everything."""
        if not self.narrowed:
            return ""
        only: Any = self.fields["only"]
        return str(dict(only.choices)[self.cleaned_data["only"]])
