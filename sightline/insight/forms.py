"""Which days a figure is counted for.

What the page was asked for and does not know is refused in words, and never left out: an address
with a slip in it would else be answered with another figure.
"""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from sightline.common.clock import local_date, now
from sightline.common.fields import DayField, DayInput
from sightline.insight.dividing import choices_of, chosen
from sightline.insight.figures.base import Figure
from sightline.insight.periods import Period
from sightline.insight.reading import Asked

EARLIEST = date(2000, 1, 1)  # nothing was known to any record before
UNKNOWN = "The address asks for “{}”, which this page does not know. Choose below what to count"
TWICE = "The address has “{}” twice. Choose the one that is meant"
NOT_LISTED = "The address asks for “{}”, which is not in this list. Choose from the list"


def _readable(written: str) -> str:
    """What was asked for, fit to be shown again."""
    return "".join(letter for letter in written if letter.isprintable())[:40]


class ListedField(forms.ChoiceField):
    """A choice that an address can get wrong: the message says what it asked for."""

    def validate(self, value: Any) -> None:
        if value and not self.valid_value(value):
            raise forms.ValidationError(NOT_LISTED.format(_readable(str(value))))
        forms.Field.validate(self, value)


class QueryForm(forms.Form):
    """A form that an address fills in. Bound to nothing it is valid.

    `others`: names of the address that are not the form's and that the page itself reads.
    """

    others: Collection[str] = ()

    def clean(self) -> dict[str, Any]:
        """Refuse what the address asks for twice, and what it asks for by no name of a field."""
        cleaned = super().clean() or {}
        names = {each: name for name in self.fields for each in self._names(name)}
        for written in self.data:
            if written in names:
                if len(getattr(self.data, "getlist", lambda name: [name])(written)) > 1:
                    self.add_error(names[written], TWICE.format(self[names[written]].label))
            elif written not in self.others:
                self.add_error(None, UNKNOWN.format(_readable(written)))
        return cleaned

    def _names(self, name: str) -> list[str]:
        """The names under which an address sends a field."""
        widget = self.fields[name].widget
        parts = widget.parts if isinstance(widget, DayInput) else ()
        return [f"{name}-{part}" for part in parts] or [name]


class PeriodForm(QueryForm):
    """The first and the last day; a side left empty is open."""

    first = DayField(
        label="First day", called="first day", required=False,
        help_text="Such as 1 4 2025, or empty for the usual days",
    )  # fmt: skip
    last = DayField(
        label="Last day", called="last day", required=False,
        help_text="Such as 31 3 2026, or empty for the usual days",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
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

    only = ListedField(label="For", required=False)
    as_at = DayField(
        label="Known at the end of", called="day whose knowledge counts", required=False,
        latest=lambda: local_date(now()), earliest=lambda: EARLIEST,
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
