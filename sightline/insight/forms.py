"""Which days a figure is counted for."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from sightline.common.clock import local_date, now
from sightline.common.fields import DayField
from sightline.insight.dividing import choices_of, chosen
from sightline.insight.figures.base import Figure
from sightline.insight.periods import Period
from sightline.insight.reading import Asked


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
    """The days of one figure, and the part of it that counts, of everything if none is chosen.

    `as_at`: the day at whose end was known what counts, apart from the days that are counted.
    """

    only = forms.ChoiceField(label="For", required=False)
    as_at = DayField(
        label="Known at the end of", called="day whose knowledge counts", required=False,
        latest=lambda: local_date(now()),
        help_text="Such as 31 10 2026, or empty for what is known now",
    )  # fmt: skip

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
    def part_code(self) -> str:
        """The part that was chosen: "column=value", or ""."""
        if not self.is_bound or not self.is_valid():
            return ""
        return str(self.cleaned_data.get("only", ""))

    @property
    def narrowed(self) -> dict[str, str | int]:
        """The column and value that were chosen, if any."""
        return chosen(self.part_code, self.figure)

    @property
    def asked(self) -> Asked | None:
        """What is asked for, or None where it cannot be read."""
        if self.period is None:
            return None
        return Asked(self.period, self.narrowed, self.moment)

    @property
    def moment(self) -> datetime | None:
        """The end of the day whose knowledge counts; None for what is known now."""
        on = self.cleaned_data.get("as_at") if self.is_bound and self.is_valid() else None
        if on is None or on >= local_date(now()):
            return None
        return timezone.make_aware(datetime.combine(on + timedelta(days=1), time()))

    @property
    def part(self) -> str:
        """The part that was chosen, in words; "" for everything."""
        if not self.narrowed:
            return ""
        only: Any = self.fields["only"]
        return str(dict(only.choices)[self.cleaned_data["only"]])
