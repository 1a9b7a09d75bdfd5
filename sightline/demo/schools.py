"""What a council officer finds on a morning: old names, an inset day, incidents not notified."""

from datetime import datetime, timedelta

from sightline.common.clock import local_date
from sightline.demo.cast import Cast
from sightline.directory.commands import close_on
from sightline.directory.models import KeyAdult
from sightline.encompass.reconciling import Listed, list_incidents, reconcile

OLD = {"900003": 130, "900005": 100}  # by school: how many days ago its names were confirmed
NEVER_CAME = (("LOG-0417", 30, 2), ("LOG-0466", 9, 1))  # log number, hours ago, children


def make_them_real(cast: Cast, *, now: datetime) -> None:
    """Names that nobody confirmed, a closed day, what police listed and never sent."""
    today = local_date(now)
    for urn, days in OLD.items():
        names = KeyAdult.objects.filter(school=cast.schools[urn])
        names.update(confirmed_on=today - timedelta(days=days))
    close_on(
        school=cast.schools["900001"], on=today + timedelta(days=11), why="inset day",
        by=cast.users["keyadult1"], now=now,
    )  # fmt: skip
    lines = [Listed(log, now - timedelta(hours=ago), many) for log, ago, many in NEVER_CAME]
    list_incidents(lines, sender=cast.police, now=now - timedelta(hours=3))
    reconcile(now)
