"""What a school may see of a pupil because of a notice: the door stands for a year."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from sightline.access.models import User
from sightline.common.clock import local_date
from sightline.encompass.models import Notice
from sightline.encompass.told import Told, items_of, rows_in_words, what_may_be_told
from sightline.people.queries import persons_of
from sightline.rules.sharing.parts import Matter
from sightline.sharing.commands import FOR_NOTICE, Door, Grant, disclose
from sightline.sharing.models import Item, Level
from sightline.sharing.table import pack_in_force

A_SCHOOL_YEAR = timedelta(days=365)


def agency_of(notice: Notice) -> int | None:
    """Return who is told: the agency of the school, or the council's office in its place."""
    return notice.school.agency_id if notice.school else notice.office_id


def open_to_schools(notices: Iterable[Notice], *, by: User | None, now: datetime) -> None:
    """Open the doors of those whom these notices are for, to what the sharing rules allow.

    Those that are for nobody yet open none; so do those of which nothing may be told.
    """
    told = [(notice, agency) for notice in notices if (agency := agency_of(notice)) is not None]
    person_of = persons_of([notice.mention for notice, _ in told])
    doors: dict[Grant, list[Door]] = defaultdict(list)
    pack = pack_in_force(local_date(now))
    for notice, agency in told:
        grant = grant_for(what_may_be_told(notice, now, pack))
        if grant is not None:
            until = notice.made_at + A_SCHOOL_YEAR
            doors[grant].append(Door(agency, person_of[notice.mention_id], str(notice.pk), until))
    for grant, its_doors in doors.items():
        disclose(grant, its_doors, by=by, now=now)


def grant_for(told: Told) -> Grant | None:
    """Return what a notice opens, on the ground of the rows that allow it; None opens nothing."""
    if not told:
        return None
    first = told[Matter.INCIDENT]
    return replace(
        FOR_NOTICE,
        items=(*sorted(items_of(told)), Item.SCHOOL),
        level=Level(first.extent or Level.FACT),
        basis=f"{first.gateway}. {first.basis}"[:200],
        reason=f"{FOR_NOTICE.reason} ({rows_in_words(told)})",
    )
