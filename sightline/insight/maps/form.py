"""Which days a map is of, what is counted on it, and by which kind of place."""

from typing import Any

from sightline.insight.forms import ListedField, PeriodForm
from sightline.insight.maps.counting import ALL, NOTIFICATIONS, Counting

BY = {"ward": "Wards", "area": "Small areas"}


class MapForm(PeriodForm):
    """The first and the last day, the last year without them; notifications by ward if not said."""

    count = ListedField(
        label="What is counted", required=False,
        choices=[(one.id, one.name) for one in ALL.values()],
    )  # fmt: skip
    by = ListedField(label="For each", required=False, choices=list(BY.items()))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, day in (("first", "1 4 2025"), ("last", "31 3 2026")):
            self.fields[name].help_text = f"Such as {day}, or empty for the last year"

    @property
    def counting(self) -> Counting:
        return ALL.get(self._chosen("count"), NOTIFICATIONS)

    @property
    def place(self) -> str:
        """ "ward" or "area"."""
        return self._chosen("by") or "ward"

    def _chosen(self, name: str) -> str:
        return str(self.cleaned_data.get(name, "")) if self.is_bound and self.is_valid() else ""
