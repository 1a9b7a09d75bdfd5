"""Doors of the team follow the sharing rows: what a row opens or shuts, it does for open cases too.

An entry of the ledger says what holds now; what it said before stands in its history.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from sightline.sharing.commands import FOR_ENQUIRY, FOR_REVIEW, NEW_FAMILY, STANDING, Grant
from sightline.sharing.commands import as_the_rows_say as now_says
from sightline.sharing.models import Disclosure

OF_THE_TEAM = (STANDING, NEW_FAMILY, FOR_REVIEW, FOR_ENQUIRY)
AT_ONCE = 2000


def follow_the_rows(now: datetime) -> int:
    """Have every open door of the team say what the rows in force say. Returns how many changed.

    Run after a row is signed and every hour, for rows that commence on a day. Twice is once; what
    was interrupted goes on.
    """
    return sum(_follow(now_says(grant, now), now) for grant in OF_THE_TEAM)


def _follow(grant: Grant, now: datetime) -> int:
    wanted = {"items": list(grant.items), "level": grant.level, "basis": grant.basis}
    stale = Disclosure.objects.filter(origin=grant.origin, until_at__gt=now).exclude(**wanted)
    ids = list(stale.order_by("pk").values_list("pk", flat=True))
    for some in _batches(ids):
        with transaction.atomic():
            Disclosure.objects.filter(pk__in=some).update(**wanted)
    return len(ids)


def _batches(ids: list[int]) -> Iterable[list[int]]:
    return (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))
