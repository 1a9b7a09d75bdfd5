"""Whom something late is put before, by the tier it has reached."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sightline.access.models import User
from sightline.actions.owners import Away, away_on
from sightline.escalation.late import Late
from sightline.rules.escalation.ladder import To

Recipient = tuple[int | None, int | None]  # a user, an agency; neither: those who run the team
PARTNERSHIP: Recipient = (None, None)
LEAD = "agency_lead"


@dataclass(frozen=True)
class There:
    """Who leads each agency, and who is away today."""

    leads: Mapping[int, list[int]]
    away: Mapping[int, Away]

    def stands_in(self, user: User | None) -> int | None:
        """The user where they are there, else their deputy; None where neither is."""
        if user is None or not user.is_active:
            return None
        if user.pk not in self.away:
            return user.pk
        deputy = self.away[user.pk].deputy
        return deputy.pk if deputy else None


def who_is_there(today: date) -> There:
    """Two queries."""
    leads: dict[int, list[int]] = defaultdict(list)
    found = User.objects.filter(roles__contains=[LEAD], is_active=True).order_by("pk")
    for agency, pk in found.values_list("agency_id", "pk"):
        leads[agency].append(pk)
    return There(leads, away_on(today))


def recipient(to: To, late: Late, there: There) -> Recipient:
    """Return whom a tier is for, or their deputy. Where there is no such person, the agency's lead;
    where it has not exactly one, the agency, and so everybody of it who works on actions."""
    if late.agency is None or to is To.PARTNERSHIP:
        return PARTNERSHIP
    if to is To.WORKER and (worker := there.stands_in(late.owner)):
        return worker, late.agency
    manager = late.owner.manager if late.owner else None
    if to is To.MANAGER and (answers := there.stands_in(manager)):
        return answers, late.agency
    leads = there.leads.get(late.agency, [])
    return (leads[0] if len(leads) == 1 else None), late.agency
