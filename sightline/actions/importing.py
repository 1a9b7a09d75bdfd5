"""What social care did for children, from a file of its own system."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sightline.actions.models import EventKind, SocialCareEvent
from sightline.actions.naming import find_by_name
from sightline.actions.outcomes import KEPT, SAID, OnRecord, filled_in, new_event, on_record
from sightline.audit.commands import event, record_many
from sightline.audit.models import Event
from sightline.common.clock import local_date
from sightline.common.errors import NotUnderstood
from sightline.intake.files.understanding import Fate, Understood
from sightline.intake.files.values import one_of
from sightline.intake.finding import Found, find_by_number, find_by_person, find_children
from sightline.intake.models import ImportFile
from sightline.people.models import Mention
from sightline.people.queries import persons_of
from sightline.rules.social_care import Said, problems

read_kind = one_of({kind.value: kind.label for kind in EventKind})
WHICH_CHILD = (
    "Say which child: by the NHS number, by our number, or by given name, surname and birth date."
)
NOT_LINKED = Found(because="The notification is still on its way. Send this row again later.")


@dataclass
class Taking:
    """What is being taken in from some rows: what was on record, what is new, what changed."""

    file: ImportFile
    now: datetime
    held: OnRecord
    fresh: list[SocialCareEvent] = field(default_factory=list)
    changed: dict[int, SocialCareEvent] = field(default_factory=dict)


def import_events(rows: Sequence[Understood], file: ImportFile, now: datetime) -> list[Fate]:
    """Write down what these rows say; what is on record already is written once, and filled in
    where a row says more.

    The number of queries does not depend on the number of rows that give a number of the child.
    """
    found = _children(rows, file, now)
    persons = persons_of([one.mention for one in found if one.mention])
    taking = Taking(file, now, on_record(set(persons.values())))
    fates = [_fate(row, child, persons, taking) for row, child in zip(rows, found, strict=True)]
    _write(taking)
    return fates


def _children(rows: Sequence[Understood], file: ImportFile, now: datetime) -> list[Found]:
    """Find the child of each row, by the surest thing it says."""
    numbers = {_number(row) for row in rows}
    by_reference = find_children({_asked(row) for row in rows if _asked(row)[0]}, file.sender)
    by_number = find_by_number(numbers - {""})
    by_person = find_by_person({row.values["child_id"] for row in rows if "child_id" in row.values})

    def find(row: Understood) -> Found:
        if "child_id" in row.values:
            return by_person[row.values["child_id"]]
        if _asked(row)[0]:
            return by_reference[_asked(row)]
        return by_number.get(_number(row)) or _by_name(row, now)

    return [find(row) for row in rows]


def _number(row: Understood) -> str:
    return "".join(filter(str.isdigit, row.values.get("nhs_number", "")))


def _asked(row: Understood) -> tuple[str, str]:
    return row.values.get("notification_reference", ""), _number(row)


def _by_name(row: Understood, now: datetime) -> Found:
    values = row.values
    if not {"given_name", "surname", "date_of_birth"} <= values.keys():
        known = "No child on record has this NHS number. " if _number(row) else ""
        return Found(because=known + WHICH_CHILD)
    return find_by_name(
        values["given_name"], values["surname"], values["date_of_birth"], _number(row), now
    )


def _fate(row: Understood, child: Found, persons: dict[int, int], taking: Taking) -> Fate:
    if child.mention is None:
        return Fate(row.row, (child.because,))
    person = persons.get(child.mention.pk)
    if person is None:
        return Fate(row.row, (NOT_LINKED.because,))
    said = _said(row)
    if not isinstance(said, Said):
        return Fate(row.row, said)
    if wrong := problems(said, taking.held.happened(person), local_date(taking.now)):
        return Fate(row.row, wrong)
    return Fate(row.row, replayed=not _take(said, child.mention, person, taking))


def _said(row: Understood) -> Said | tuple[str, ...]:
    """Return what a row says, or what must be corrected in it."""
    try:
        kind = read_kind(row.values["kind"])
    except NotUnderstood as problem:
        return tuple(f"“{row.column_of['kind']}”: {reason}." for reason in problem.reasons)
    more = {name: row.values[name] for name in SAID if name in row.values}
    return Said(kind, row.values["on"], **more)


def _take(said: Said, mention: Mention, person: int, taking: Taking) -> bool:
    """Whether anything is new in what is said."""
    known = taking.held.events[person]
    held = known.get((said.kind, said.on))
    if held is None:
        made = new_event(mention, said, taking.file.started_by, taking.now)
        known[said.kind, said.on] = made
        taking.fresh.append(made)
        return True
    changed = filled_in(held, said, taking.now)
    if changed and held.pk:
        taking.changed[held.pk] = held
    return bool(changed)


def _write(taking: Taking) -> None:
    made = SocialCareEvent.objects.bulk_create(taking.fresh)
    SocialCareEvent.objects.bulk_update(taking.changed.values(), [*SAID, *KEPT])
    record_many(_events("social_care.imported", made, taking))
    record_many(_events("social_care.filled_in", taking.changed.values(), taking))


def _events(what: str, about: Iterable[SocialCareEvent], taking: Taking) -> Iterator[Event]:
    file = taking.file
    for one in about:
        yield event(what, one, by=file.started_by, at=taking.now, file=file.pk)
