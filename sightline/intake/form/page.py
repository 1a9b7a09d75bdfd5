"""One page of the form: some fields of one part of a notification."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, ClassVar

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils import timezone

from sightline.common.fields import DayField, MomentField
from sightline.intake.form.filled import Entry, Filled, Part, put_at, value_at


class Page(forms.Form):
    """Fields are named by their path in the part: `child__words` is part["child"]["words"].

    `asked`: the fields without which the page is not complete. `looks`: options of the components
    by field. Raises nothing for what is empty; errors are for what cannot be understood.
    """

    asked: ClassVar[tuple[str, ...]] = ()
    looks: ClassVar[dict[str, dict[str, Any]]] = {}

    def __init__(
        self, filled: Filled, entry: Entry | None = None, data: QueryDict | None = None
    ) -> None:
        self.filled, self.entry = filled, entry
        super().__init__(data, initial=self.read(part_of(filled, entry)))

    @classmethod
    def read(cls, part: Part) -> dict[str, Any]:
        """Return the values of the fields as the fields hold them."""
        found = {name: value_at(part, tuple(name.split("__"))) for name in cls.base_fields}
        return {name: _revive(cls.base_fields[name], value) for name, value in found.items()}

    @classmethod
    def is_complete(cls, part: Part) -> bool:
        said = cls.read(part)
        return all(said[name] not in (None, "", []) for name in cls.asked)

    def put_into(self, filled: Filled, entry: Entry | None) -> None:
        """Write what was changed into the draft; an emptied field is taken out."""
        for name in (name for name in self.changed_data if name in self.base_fields):
            put_at(part_of(filled, entry), tuple(name.split("__")), _plain(self.cleaned_data[name]))

    def shown(self) -> Iterator[tuple[BoundField, Mapping[str, Any]]]:
        """Yield each field with the options of its component."""
        for bound in self:
            yield bound, {"say_optional": False} | dict(self.looks.get(bound.name, {}))

    def suggested(self) -> Mapping[str, list[str]]:
        """Return the words that boxes offer, by the name of the list."""
        return {}


def part_of(filled: Filled, entry: Entry | None) -> Part:
    """Return the part that a page is about: one person, or the notification itself."""
    return entry.part if entry else filled.content


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _revive(field: forms.Field, value: Any) -> Any:
    """Turn a date that was kept as text into what its field shows."""
    if not isinstance(value, str) or not isinstance(field, DayField):
        return value
    if not isinstance(field, MomentField):
        return date.fromisoformat(value[:10])
    at = datetime.fromisoformat(value)
    return at if timezone.is_aware(at) else timezone.make_aware(at)
