"""Reading actions: of one agency, and those that the team has to settle."""

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from sightline.access.models import User
from sightline.access.roles import ROLES, Perm
from sightline.actions.models import WHOM, Action

WORKERS = tuple(code for code, role in ROLES.items() if Perm.WORK_ACTIONS in role.perms)
OF_REPLACED = Action.OPEN & Q(decision__replaced_at__isnull=False)
TO_SETTLE = Action.BACK_WITH_THE_TEAM | OF_REPLACED


def actions_of(user: User) -> QuerySet[Action]:
    """Return the actions of the user's agency: what is open by the day it is due, so that what is
    late comes first, then what is done or ended otherwise, newest first."""
    mine = Action.objects.filter(agency=user.agency_id).select_related("agency", "owner", *WHOM)
    return mine.alias(over_at=_over()).order_by(F("over_at").desc(nulls_first=True), "due_on", "pk")


def _over() -> Coalesce:
    return Coalesce("completed_at", "ended_at")


def to_settle() -> QuerySet[Action]:
    """Return what came back to the team, and what is open of decisions that were replaced."""
    waiting = Action.objects.filter(
        TO_SETTLE, decision__screening__withdrawn_at__isnull=True
    ).select_related("agency", "owner", "ended_by", *WHOM)
    return waiting.order_by("ended_at", "due_on", "pk")


def colleagues(user: User) -> QuerySet[User]:
    """Return who of the user's agency may be given an action, by name."""
    return User.objects.filter(
        agency=user.agency_id, is_active=True, roles__overlap=list(WORKERS)
    ).order_by("name")
