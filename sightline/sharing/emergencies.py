"""Opening one record because it cannot wait, and the review of it by somebody else.

Source of the lengths: rules/access. The door is an entry of the ledger like any other: for this
user alone, and it ends by itself. It opens nothing of the vault.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, QuerySet

from sightline.access.models import User
from sightline.access.queries import require
from sightline.access.roles import Perm
from sightline.audit.commands import record, record_search
from sightline.audit.models import Read
from sightline.common.announce import announce
from sightline.common.clock import local_date
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.people.models import KeptFrom
from sightline.rules.access.rules_file import rules_on
from sightline.rules.calendar import add_working_days, england_and_wales
from sightline.sharing.commands import FOR_EMERGENCY, Door, disclose
from sightline.sharing.exactly import Exactly, find_exactly
from sightline.sharing.models import CASE_ITEMS, Disclosure, Emergency, Noticed, Origin
from sightline.sharing.noticing import notice_looks
from sightline.sharing.queries import what_they_may_see

REASON = 15  # characters: fewer are no reason
NOBODY = (
    "Nobody is on record with exactly this. Check the number, or the whole name and the birth "
    "date. If a child is in danger now, ring 999; you need no record for that."
)
SEVERAL = "More than one person fits. Give a number of theirs: NHS number, UPN or police id."
PAGE = "emergency"


@dataclass(frozen=True)
class OpenAlready:
    """Everything of this person is open to the user: no emergency is needed."""

    person_id: int


def open_in_emergency(
    *, who: Exactly, reason: str, key: UUID, by: User, now: datetime
) -> Emergency | OpenAlready:
    """Open one person's record to this user for some hours. The same `key` again, or the same
    person while it is open, opens nothing more.

    Raises NotUnderstood where nobody, or more than one, is meant, and for whoever they are kept
    from, who is told the same as if there were nobody. What was asked for is kept either way.
    """
    require(by, Perm.BREAK_GLASS)
    reason = " ".join(reason.split())
    if len(reason) < REASON:
        raise NotUnderstood("Say in a sentence why it cannot wait.")
    found = _found(who, by, now)
    if not found:
        raise NotUnderstood(NOBODY)
    if len(found) > 1:
        raise NotUnderstood(SEVERAL)
    answer = what_they_may_see(by, found, now).get(found[0])
    standing = _standing(found[0], key, by, now)
    if answer and answer.items >= frozenset(CASE_ITEMS) and standing is None:
        return OpenAlready(found[0])
    return standing or _open(found[0], reason, key, by, now)


@transaction.atomic
def _found(who: Exactly, by: User, now: datetime) -> list[int]:
    """Look somebody up and write that down; whom they are kept from, they do not find."""
    found = find_exactly(who)
    record_search(by=by, at=now, page=PAGE, terms=str(who), found=len(found))
    kept = KeptFrom.objects.filter(
        Q(user=by) | Q(agency=by.agency_id), person__in=found, ended_at__isnull=True
    )
    hidden = set(kept.values_list("person_id", flat=True))
    notice_looks(
        dict.fromkeys(hidden, "asked for in an emergency"), by=by, page=PAGE, now=now,
        what=Noticed.KEPT_AWAY,
    )  # fmt: skip
    return [person for person in found if person not in hidden]


def _standing(person: int, key: UUID, by: User, now: datetime) -> Emergency | None:
    mine = Emergency.objects.filter(opened_by=by, person=person)
    return mine.filter(Q(key=key) | Q(until_at__gt=now)).order_by("-pk").first()


@transaction.atomic
def _open(person: int, reason: str, key: UUID, by: User, now: datetime) -> Emergency:
    if Emergency.objects.filter(key=key).exists():
        raise WrongMoment("This page was used before, for somebody else. Open it anew.")
    rule, today = rules_on(local_date(now)).emergencies, local_date(now)
    due = add_working_days(today, rule.review_working_days, england_and_wales())
    opened, made = Emergency.objects.get_or_create(
        key=key, opened_by=by, person_id=person,
        defaults={
            "agency_id": by.agency_id, "reason": reason, "opened_at": now,
            "until_at": now + rule.open_for, "review_by": due,
        },
    )  # fmt: skip
    if made:
        grant = replace(FOR_EMERGENCY, reason=f"{FOR_EMERGENCY.reason}: {reason}"[:300])
        door = Door(by.agency_id, person, str(opened.pk), opened.until_at, by.pk)
        disclose(grant, [door], by=by, now=now)
        record("emergency.opened", opened, by=by, at=now)
        announce("emergency.opened", opened.pk)
    return opened


def reviewable(user: User) -> QuerySet[Emergency]:
    """Return what others opened and this user may review: of the own agency, or of all for whoever
    answers for the partnership. Those that wait come first, by the day their review is due."""
    if Perm.REVIEW_EMERGENCIES not in user.perms:
        return Emergency.objects.none()
    found = Emergency.objects.exclude(opened_by=user)
    if not user.perms & {Perm.SEE_AUDIT, Perm.DECIDE}:
        found = found.filter(agency=user.agency_id)
    found = found.select_related("agency", "opened_by", "reviewed_by")
    return found.order_by(F("reviewed_at").asc(nulls_first=True), "review_by", "-pk")


def count_for(user: User) -> int:
    """Return how many wait for this user's review. One query, or none."""
    return reviewable(user).filter(Emergency.WAITS).count()


def reviewers_of(emergency: Emergency) -> list[User]:
    """Return everybody who may review it."""
    users = User.objects.filter(is_active=True).exclude(pk=emergency.opened_by_id).order_by("pk")
    some = [user for user in users if Perm.REVIEW_EMERGENCIES in user.perms]
    return [user for user in some if reviewable(user).filter(pk=emergency.pk).exists()]


def looks_under(emergency: Emergency) -> QuerySet[Read]:
    """Return what was looked at through its door, oldest first."""
    doors = Disclosure.objects.filter(origin=Origin.EMERGENCY, origin_id=str(emergency.pk))
    begins = [
        Q(because__startswith=f"disclosure {pk}:") for pk in doors.values_list("pk", flat=True)
    ]
    return Read.objects.filter(
        begins[0] if begins else Q(pk=None),
        person=str(emergency.person_id), by=str(emergency.opened_by_id),
    ).order_by("at", "pk")  # fmt: skip


@transaction.atomic
def review(
    *, emergency: Emergency, justified: bool, follows: str, by: User, now: datetime
) -> Emergency:
    """Say whether it was justified, and what follows. Saying the same twice is saying it once.

    404 is the page's business: raises PermissionDenied for whoever may not. WrongMoment for one's
    own, and where somebody else has said otherwise.
    """
    require(by, Perm.REVIEW_EMERGENCIES)
    follows = " ".join(follows.split())
    emergency = Emergency.objects.select_for_update().get(pk=emergency.pk)
    if emergency.opened_by_id == by.pk:
        raise WrongMoment("Somebody else reviews what you opened.")
    if emergency.reviewed_at is not None:
        return _said_before(emergency, justified, by)
    if not justified and not follows:
        raise NotUnderstood("Say what follows: it was not justified.")
    emergency.justified, emergency.follows = justified, follows
    emergency.reviewed_at, emergency.reviewed_by = now, by
    emergency.save(update_fields=["justified", "follows", "reviewed_at", "reviewed_by"])
    if not justified:
        Disclosure.objects.filter(
            origin=Origin.EMERGENCY, origin_id=str(emergency.pk), until_at__gt=now
        ).update(until_at=now)
    record("emergency.reviewed", emergency, by=by, at=now, justified=justified)
    return emergency


def _said_before(emergency: Emergency, justified: bool, by: User) -> Emergency:
    if emergency.reviewed_by_id == by.pk and emergency.justified == justified:
        return emergency
    raise WrongMoment("It has been reviewed already; what was said stands.")
