"""Which days a map is of."""

from typing import Any

from sightline.insight.forms import PeriodForm


class MapDays(PeriodForm):
    """The first and the last day; without them it is the last year."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, day in (("first", "1 4 2025"), ("last", "31 3 2026")):
            self.fields[name].help_text = f"Such as {day}, or empty for the last year"
