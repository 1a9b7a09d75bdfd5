"""Arranging a meeting, changing its list, noting who came."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from sightline.access.models import Agency
from sightline.common.fields import MomentField, read_time
from sightline.meetings.attendance import Noted
from sightline.meetings.models import Attendance, Came, Meeting, MeetingItem
from sightline.rules.meetings.kinds import Kind


class ArrangeForm(forms.Form):
    """Which kind of meeting, when and where. Nothing is chosen beforehand."""

    kind = forms.ChoiceField(
        widget=forms.RadioSelect, label="Which meeting",
        error_messages={"required": "Choose the kind of meeting"},
    )  # fmt: skip
    starts = MomentField(called="beginning of the meeting", label="When it begins")
    place = forms.CharField(
        label="Where, or by which call", max_length=200,
        help_text="A room or the name of a call. No names of people: it goes into calendars.",
        error_messages={"required": "Say where it is held, or by which call"},
    )  # fmt: skip

    def __init__(self, kinds: Sequence[Kind], data: Any = None) -> None:
        super().__init__(data)
        chosen = cast(forms.ChoiceField, self.fields["kind"])
        chosen.choices = [(kind.id, f"{kind.name} ({kind.minutes} minutes)") for kind in kinds]


class ChangeForm(forms.Form):
    """A meeting's new time or place. `seen`: the version that the page showed."""

    starts = MomentField(called="beginning of the meeting", label="When it begins")
    place = forms.CharField(label="Where, or by which call", max_length=200)
    seen = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def of(cls, meeting: Meeting) -> "ChangeForm":
        return cls(
            initial={
                "starts": meeting.starts, "place": meeting.place, "seen": meeting.sequence
            }
        )  # fmt: skip


class ReasonForm(forms.Form):
    """Why, in a sentence."""

    because = forms.CharField(label="Why", max_length=300, error_messages={"required": "Say why"})


class ItemForm(ReasonForm):
    """What is to become of something on the list, and why."""

    item = forms.ChoiceField(
        label="Which", error_messages={"required": "Choose which", "invalid_choice": "Choose which"}
    )

    field_order = ("item", "because")

    def __init__(self, rows: Sequence[tuple[int, str]], data: Any = None) -> None:
        super().__init__(data)
        chosen = cast(forms.ChoiceField, self.fields["item"])
        chosen.choices = [("", "Choose"), *((str(pk), words) for pk, words in rows)]


class AddForm(ReasonForm):
    """Which notification's family is to stand on the list too, and why."""

    reference = forms.CharField(
        label="Reference of the notification", max_length=60,
        error_messages={"required": "Write the reference of the notification"},
    )  # fmt: skip

    field_order = ("reference", "because")


class ClockField(forms.CharField):
    """A time of the meeting's day; cleans to a datetime in UTC."""

    def __init__(self, meeting: Meeting, **options: Any) -> None:
        self.meeting = meeting
        super().__init__(required=False, max_length=8, **options)

    def clean(self, value: Any) -> datetime | None:
        text = super().clean(value)
        if not text:
            return None
        on = timezone.localtime(self.meeting.starts).date()
        return timezone.make_aware(datetime.combine(on, read_time(text, "attendance")))

    def prepare_value(self, value: Any) -> Any:
        return f"{timezone.localtime(value):%H:%M}" if isinstance(value, datetime) else value


class AttendanceRow(forms.Form):
    """How one agency was represented; an empty row says nothing.

    The first values are sent along, so that what somebody else has written since is not
    overwritten unseen.
    """

    def __init__(
        self, meeting: Meeting, agency: Agency, held: Attendance | None, data: Any = None
    ) -> None:
        super().__init__(data, prefix=f"agency{agency.pk}", use_required_attribute=False)
        self.agency, self.held = agency, held
        self.fields["came"] = forms.ChoiceField(
            label="Came", choices=[("", "Not noted"), *Came.choices], required=False
        )
        self.fields["name"] = forms.CharField(label="Who", max_length=120, required=False)
        self.fields["from_time"] = ClockField(meeting, label="From")
        self.fields["until_time"] = ClockField(meeting, label="Until")
        for name, field in self.fields.items():
            field.initial = getattr(held, name) if held else None
            field.show_hidden_initial = True

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if not cleaned.get("came") and any(cleaned.get(f) for f in ("name", "from_time")):
            raise ValidationError({"came": f"Say how {self.agency.name} came"})
        return cleaned

    def held_as_written(self, name: str) -> Any:
        """What is held of a field now, as a box shows it: seen, once the page has shown it."""
        value = getattr(self.held, name) if self.held else ""
        return self.fields[name].prepare_value(value) or ""

    def noted(self) -> Noted | None:
        """What is written in the row, or None for an empty one."""
        said = self.cleaned_data
        return Noted(**said) if said.get("came") else None

    def seen(self) -> Noted | None:
        """What the page had shown in it."""
        said = {name: self._first(name) for name in ("came", "name", "from_time", "until_time")}
        return Noted(**said) if said["came"] else None

    def _first(self, name: str) -> Any:
        field, key = self.fields[name], self.add_initial_prefix(name)
        try:
            return field.clean(self.data.get(key, ""))
        except ValidationError:
            return None


class AttendanceForms:
    """A row an agency, in the order of their names."""

    def __init__(
        self, meeting: Meeting, agencies: Sequence[Agency], held: Mapping[int, Attendance],
        data: Any = None,
    ) -> None:  # fmt: skip
        self.rows = [AttendanceRow(meeting, each, held.get(each.pk), data) for each in agencies]

    def is_valid(self) -> bool:
        return False not in [row.is_valid() for row in self.rows]

    def _changed(self) -> Iterator[AttendanceRow]:
        return (row for row in self.rows if row.has_changed() and row.noted() is not None)

    def noted(self) -> dict[int, Noted]:
        """Return what was changed on the page, by agency."""
        return {row.agency.pk: noted for row in self._changed() if (noted := row.noted())}

    def seen(self) -> dict[int, Noted | None]:
        return {row.agency.pk: row.seen() for row in self._changed()}


def item_of(meeting: Meeting, pk: str) -> MeetingItem | None:
    """Return the item of a meeting with that id, if there is one that stands."""
    if not pk.isdecimal():
        return None
    return meeting.items.filter(pk=int(pk), removed_at__isnull=True).first()
