"""What the team settles about actions after they were agreed: nothing is left silently open.

What came back is agreed anew or closed; what was agreed by mistake is withdrawn; what is open when
its decision is replaced is kept with the newer one or withdrawn.
"""

from datetime import datetime

from django.db import transaction

from sightline.access.models import User
from sightline.access.queries import require
from sightline.access.roles import Perm
from sightline.actions.commands import AgreedAction, write_down
from sightline.actions.doing import end, locked, must_be_open
from sightline.actions.models import Action, Ending
from sightline.audit.commands import record
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.meetings.commands import standing_decision
from sightline.meetings.models import Decision, MaracHearing

NO_DECISION = "Nothing is decided for this child now. Decide first, then keep what is to go on."
SETTLED = "What became of this action has been settled already. It is shown below."
NOT_BACK = "This action has not come back to the team. There is nothing to settle."


@transaction.atomic
def withdraw(*, action: Action, because: str, by: User, now: datetime) -> Action:
    """Take an action back that was agreed by mistake or is not wanted any more, with the reason."""
    require(by, Perm.DECIDE)
    return end(locked(action), Ending.WITHDRAWN, because, by, now)


@transaction.atomic
def keep(*, action: Action, by: User, now: datetime) -> Action:
    """Carry an open action over to the decision that took the place of its own.

    Where the same was agreed again with the newer decision, this one is withdrawn as its double.
    Keeping it twice is keeping it once. Raises WrongMoment while nothing is decided.
    """
    require(by, Perm.DECIDE)
    action = locked(action)
    if action.decision is None or action.decision.replaced_at is None:
        return action
    must_be_open(action)
    standing = _standing(action.decision)
    if standing.actions.filter(agency=action.agency_id, what=action.what).exists():
        because = "The same was agreed again with the newer decision."
        return end(action, Ending.WITHDRAWN, because, by, now)
    action.decision, action.carried_at, action.carried_by = standing, now, by
    action.save(update_fields=["decision", "carried_at", "carried_by"])
    record("action.carried", action, by=by, at=now, decision=standing.pk)
    return action


@transaction.atomic
def close_returned(*, action: Action, because: str, by: User, now: datetime) -> Action:
    """Settle an action that came back without agreeing on another. The same twice is once."""
    require(by, Perm.DECIDE)
    action, because = locked(action), because.strip()
    if not because:
        raise NotUnderstood("Say why nothing else is agreed instead.")
    if action.closed_at is not None and action.closed_because == because:
        return action
    _must_be_back(action)
    _close(action, because, by, now)
    return action


@transaction.atomic
def agree_anew(*, action: Action, instead: AgreedAction, by: User, now: datetime) -> Action:
    """Agree on another action in place of one that came back, and close that one with it.

    Sending the same twice agrees once. Raises WrongMoment once it has been settled otherwise.
    """
    require(by, Perm.DECIDE)
    action = locked(action)
    before = action.agreed_anew.filter(agency=instead.agency, what=instead.what).first()
    if before is not None:
        return before
    _must_be_back(action)
    of = _of(action)
    made = write_down([instead], of=of, instead_of=action, by=by, now=now)
    if not made:
        raise NotUnderstood("This was agreed with that agency before. Write what is different now.")
    _close(action, "Agreed anew.", by, now)
    return made[0]


def _close(action: Action, because: str, by: User, now: datetime) -> None:
    action.closed_at, action.closed_by, action.closed_because = now, by, because
    action.save(update_fields=["closed_at", "closed_by", "closed_because"])
    record("action.closed", action, by=by, at=now)


def _must_be_back(action: Action) -> None:
    if action.closed_at is not None:
        raise WrongMoment(SETTLED)
    if not action.is_back_with_the_team:
        raise WrongMoment(NOT_BACK)


def _of(action: Action) -> Decision | MaracHearing:
    """With what another action is agreed: the decision that stands now, or the same hearing."""
    if action.decision is not None:
        return _standing(action.decision)
    if action.hearing is not None:
        return action.hearing
    raise ValueError(f"action {action.pk} was agreed with nothing")


def _standing(decision: Decision) -> Decision:
    standing = standing_decision(decision.screening)
    if standing is None:
        raise WrongMoment(NO_DECISION)
    return standing
