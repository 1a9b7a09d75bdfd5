"""Planning a change of links for a page, and carrying it out as it was shown."""

from collections.abc import Callable, Collection
from datetime import datetime

from django.db import transaction

from sightline.access.models import User
from sightline.common.announce import quietly
from sightline.common.errors import WrongMoment
from sightline.pathway.planning import Plan, rehearse, renew_for
from sightline.people.carrying import Shown
from sightline.people.models import LinkChange
from sightline.people.undoing import undo

Change = Callable[..., LinkChange]  # takes because, by, now and shown
REHEARSED = "A rehearsal: nothing of it stays."


def plan_for(
    change: Change, persons: Collection[int], *, by: User, now: datetime
) -> tuple[Plan | None, str]:
    """Return what a change would do, or None and why it would be refused."""
    try:
        return rehearse(lambda: change(because=REHEARSED, by=by, now=now), persons, now=now), ""
    except WrongMoment as refusal:
        return None, str(refusal)


@transaction.atomic
def carry_out(
    change: Change, persons: Collection[int], *, because: str, seen: str, by: User, now: datetime
) -> LinkChange:
    """Do what was planned, and have every door follow at once. Raises WrongMoment and StalePlan.

    The plan is kept with the change: it is made once more, and `seen` proves that it is the one
    that was shown.
    """
    plan, _ = plan_for(change, persons, by=by, now=now)
    shown = Shown(plan.as_data() if plan else {}, seen)
    with quietly("links.changed"):
        done = change(because=because, by=by, now=now, shown=shown)
        renew_for(done, now)
    return done


@transaction.atomic
def take_back(*, change: LinkChange, because: str, by: User, now: datetime) -> LinkChange:
    """Undo a change, and have every door follow at once. Raises WrongMoment."""
    with quietly("links.changed"):
        done = undo(change=change, because=because, by=by, now=now)
        renew_for(done, now)
    return done
