"""What social care did for a child after a notification, from a file."""

from collections.abc import Sequence
from datetime import date, datetime

from sightline.actions.models import EventKind, SocialCareEvent
from sightline.audit.commands import event, record_many
from sightline.common.clock import local_date
from sightline.common.errors import NotUnderstood
from sightline.intake.files.understanding import Fate, Understood
from sightline.intake.files.values import one_of
from sightline.intake.finding import find_children
from sightline.intake.models import ImportFile
from sightline.people.models import Mention

read_kind = one_of({kind.value: kind.label for kind in EventKind})

Happened = tuple[int, str, str, date]  # incident, NHS number, kind, day


def import_events(rows: Sequence[Understood], file: ImportFile, now: datetime) -> list[Fate]:
    """Write down what these rows say; what is on record already is written once.

    The number of queries does not depend on the number of rows.
    """
    found = find_children({_asked(row) for row in rows}, file.sender)
    known = _on_record({one.mention.source.happened_in for one in found.values() if one.mention})
    fresh: list[SocialCareEvent] = []
    fates = []
    for row in rows:
        child = found[_asked(row)]
        if child.mention is None:
            fates.append(Fate(row.row, (child.because,)))
        else:
            fates.append(_take(row, child.mention, known, fresh, file, now))
    made = SocialCareEvent.objects.bulk_create(fresh)
    record_many(
        event("social_care.imported", one, by=file.started_by, at=now, file=file.pk) for one in made
    )
    return fates


def _asked(row: Understood) -> tuple[str, str]:
    number = "".join(filter(str.isdigit, row.values["nhs_number"]))
    return row.values["notification_reference"], number


def _on_record(incidents: set[int]) -> set[Happened]:
    held = SocialCareEvent.objects.filter(mention__source__incident__in=incidents)
    return set(
        held.values_list("mention__source__incident_id", "mention__nhs_number", "kind", "on")
    )


def _take(
    row: Understood,
    mention: Mention,
    known: set[Happened],
    fresh: list[SocialCareEvent],
    file: ImportFile,
    now: datetime,
) -> Fate:
    try:
        kind = read_kind(row.values["kind"])
    except NotUnderstood as problem:
        return Fate(row.row, tuple(f"“{row.column_of['kind']}”: {r}." for r in problem.reasons))
    on = row.values["on"]
    if on > local_date(now):
        return Fate(row.row, ("The day is after today. Send it once it has happened.",))
    happened = (mention.source.happened_in, mention.nhs_number, kind, on)
    if happened in known:
        return Fate(row.row, replayed=True)
    known.add(happened)
    fresh.append(
        SocialCareEvent(
            mention=mention, kind=kind, on=on, recorded_at=now, recorded_by=file.started_by
        )
    )
    return Fate(row.row)
