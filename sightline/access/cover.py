"""Who of an agency is there on a day, and who stands in for whom.

A deputy is of the same agency: what is shared with one agency is no business of another.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from sightline.access.models import Absence, User
from sightline.access.roles import ROLES, Perm
from sightline.audit.commands import record
from sightline.common.errors import NotUnderstood


@dataclass(frozen=True)
class StandIn:
    """Somebody who is absent until a day, and who answers in their place: None, nobody does."""

    absent: User
    until: date
    deputy: User | None


@dataclass(frozen=True)
class Cover:
    """Who of one agency may do a thing: who is there, and who is not."""

    here: tuple[User, ...] = ()
    away: tuple[StandIn, ...] = ()

    @property
    def nobody(self) -> bool:
        """Whether nobody is there who could: the agency is absent."""
        return not self.here


def cover_of(agency_ids: Iterable[int], perm: Perm, on: date) -> dict[int, Cover]:
    """Return who of each agency may do what `perm` allows on a day; every agency asked for has an
    entry. Whoever stands in for somebody comes first. Two queries."""
    wanted = set(agency_ids)
    roles = [code for code, role in ROLES.items() if perm in role.perms]
    able = User.objects.filter(agency__in=wanted, is_active=True, roles__overlap=roles)
    able = able.select_related("deputy").order_by("name", "pk")
    until = dict(
        Absence.objects.filter(
            user__agency__in=wanted, withdrawn_at__isnull=True, first__lte=on, last__gte=on
        )
        .order_by("last")
        .values_list("user", "last")
    )
    members: dict[int, list[User]] = defaultdict(list)
    for user in able:
        members[user.agency_id].append(user)
    return {agency: _cover(members[agency], until) for agency in wanted}


def _cover(members: list[User], until: dict[int, date]) -> Cover:
    here = {user.pk: user for user in members if user.pk not in until}
    away = [
        StandIn(user, until[user.pk], here.get(user.deputy_id or 0))
        for user in members
        if user.pk in until
    ]
    standing_in = {one.deputy.pk for one in away if one.deputy}
    in_order = sorted(here.values(), key=lambda user: user.pk not in standing_in)
    return Cover(tuple(in_order), tuple(away))


@transaction.atomic
def set_deputy(*, user: User, deputy: User | None, by: User | None, now: datetime) -> User:
    """Say who answers in a user's place. Saying so twice is saying it once.

    Raises NotUnderstood for somebody who could not: of another agency, without a role for what the
    user answers, or the user.
    """
    if deputy is not None:
        _refuse_deputy(user, deputy)
    if user.deputy_id != (deputy.pk if deputy else None):
        user.deputy = deputy
        user.save(update_fields=["deputy"])
        record("user.deputy_set", user, by=by, at=now, deputy=deputy.pk if deputy else None)
    return user


def _refuse_deputy(user: User, deputy: User) -> None:
    if deputy.pk == user.pk or deputy.agency_id != user.agency_id or not deputy.is_active:
        raise NotUnderstood("A deputy is somebody else of the same agency.")
    if Perm.ANSWER_RESEARCH in user.perms and Perm.ANSWER_RESEARCH not in deputy.perms:
        raise NotUnderstood(f"{deputy.name} has no role that may answer for {user.agency.name}.")


@transaction.atomic
def record_absence(*, user: User, first: date, last: date, by: User, now: datetime) -> Absence:
    """Write down that somebody is not there, of the same agency as whoever says so.

    Doing it again returns what is there. Raises NotUnderstood for days in the wrong order.
    """
    if user.agency_id != by.agency_id:
        raise NotUnderstood("Absences are written down by somebody of the same agency.")
    if last < first:
        raise NotUnderstood("The last day must not be before the first.")
    absence, made = Absence.objects.get_or_create(
        user=user, first=first, last=last, withdrawn_at=None,
        defaults={"recorded_at": now, "recorded_by": by},
    )  # fmt: skip
    if made:
        record("absence.recorded", absence, by=by, at=now)
    return absence


@transaction.atomic
def withdraw_absence(*, absence: Absence, by: User, now: datetime) -> Absence:
    """Take an absence back. Doing it again changes nothing."""
    absence = Absence.objects.select_for_update(of=("self",)).select_related("user").get(
        pk=absence.pk
    )  # fmt: skip
    if absence.user.agency_id != by.agency_id:
        raise NotUnderstood("Absences are taken back by somebody of the same agency.")
    if absence.withdrawn_at is None:
        absence.withdrawn_at, absence.withdrawn_by = now, by
        absence.save(update_fields=["withdrawn_at", "withdrawn_by"])
        record("absence.withdrawn", absence, by=by, at=now)
    return absence
