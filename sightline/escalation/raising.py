"""Raising what is late, tier by tier, and closing what has been done in the meantime.

Run every hour. However often it runs, and wherever it was interrupted, each thing is put before
somebody once a tier; tiers that passed while nothing ran are left out.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Q

from sightline.audit.commands import event, record_many
from sightline.common.announce import announce
from sightline.common.clock import local_date
from sightline.escalation.late import Key, Late, late_things
from sightline.escalation.models import Escalation
from sightline.escalation.whom import recipient, who_is_there
from sightline.rules.calendar import england_and_wales
from sightline.rules.escalation.ladder import Ladder, Ladders, Reached, ladders_on, reached

DONE = "Closed by itself: what it was about was done, or is not asked for any more."
HIGHER = "Closed by itself: it went to the next tier."
LOCK = 7_230_041  # any number that nobody else uses


@transaction.atomic
def escalate(now: datetime) -> int:
    """Raise what has reached a tier and close what is done. Returns how many were raised."""
    with connection.cursor() as cursor:  # one at a time; a second one finds nothing left to do
        cursor.execute("select pg_advisory_xact_lock(%s)", [LOCK])
    late = late_things(now)
    _close(_over({one.key for one in late}), DONE, now)
    made = _raise(late, ladders_on(local_date(now)), now)
    for user in sorted({one.to_user_id for one in made if one.to_user_id}):
        announce("escalations.raised", user)
    return len(made)


def _over(still: Collection[Key]) -> list[Escalation]:
    """The open escalations of what is not open any more, or not soon due."""
    open_now = Escalation.objects.filter(closed_at__isnull=True)
    return [one for one in open_now if key_of(one) not in still]


def key_of(one: Escalation) -> Key:
    return Key(
        one.action_id, one.research_id, one.screening_id, one.clock, one.clock_began,
        one.emergency_id,
    )  # fmt: skip


def _close(over: Iterable[Escalation], note: str, now: datetime) -> None:
    closed = list(over)
    for one in closed:
        one.closed_at, one.closing_note = now, note
    Escalation.objects.bulk_update(closed, ["closed_at", "closing_note"], batch_size=500)
    record_many(event("escalation.closed_itself", one, by=None, at=now) for one in closed)


def _raise(late: Collection[Late], ladders: Ladders, now: datetime) -> list[Escalation]:
    today, holidays = local_date(now), england_and_wales()
    before, there = _raised_before(late), who_is_there(today)
    made = []
    for one in late:
        ladder = ladders.of(one.about)
        found = reached(ladder, one.last, today, holidays, over=one.over)
        if found and ladder.rank(found.tier.id) > _highest(before.get(one.key, ()), ladder):
            user, agency = recipient(found.tier.to, one, there)
            made.append(_escalation(one, found, ladders, user, agency, now))
    Escalation.objects.bulk_create(made)
    _close(_lower(made), HIGHER, now)
    record_many(event("escalation.raised", one, by=None, at=now, tier=one.tier) for one in made)
    return made


def _raised_before(late: Collection[Late]) -> Mapping[Key, list[str]]:
    """The tiers that each of these has been raised at, closed ones too."""
    about = Q(action__in=[one.key.action for one in late if one.key.action])
    about |= Q(research__in=[one.key.research for one in late if one.key.research])
    about |= Q(screening__in={one.key.screening for one in late if one.key.screening})
    about |= Q(emergency__in=[one.key.emergency for one in late if one.key.emergency])
    found: dict[Key, list[str]] = defaultdict(list)
    for one in Escalation.objects.filter(about):
        found[key_of(one)].append(one.tier)
    return found


def _highest(tiers: Iterable[str], ladder: Ladder) -> int:
    return max((ladder.rank(tier) for tier in tiers), default=-1)


def _escalation(
    late: Late, found: Reached, ladders: Ladders, user: int | None, agency: int | None,
    now: datetime,
) -> Escalation:  # fmt: skip
    return Escalation(
        action_id=late.key.action, research_id=late.key.research,
        screening_id=late.key.screening, clock=late.key.clock, clock_began=late.key.began,
        emergency_id=late.key.emergency,
        last_day=late.last, tier=found.tier.id,
        rules=f"{ladders.id} {ladders.version}", because=found.because, raised_at=now,
        to_user_id=user, to_agency_id=agency,
    )  # fmt: skip


def _lower(made: Collection[Escalation]) -> list[Escalation]:
    """The open escalations of the same things at lower tiers."""
    keys = {key_of(one) for one in made}
    fresh = {one.pk for one in made}
    open_now = Escalation.objects.filter(closed_at__isnull=True).exclude(pk__in=fresh)
    return [one for one in open_now if key_of(one) in keys]
