"""Who of the demo's people still needs access: most are confirmed, some are to be this month."""

from datetime import datetime, timedelta

from sightline.accounts.members import confirm
from sightline.accounts.whose import looked_after_by
from sightline.demo.cast import Cast

LATELY = timedelta(days=18)
LONG_AGO = timedelta(days=80)  # a quarter is nearly over
TO_CONFIRM = ("socialworker", "teammanager", "auditor")


def confirm_people(cast: Cast, *, now: datetime) -> None:
    """Have the administrators of the cast confirm whom they look after. Twice is once."""
    to_confirm = {cast.users[local].pk for local in TO_CONFIRM}
    for administrator in (cast.users["useradmin"], cast.users["systems"]):
        people = looked_after_by(administrator).filter(membership=None)
        for user in people:
            ago = LONG_AGO if user.pk in to_confirm else LATELY
            confirm(users=[user], by=administrator, now=now - ago)
