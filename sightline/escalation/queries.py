"""Reading escalations: what was put before a user, and before those whom they answer for."""

from django.db.models import F, Q, QuerySet

from sightline.access.models import User
from sightline.access.roles import Perm
from sightline.actions.models import WHOM
from sightline.common.wall import Purpose, acting_for
from sightline.escalation.models import Escalation
from sightline.escalation.whom import LEAD

OPEN = Q(closed_at__isnull=True)


def to_user(user: User) -> Q:
    """What waits for this user: put before them by name, before their agency, or, for those who
    run the screening team, before the partnership."""
    mine = Q(to_user=user) | Q(to_agency=user.agency_id, to_user__isnull=True)
    if user.is_core and Perm.SEE_WORKLIST in user.perms and Perm.SEE_FIGURES in user.perms:
        mine |= Q(to_agency__isnull=True)
    return mine


def answers_for(user: User) -> Q:
    """What waits for others of whom this user is the manager, or whose agency they lead."""
    others = Q(to_user__manager=user)
    return others | Q(to_agency=user.agency_id) if LEAD in user.roles else others


def before_user(user: User) -> Q:
    """What this user may acknowledge and close."""
    return to_user(user) | answers_for(user)


def waiting_for(user: User) -> QuerySet[Escalation]:
    """Return what waits for this user, not acknowledged first, then by the day it was due."""
    return loaded(to_user(user) & OPEN)


def waiting_for_others(user: User) -> QuerySet[Escalation]:
    """Return what waits for those whom this user answers for."""
    return loaded(answers_for(user) & OPEN & ~to_user(user))


def loaded(which: Q) -> QuerySet[Escalation]:
    """Return these escalations with all that a row of a list needs."""
    found = Escalation.objects.filter(which).select_related(
        "to_user", "to_agency", "acknowledged_by",
        "action__agency", "action__owner", *(f"action__{whom}" for whom in WHOM),
        "screening__incident", "screening__mention", "research__incident",
        "research__agency", "emergency__opened_by__agency",
    ).prefetch_related("research__about__mention")  # fmt: skip
    return found.order_by(F("acknowledged_at").asc(nulls_first=True), "last_day", "pk")


@acting_for(Purpose.CHECKING)  # no names: how many
def count_for(user: User) -> int:
    """Return how many wait for this user that nobody has acknowledged. One query."""
    return Escalation.objects.filter(to_user(user) & OPEN, acknowledged_at__isnull=True).count()
