"""What a school may see of a pupil because of a notice: the door stands for a year."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sightline.access.models import User
from sightline.encompass.models import Notice
from sightline.people.queries import persons_of
from sightline.sharing.commands import FOR_NOTICE, Door, disclose

A_SCHOOL_YEAR = timedelta(days=365)


def open_to_schools(notices: Iterable[Notice], *, by: User | None, now: datetime) -> None:
    """Open the doors of the schools of these notices. Those without a school open none."""
    told = [(notice, notice.school) for notice in notices if notice.school is not None]
    person_of = persons_of([notice.mention for notice, _ in told])
    doors = [
        Door(
            school.agency_id,
            person_of[notice.mention_id],
            str(notice.pk),
            notice.made_at + A_SCHOOL_YEAR,
        )
        for notice, school in told
    ]
    disclose(FOR_NOTICE, doors, by=by, now=now)
