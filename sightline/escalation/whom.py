"""Whom something late is put before, by the tier it has reached."""

from collections import defaultdict
from collections.abc import Mapping

from sightline.access.models import User
from sightline.escalation.late import Late
from sightline.rules.escalation.ladder import To

Recipient = tuple[int | None, int | None]  # a user, an agency; neither: those who run the team
PARTNERSHIP: Recipient = (None, None)
LEAD = "agency_lead"


def leads_by_agency() -> Mapping[int, list[int]]:
    """Return who leads each agency and can sign in. One query."""
    found: dict[int, list[int]] = defaultdict(list)
    leads = User.objects.filter(roles__contains=[LEAD], is_active=True).order_by("pk")
    for agency, pk in leads.values_list("agency_id", "pk"):
        found[agency].append(pk)
    return found


def recipient(to: To, late: Late, leads: Mapping[int, list[int]]) -> Recipient:
    """Return whom a tier is for. Where there is no such person, the agency's lead; where it has
    not exactly one, the agency, and so everybody of it who works on actions."""
    if late.agency is None or to is To.PARTNERSHIP:
        return PARTNERSHIP
    if to is To.WORKER and _is_there(late.owner):
        return late.owner.pk if late.owner else None, late.agency
    if to is To.MANAGER and late.owner is not None and _is_there(late.owner.manager):
        return late.owner.manager_id, late.agency
    here = leads.get(late.agency, [])
    return (here[0] if len(here) == 1 else None), late.agency


def _is_there(user: User | None) -> bool:
    return user is not None and user.is_active
