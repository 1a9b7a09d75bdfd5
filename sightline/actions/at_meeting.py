"""Where the family on the screen stands in its meeting, and where to go on."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404
from django.urls import reverse

from sightline.access.models import User
from sightline.access.roles import Perm
from sightline.actions.family import Family
from sightline.common.carried import carried
from sightline.meetings.models import Meeting, MeetingItem
from sightline.meetings.presenters import address_of
from sightline.meetings.queries import Seen, meeting_or_404, neighbours, seen_by
from sightline.rules.meetings.kinds import kind_called
from sightline.screening.models import Screening


@dataclass(frozen=True)
class AtMeeting:
    """Everything above a family that is looked at in a meeting.

    main: the one thing to do now, its words and address. because: why it stands on the list.
    """

    meeting: Meeting
    item: MeetingItem
    name: str
    number: int
    of: int
    because: tuple[str, ...]
    main: tuple[str, str]
    before: str
    after: str
    deferred: str
    may_defer: bool


def item_or_404(user: User, pk: int) -> MeetingItem:
    """Return a family's place on the list of a meeting that the user may know of; else 404."""
    item = MeetingItem.objects.select_related("incident").filter(pk=pk).first()
    if item is None or item.incident_id is None:
        raise Http404
    meeting_or_404(user, item.meeting_id)
    return item


def at_meeting(item: MeetingItem, family: Family, user: User, now: datetime) -> AtMeeting:
    """Return where the family stands. Eight queries, however long the list."""
    meeting = meeting_or_404(user, item.meeting_id)
    seen = seen_by(user, meeting, now)
    before, after = neighbours(seen, item)
    number = next((n for n, one in enumerate(seen.items, 1) if one.pk == item.pk), 0)
    onward = address_of(after, runs=seen.runs) if after else ""
    works = meeting.is_open and item.removed_at is None
    return AtMeeting(
        meeting=meeting,
        item=item,
        name=kind_called(meeting.rules).name,
        number=number,
        of=len(seen.items),
        because=tuple(item.because) if seen.tells_why(item) else (),
        main=_main(item, family, onward, user, works),
        before=address_of(before, runs=seen.runs) if before else "",
        after=onward,
        deferred=_put_off(item, seen),
        may_defer=works and Perm.RUN_MEETINGS in user.perms,
    )


def _put_off(item: MeetingItem, seen: Seen) -> str:
    if item.deferred_at is None:
        return ""
    return item.deferred_because if seen.tells_why(item) else "why is not shared."


def _main(
    item: MeetingItem, family: Family, onward: str, user: User, works: bool
) -> tuple[str, str]:
    """Decide on the next child; when all are decided on, the next family; at the end, the list."""
    decides = works and item.deferred_at is None and Perm.DECIDE in user.perms
    if decides and (child := next_child(family)):
        name, screening = child
        scaled = screening.scale is not None
        page, words = ("decide", "Decide on") if scaled else ("screening-scale", "Scale of")
        return f"{words} {name}", carried(reverse(page, args=[screening.pk]), item.pk)
    if onward:
        return "Next family", onward
    return "Back to the list", reverse("meeting", args=[item.meeting_id])


def next_child(family: Family) -> tuple[str, Screening] | None:
    """Return the name and the screening of the first child without a decision, if there is one."""
    decided = {one.decision.screening_id for one in family.decided}
    for link in family.sight.shown:
        screening = family.screenings.get(link.person_id)
        if screening and not screening.imported and screening.pk not in decided:
            return link.person.given_name or link.person.name, screening
    return None
