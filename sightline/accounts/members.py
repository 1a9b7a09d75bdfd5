"""Joiners, movers and leavers: what an administrator does. All of it may be done twice."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.core.exceptions import PermissionDenied
from django.db import transaction

from sightline.access.commands import add_user
from sightline.access.models import Agency, User
from sightline.access.queries import require
from sightline.access.roles import ROLES, Perm
from sightline.accounts.entry import new_entry_code, withdraw_entry_codes
from sightline.accounts.factors import end_all
from sightline.accounts.models import Membership
from sightline.accounts.whose import agencies_of, looked_after_by, roles_to_give
from sightline.audit.commands import record
from sightline.common.errors import NotUnderstood, WrongMoment

TAKEN = "That e-mail address cannot be used. Ask whoever looks after Sightline for the partnership."


@transaction.atomic
def join(
    *, email: str, name: str, job_title: str, agency: Agency, roles: list[str], by: User,
    now: datetime,
) -> tuple[User, str]:  # fmt: skip
    """Add somebody who may sign in; return them and the code with which they do so first.

    Somebody of that agency who is there already is returned as they are, with no code ("").
    Raises NotUnderstood for an address of another agency, or a role that `by` may not give.
    """
    require(by, Perm.MANAGE_USERS)
    if not agencies_of(by).filter(pk=agency.pk).exists():
        raise PermissionDenied
    _refuse_roles(roles, agency, by)
    there = User.objects.filter(email=email.strip().lower()).first()
    if there is not None:
        if there.agency_id != agency.pk:
            raise NotUnderstood(TAKEN)
        return there, ""
    user = add_user(
        email=email.strip(), name=name, agency=agency, roles=roles, job_title=job_title,
        password_hash=make_password(None), by=by, now=now,
    )  # fmt: skip
    Membership.objects.create(user=user, confirmed_at=now, confirmed_by=by)
    return user, new_entry_code(user=user, by=by, now=now)


@transaction.atomic
def set_roles(*, user: User, roles: Iterable[str], by: User, now: datetime) -> User:
    """Give and take the roles that `by` may give; others that the user has stay.

    Raises NotUnderstood for a role that `by` may not give.
    """
    user = _theirs(user, by)
    wanted = list(dict.fromkeys(roles))
    _refuse_roles(wanted, user.agency, by)
    givable = {role.code for role in roles_to_give(by, user.agency)}
    kept = [code for code in user.roles if code not in givable]
    after = [code for code in ROLES if code in {*kept, *wanted}]
    if set(after) != set(user.roles):
        before, user.roles = user.roles, after
        user.save(update_fields=["roles"])
        record("user.roles_set", user, by=by, at=now, before=before, after=after)
    return user


@transaction.atomic
def confirm(*, users: Iterable[User], by: User, now: datetime) -> list[User]:
    """Say that these still need access, and return them. Whose access the rule ended has it again.

    Raises WrongMoment for somebody whose access a person ended.
    """
    confirmed = []
    for user in users:
        user = _theirs(user, by)
        member = _member(user, now)
        if member.ended_at is not None and member.ended_by_id is not None:
            raise WrongMoment(f"Access of {user.name} was ended. Give it back on their page.")
        if member.ended_at is not None:
            _let_in(user, member)
        member.confirmed_at, member.confirmed_by = now, by
        member.save()
        record("user.confirmed", user, by=by, at=now)
        confirmed.append(user)
    return confirmed


@transaction.atomic
def end_access(*, user: User, because: str, by: User, now: datetime) -> User:
    """Let somebody in no more, from this moment: whatever is open closes. Twice is once."""
    user = _theirs(user, by)
    member = _member(user, now)
    if member.ended_at is not None and member.ended_by_id is None:  # by the rule; now for good
        member.ended_at, member.ended_by, member.ended_because = now, by, because
        member.save()
        record("user.access_ended", user, by=by, at=now)
    shut_out(user, member, because, by=by, now=now)
    return user


@transaction.atomic
def give_back(*, user: User, by: User, now: datetime) -> tuple[User, str]:
    """Let somebody in again, and return them with a new code: what they had is ended.

    For somebody who has access nothing changes, and there is no code ("").
    """
    user = _theirs(user, by)
    member = _member(user, now)
    if member.ended_at is None:
        return user, ""
    _let_in(user, member)
    member.confirmed_at, member.confirmed_by = now, by
    member.save()
    record("user.access_given_back", user, by=by, at=now)
    return user, _new_start(user, by, now)


@transaction.atomic
def start_anew(*, user: User, by: User, now: datetime) -> str:
    """Return a code for somebody who forgot their password or lost their second factor.

    Password, app, passkeys and recovery codes end, and they are signed out everywhere. Raises
    WrongMoment for somebody without access.
    """
    user = _theirs(user, by)
    if not user.is_active:
        raise WrongMoment(f"{user.name} has no access. Give it back first.")
    return _new_start(user, by, now)


def shut_out(
    user: User, member: Membership, because: str, *, by: User | None, now: datetime
) -> None:
    """End somebody's access; by nobody, it is the rule. Within the caller's transaction."""
    if member.ended_at is not None:
        return
    member.ended_at, member.ended_by, member.ended_because = now, by, because
    member.save()
    user.is_active = False
    user.save(update_fields=["is_active"])
    withdraw_entry_codes(user, now)
    record("user.access_ended", user, by=by, at=now)


def _new_start(user: User, by: User, now: datetime) -> str:
    user.set_unusable_password()
    user.save(update_fields=["password"])
    end_all(user=user, by=by, now=now)
    return new_entry_code(user=user, by=by, now=now)


def _let_in(user: User, member: Membership) -> None:
    member.ended_at, member.ended_by, member.ended_because = None, None, ""
    user.is_active = True
    user.save(update_fields=["is_active"])


def _theirs(user: User, by: User) -> User:
    """Return the user, locked, if `by` looks after them; else PermissionDenied."""
    require(by, Perm.MANAGE_USERS)
    if not looked_after_by(by).filter(pk=user.pk).exists():
        raise PermissionDenied
    return User.objects.select_for_update(of=("self",)).select_related("agency").get(pk=user.pk)


def _member(user: User, now: datetime) -> Membership:
    """Return the user's membership; who came before there were any was ended, if so, by nobody."""
    ended = None if user.is_active else now
    member, _ = Membership.objects.get_or_create(
        user=user, defaults={"confirmed_at": now, "ended_at": ended}
    )
    return member


def _refuse_roles(roles: Iterable[str], agency: Agency, by: User) -> None:
    givable = {role.code for role in roles_to_give(by, agency)}
    if strange := [ROLES[code].name for code in roles if code in ROLES and code not in givable]:
        raise NotUnderstood(f"You may not give: {', '.join(strange)}.")
    if unknown := [code for code in roles if code not in ROLES]:
        raise NotUnderstood(f"There is no role {', '.join(unknown)}.")
