"""Every night: clocks are started, and whoever was not confirmed in time loses access."""

from datetime import datetime

from django.db import transaction

from sightline.access.models import User
from sightline.accounts.limits import forget
from sightline.accounts.members import shut_out
from sightline.accounts.models import Membership
from sightline.common.clock import local_date
from sightline.rules.access.confirming import State, standing
from sightline.rules.access.rules_file import rules_on


def keep_access_right(now: datetime) -> int:
    """Start the clock of whoever has none, end the access of whoever was not confirmed in time.

    Returns how many lost access. Doing it again changes nothing.
    """
    _start_clocks(now)
    forget(now)
    rule = rules_on(local_date(now)).confirming
    over = Membership.objects.filter(ended_at=None, confirmed_at__lt=now - rule.every)
    return sum(_end(pk, now) for pk in over.values_list("pk", flat=True))


def _start_clocks(now: datetime) -> None:
    """A user added otherwise than by an administrator has a quarter from now on."""
    Membership.objects.bulk_create(
        (
            Membership(user=user, confirmed_at=now)
            for user in User.objects.filter(is_active=True, membership=None)
        ),
        ignore_conflicts=True,
    )


@transaction.atomic
def _end(pk: int, now: datetime) -> bool:
    """End one membership if it is over; somebody may have confirmed it meanwhile."""
    member = Membership.objects.select_for_update(of=("self",)).select_related("user").get(pk=pk)
    today = local_date(now)
    found = standing(local_date(member.confirmed_at), today, rules_on(today).confirming)
    if found.state is not State.OVER or member.ended_at is not None:
        return False
    shut_out(member.user, member, found.because, by=None, now=now)
    return True
