"""The screening team: the agencies whose core members sit in it, and the doors opened to all."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sightline.access.models import Agency, User
from sightline.sharing.commands import Door, Grant, disclose

OPEN_FOR = timedelta(days=90)  # a standing disclosure ends by itself; a new notification renews it


def open_to_team(
    grant: Grant, stand_for: Iterable[tuple[str, int]], *, by: User | None, now: datetime
) -> None:
    """Open doors to every agency of the team: for each what it stands for, and the person."""
    wanted = list(stand_for)
    core = Agency.objects.filter(core=True, closed_on__isnull=True) if wanted else ()
    disclose(
        grant,
        [
            Door(agency.pk, person, origin_id, now + OPEN_FOR)
            for agency in core
            for origin_id, person in wanted
        ],
        by=by,
        now=now,
    )
