"""What somebody must look at: raised once until it is seen, shown to whoever answers for it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet

from sightline.access.models import Agency, User
from sightline.access.queries import require
from sightline.access.roles import Perm
from sightline.audit.commands import record
from sightline.common.announce import announce
from sightline.common.clock import now as present
from sightline.vault.models import Alarm, Print, SafeAddress, What

MAILED = (What.INCIDENT, What.CHANGED)  # what cannot wait until somebody looks
MAY_SEE = (Perm.SEE_AUDIT, Perm.DECIDE, Perm.KEEP_SAFE)


@transaction.atomic
def raise_alarm(what: What, now: datetime, **about: Any) -> Alarm:
    """Raise an alarm, or count it again where it stands and nobody has seen it."""
    about.setdefault("address", None)
    about.setdefault("contact", None)
    about.setdefault("incident", None)
    about.setdefault("agency", None)
    alarm, fresh = Alarm.objects.get_or_create(
        what=what, seen_at=None, **about, defaults={"first_at": now, "last_at": now}
    )
    if fresh and what in MAILED:
        announce("vault.alarm", alarm.pk)
    if not fresh:
        Alarm.objects.filter(pk=alarm.pk).update(times=F("times") + 1, last_at=now)
    record("vault.alarm", alarm, by=None, at=now, kind_of=what, way=about.get("way", ""))
    return alarm


def held_back(prints: Iterable[Print], *, way: str, place: str, reader: str) -> None:
    """Write down that something was held back: which entries, from whom, where; nothing of it.

    Without prints it was a file that nobody could read.
    """
    found = {(p.address_id, p.contact_id): p for p in prints}.values()
    about = [{"kind": p.kind, "address": p.address, "contact": p.contact} for p in found]
    for one in about or [{"kind": ""}]:
        raise_alarm(What.HELD_BACK, present(), way=way, place=place[:80], reader=reader, **one)


def tell_it_changed(old: SafeAddress, agencies: Iterable[Agency], now: datetime) -> None:
    """Tell every agency that had the old address to stop what is on its way there."""
    for agency in agencies:
        raise_alarm(What.CHANGED, now, address=old, agency=agency)


def alarms_for(user: User) -> QuerySet[Alarm]:
    """Return the alarms that this user answers for, the newest first.

    What was held back is the information governance lead's; that an incident happened at a safe
    address concerns the leads of the team too; a change, the agencies that had the old address.
    """
    return Alarm.objects.filter(_mine(user)).order_by(
        F("seen_at").asc(nulls_first=True), "-last_at"
    )


def _mine(user: User) -> Q:
    mine = Q(pk=None)
    if Perm.SEE_AUDIT in user.perms:
        mine |= Q(what__in=(What.HELD_BACK, What.INCIDENT))
    if Perm.DECIDE in user.perms:
        mine |= Q(what=What.INCIDENT)
    if Perm.KEEP_SAFE in user.perms:
        mine |= Q(agency=user.agency_id)
    return mine


def those_who_answer(alarm: Alarm) -> list[User]:
    """Return everybody among whose alarms this one is."""
    users = User.objects.filter(is_active=True).order_by("pk")
    some = [user for user in users if user.perms.intersection(MAY_SEE)]
    return [user for user in some if Alarm.objects.filter(_mine(user), pk=alarm.pk).exists()]


def count_for(user: User) -> int:
    """Return how many of these nobody has seen. One query, and none for whom there are none."""
    if not user.perms.intersection(MAY_SEE):
        return 0
    return alarms_for(user).filter(seen_at__isnull=True).count()


@transaction.atomic
def see_alarm(*, alarm: Alarm, done: str, by: User, now: datetime) -> None:
    """Say what was done about an alarm. Of two who say so the first is kept."""
    require(by, *MAY_SEE)
    seen = Alarm.objects.filter(pk=alarm.pk, seen_at__isnull=True).update(
        seen_at=now, seen_by=by, done=done
    )
    if seen:
        record("vault.alarm_seen", alarm, by=by, at=now)
