"""What an agency does with an action: agreed, accepted, started and completed are four facts.

It may also decline it, or say that it was not possible; both go back to the team. Each step keeps
a narrow door to the child open. Silence lets it close; taking the action up opens it again.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sightline.access.models import User
from sightline.access.queries import require
from sightline.access.roles import Perm
from sightline.actions.action_doors import close_door, open_door
from sightline.actions.models import WHOM, Action, Ending
from sightline.audit.commands import record
from sightline.common.clock import local_date
from sightline.common.errors import NotUnderstood, WrongMoment

COMPLETED = "This action has been completed already. What was written is below."
ENDED = {
    Ending.DECLINED: "This action was declined. The team agrees anew, or closes it.",
    Ending.NOT_POSSIBLE: "It was said that this action is not possible. It is with the team.",
    Ending.WITHDRAWN: "The team withdrew this action. There is nothing to do.",
}


@transaction.atomic
def assign(*, action: Action, owner: User | None, by: User, now: datetime) -> Action:
    """Say who of the agency is to do it; None: nobody yet. Saying so twice is saying it once.

    Raises NotUnderstood for somebody who is not of the agency or may not work actions.
    """
    action = _own(action, by)
    must_be_open(action)
    if owner is not None and not _may_own(owner, action):
        raise NotUnderstood("Choose somebody of your agency who works on actions.")
    if action.owner_id != (owner.pk if owner else None):
        _give(action, owner, by, now)
    return action


def _may_own(user: User, action: Action) -> bool:
    return user.agency_id == action.agency_id and Perm.WORK_ACTIONS in user.perms


def _give(action: Action, owner: User | None, by: User, now: datetime) -> None:
    action.owner = owner
    action.assigned_at, action.assigned_by = (now, by) if owner else (None, None)
    action.save(update_fields=["owner", "assigned_at", "assigned_by"])
    record("action.assigned", action, by=by, at=now, owner=owner.pk if owner else None)


@transaction.atomic
def accept(*, action: Action, by: User, now: datetime) -> Action:
    """The agency takes the action on. Saying so twice is saying it once."""
    action = _own(action, by)
    _must_not_have_ended(action)
    if action.accepted_at is None:
        _steps(action, ("accepted",), by, now)
    return action


@transaction.atomic
def start(*, action: Action, by: User, now: datetime) -> Action:
    """The agency has begun; what it had not accepted, it accepts with this."""
    action = _own(action, by)
    _must_not_have_ended(action)
    if action.completed_at is not None:
        raise WrongMoment("This action has been completed. There is nothing to start.")
    if action.started_at is None:
        _steps(action, ("accepted", "started"), by, now)
    return action


@transaction.atomic
def complete(
    *,
    action: Action,
    note: str,
    done_on: date | None = None,
    seen_by: str = "",
    by: User,
    now: datetime,
) -> Action:
    """The agency has done it, and says what was done, when, and who saw it. The same twice is once.

    done_on: None for today. Raises NotUnderstood without a note or for a day that cannot be,
    WrongMoment when it was completed with another note.
    """
    action = _own(action, by)
    _must_not_have_ended(action)
    note, done_on = note.strip(), done_on or local_date(now)
    if not note:
        raise NotUnderstood("Say what was done and what came of it.")
    if action.completed_at is not None:
        if action.note != note:
            raise WrongMoment(COMPLETED)
        return action
    if not local_date(action.agreed_at) <= done_on <= local_date(now):
        raise NotUnderstood("It was done on a day from when it was agreed until today.")
    action.note, action.done_on, action.seen_by = note, done_on, seen_by.strip()[:200]
    action.save(update_fields=["note", "done_on", "seen_by"])
    _steps(action, ("accepted", "started", "completed"), by, now)
    return action


@transaction.atomic
def decline(*, action: Action, because: str, by: User, now: datetime) -> Action:
    """The agency does not take the action on, and says why. It goes back to the team.

    Raises WrongMoment for one that it has accepted: that one can turn out not to be possible.
    """
    action = _own(action, by)
    if action.accepted_at is not None and action.is_open:
        raise WrongMoment(
            "Your agency has accepted this action. Say that it is not possible, and why."
        )
    return end(action, Ending.DECLINED, because, by, now)


@transaction.atomic
def say_not_possible(*, action: Action, because: str, by: User, now: datetime) -> Action:
    """The agency found out that it cannot be done, and says why. It goes back to the team."""
    return end(_own(action, by), Ending.NOT_POSSIBLE, because, by, now)


def end(action: Action, how: Ending, because: str, by: User, now: datetime) -> Action:
    """End a locked action that was not completed. The same twice is once.

    Raises NotUnderstood without a reason, WrongMoment when it ended otherwise.
    """
    because = because.strip()
    if not because:
        raise NotUnderstood("Say why.")
    if action.ending == how and action.ended_because == because:
        return action
    must_be_open(action)
    action.ending, action.ended_at, action.ended_by = how, now, by
    action.ended_because = because
    action.save(update_fields=["ending", "ended_at", "ended_by", "ended_because"])
    record(f"action.{how}", action, by=by, at=now)
    if how != Ending.NOT_POSSIBLE:
        close_door(action, now=now)
    return action


def must_be_open(action: Action) -> None:
    """Raise WrongMoment, saying where it stands, for an action that is not to be done any more."""
    if action.completed_at is not None:
        raise WrongMoment(COMPLETED)
    _must_not_have_ended(action)


def _must_not_have_ended(action: Action) -> None:
    if action.ended_at is not None:
        raise WrongMoment(ENDED[Ending(action.ending)])


def locked(action: Action) -> Action:
    """Read an action anew and hold it until the end of the transaction."""
    return (
        Action.objects.select_for_update(of=("self",))
        .select_related("agency", "owner", *WHOM)
        .get(pk=action.pk)
    )


def _own(action: Action, by: User) -> Action:
    """Hold the action. Only the agency that agreed to it may move it."""
    require(by, Perm.WORK_ACTIONS)
    action = locked(action)
    if by.agency_id != action.agency_id:
        raise PermissionDenied
    return action


def _steps(action: Action, steps: Iterable[str], by: User, now: datetime) -> None:
    """Take the steps that are left. Whoever takes up what was nobody's has it."""
    if action.owner_id is None:
        _give(action, by, by, now)
    for step in steps:
        if getattr(action, f"{step}_at") is None:
            _step(action, step, by, now)


def _step(action: Action, step: str, by: User, now: datetime) -> None:
    setattr(action, f"{step}_at", now)
    setattr(action, f"{step}_by", by)
    action.save(update_fields=[f"{step}_at", f"{step}_by"])
    record(f"action.{step}", action, by=by, at=now)
    open_door(action, by=by, now=now)
