"""Reading the actions of one agency."""

from django.db.models import F, QuerySet

from sightline.access.models import User
from sightline.actions.models import Action


def actions_of(user: User) -> QuerySet[Action]:
    """Return the actions of the user's agency: what is open by the day it is due, so that what is
    late comes first, then what is done, newest first."""
    mine = Action.objects.filter(agency=user.agency_id).select_related(
        "decision__screening__mention", "decision__screening__incident__household"
    )
    return mine.order_by(F("completed_at").desc(nulls_first=True), "due_on", "pk")
