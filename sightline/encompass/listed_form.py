"""The list of incidents with a child that police attended, as somebody pastes it."""

import re
from collections.abc import Iterator
from datetime import datetime

from django import forms
from django.utils import timezone

from sightline.encompass.reconciling import BATCH, Listed

CUT = re.compile(r"\s*[\t,;]\s*")
WRITTEN = ("%d/%m/%Y %H:%M", "%Y-%m-%d %H:%M")
MOST_CHILDREN = 50


class ListedForm(forms.Form):
    lines = forms.CharField(
        label="Incidents with a child, one on each line",
        help_text="Log number, day and time, number of children: LOG-4471, 20/11/2026 22:10, 2. "
        "Lines from a spreadsheet can be pasted. No name and no address.",
        widget=forms.Textarea(attrs={"spellcheck": "false"}),
        error_messages={"required": "Paste at least one line"},
    )

    def clean_lines(self) -> list[Listed]:
        """Return what is listed. Every line that cannot be read is named; none is kept then."""
        rows = [row.strip() for row in self.cleaned_data["lines"].splitlines() if row.strip()]
        if len(rows) > BATCH:
            raise forms.ValidationError(f"Send {BATCH:,} lines at a time at most")
        read = [(number, _listed(row)) for number, row in enumerate(rows, start=1)]
        if wrong := list(_unread(read)):
            raise forms.ValidationError(wrong)
        return [one for _, one in read if one is not None]


def _unread(read: list[tuple[int, Listed | None]]) -> Iterator[str]:
    for number, one in read:
        if one is None:
            yield f"Line {number} must be a log number, a day and time and a number of children"


def _listed(row: str) -> Listed | None:
    parts = CUT.split(row)
    if len(parts) != 3 or not 1 <= len(parts[0]) <= 60:
        return None
    started, children = _moment(parts[1]), parts[2]
    if started is None or not children.isdecimal() or int(children) > MOST_CHILDREN:
        return None
    return Listed(parts[0], started, int(children))


def _moment(written: str) -> datetime | None:
    for form in WRITTEN:
        try:
            return timezone.make_aware(datetime.strptime(written, form))  # noqa: DTZ007
        except ValueError:
            continue
    return None
