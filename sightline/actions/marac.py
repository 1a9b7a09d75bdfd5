"""Actions after the hearing of a pair at a MARAC: actions like any other, of the same agencies."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from sightline.access.models import User
from sightline.actions.commands import AgreedAction, write_down
from sightline.meetings.marac.hearing import hear
from sightline.meetings.models import MaracHearing, MeetingItem


@transaction.atomic
def hear_with_actions(
    *, item: MeetingItem, summary: str, actions: Sequence[AgreedAction], by: User, now: datetime
) -> MaracHearing:
    """Write down that a pair was heard and who does what: both are kept, or neither.

    Who may and when, `hear` says: whoever runs the meeting, while it is open. Sending the same
    again makes one hearing and its actions; more actions are added to it.
    """
    hearing = hear(item=item, summary=summary, by=by, now=now)
    write_down(actions, of=hearing, by=by, now=now)
    return hearing
