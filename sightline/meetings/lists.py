"""The list of a meeting: drawn up by rule, changed by people, published, gone through."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from sightline.access.models import User
from sightline.access.queries import require
from sightline.access.roles import Perm
from sightline.audit.commands import record
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.common.words import moment
from sightline.meetings.arranging import must_be_open
from sightline.meetings.inviting import invite_all
from sightline.meetings.models import MaracReferral, Meeting, MeetingItem
from sightline.meetings.opening import open_doors
from sightline.meetings.waiting import cases_for, waiting_children
from sightline.people.models import Incident
from sightline.rules.meetings.kinds import PAIRS, kind_called
from sightline.rules.meetings.listing import Drawn, draw

CHANGED = "The list was changed by {who} at {at}, since this page was opened. It is shown below."
NO_CHILD = "No child of this family waits for a decision."


def draw_list(meeting: Meeting, now: datetime) -> Drawn:
    """Return the list as the rules draw it now, and what then waits further."""
    kind = kind_called(meeting.rules)
    return draw(kind, cases_for(kind, meeting, now), starts=meeting.starts, now=now)


@transaction.atomic
def build_list(*, meeting: Meeting, by: User, now: datetime) -> Sequence[MeetingItem]:
    """Draw the list up by rule. What somebody put on it or took off it by hand stays so.

    May be done again, with the same outcome while nothing new has come, until it is published.
    Raises WrongMoment then.
    """
    require(by, Perm.RUN_MEETINGS)
    meeting = must_be_open(meeting)
    if meeting.published_at is not None:
        raise WrongMoment("The list is published. Add a family or take one off by hand.")
    what = _what(meeting)
    standing = {getattr(i, what): i for i in standing_items(meeting)}
    off = set(
        meeting.items.filter(removed_at__isnull=False).values_list(what, flat=True)
    )  # taken off by hand
    drawn = [one for one in draw_list(meeting, now).listed if one.key not in off]
    by_hand = [item for item in standing.values() if item.added_by_id is not None]
    MeetingItem.objects.filter(meeting=meeting, added_by__isnull=True).exclude(
        **{f"{what}__in": [one.key for one in drawn]}
    ).filter(removed_at__isnull=True).delete()
    hand_made = {getattr(item, what) for item in by_hand}
    for place, one in enumerate((d for d in drawn if d.key not in hand_made), start=1):
        _put(meeting, what, one.key, place, list(one.because), standing.get(one.key), now)
    for place, item in enumerate(by_hand, start=len(drawn) + 1):
        MeetingItem.objects.filter(pk=item.pk).update(position=place)
    meeting.listed_at, meeting.listed_by = now, by
    meeting.save(update_fields=["listed_at", "listed_by"])
    record("meeting.listed", meeting, by=by, at=now, families=len(drawn) + len(by_hand))
    return standing_items(meeting)


def _what(meeting: Meeting) -> str:
    return "referral_id" if kind_called(meeting.rules).about == PAIRS else "incident_id"


def _put(
    meeting: Meeting, what: str, key: int, place: int, because: list[str],
    standing: MeetingItem | None, now: datetime,
) -> None:  # fmt: skip
    if standing is None:
        MeetingItem.objects.create(
            meeting=meeting, position=place, because=because, added_at=now, **{what: key}
        )
    elif (standing.position, standing.because) != (place, because):
        MeetingItem.objects.filter(pk=standing.pk).update(position=place, because=because)


def standing_items(meeting: Meeting) -> list[MeetingItem]:
    """Return what stands on the list, in its order."""
    return list(meeting.items.filter(removed_at__isnull=True).order_by("position", "pk"))


@transaction.atomic
def add_to_list(
    *, meeting: Meeting, about: Incident | MaracReferral, because: str, by: User, now: datetime
) -> MeetingItem:
    """Put a family or a pair on the list by hand, at its end, with a reason. Twice is once.

    Raises WrongMoment where nothing waits to be decided, NotUnderstood without a reason.
    """
    require(by, Perm.RUN_MEETINGS)
    meeting = must_be_open(meeting)
    what = "incident" if isinstance(about, Incident) else "referral"
    if (_what(meeting) == "incident_id") != (what == "incident"):
        raise WrongMoment("A MARAC lists pairs that were referred; other meetings list families.")
    found = meeting.items.filter(removed_at__isnull=True, **{what: about}).first()
    if found is not None:
        return found
    _refuse_to_add(about)
    if not because.strip():
        raise NotUnderstood("Say why it is to stand on the list.")
    last = max((item.position for item in standing_items(meeting)), default=0)
    item = MeetingItem.objects.create(
        meeting=meeting, position=last + 1, because=[because.strip()[:300]], added_at=now,
        added_by=by, **{what: about},
    )  # fmt: skip
    _changed(meeting, by, now)
    record("meeting.added", item, by=by, at=now, meeting=meeting.pk)
    open_doors(meeting, [item], by=by, now=now)
    return item


def _refuse_to_add(about: Incident | MaracReferral) -> None:
    if isinstance(about, Incident):
        if not waiting_children([about.pk]):
            raise WrongMoment(NO_CHILD)
    elif about.withdrawn_at is not None or about.hearings.exists():
        raise WrongMoment("This referral has been heard or withdrawn.")


@transaction.atomic
def take_off_list(*, item: MeetingItem, because: str, by: User, now: datetime) -> MeetingItem:
    """Take a family or a pair off the list, with a reason; that it stood there is kept."""
    require(by, Perm.RUN_MEETINGS)
    item, meeting = _held(item)
    if item.removed_at is not None:
        return item
    if item.taken_at is not None:
        raise WrongMoment("It was decided on in this meeting. It stays on the list.")
    if not because.strip():
        raise NotUnderstood("Say why it is taken off the list.")
    item.removed_at, item.removed_by, item.removed_because = now, by, because.strip()[:300]
    item.save(update_fields=["removed_at", "removed_by", "removed_because"])
    _changed(meeting, by, now)
    record("meeting.taken_off", item, by=by, at=now, meeting=meeting.pk)
    return item


@transaction.atomic
def move_on_list(
    *, item: MeetingItem, to: int, seen: datetime | None, by: User, now: datetime
) -> None:
    """Move a family or a pair to a place on the list, counted from 1.

    `seen`: when the list had last been changed as the person saw it. Raises WrongMoment when it
    was changed since: somebody else's order is not overwritten unseen.
    """
    require(by, Perm.RUN_MEETINGS)
    item, meeting = _held(item)
    if item.removed_at is not None:
        raise WrongMoment("It has been taken off the list meanwhile.")
    order = standing_items(meeting)
    here = next(place for place, one in enumerate(order, start=1) if one.pk == item.pk)
    to = max(1, min(to, len(order)))
    if here == to:
        return
    if meeting.list_changed_at != seen:
        who = meeting.list_changed_by.name if meeting.list_changed_by else "somebody"
        at = moment(meeting.list_changed_at) if meeting.list_changed_at else ""
        raise WrongMoment(CHANGED.format(who=who, at=at))
    order.insert(to - 1, order.pop(here - 1))
    for place, one in enumerate(order, start=1):
        MeetingItem.objects.filter(pk=one.pk).exclude(position=place).update(position=place)
    _changed(meeting, by, now)
    record("meeting.moved_on_list", item, by=by, at=now, meeting=meeting.pk, to=to)


@transaction.atomic
def defer_item(*, item: MeetingItem, because: str, by: User, now: datetime) -> MeetingItem:
    """Put a family or a pair off to the next meeting, with the reason. Newer words replace it."""
    require(by, Perm.RUN_MEETINGS)
    item, meeting = _held(item)
    because = because.strip()[:300]
    if item.removed_at is not None:
        raise WrongMoment("It has been taken off the list meanwhile.")
    if not because:
        raise NotUnderstood("Say why it is put off to the next meeting.")
    if item.deferred_because == because:
        return item
    item.deferred_at, item.deferred_by, item.deferred_because = now, by, because
    item.save(update_fields=["deferred_at", "deferred_by", "deferred_because"])
    record("meeting.deferred", item, by=by, at=now, meeting=meeting.pk)
    return item


@transaction.atomic
def publish_list(*, meeting: Meeting, by: User, now: datetime) -> Meeting:
    """Publish the list to the members: they are invited, and their doors are opened.

    Publishing twice is publishing once. Raises WrongMoment before a list was drawn up.
    """
    require(by, Perm.RUN_MEETINGS)
    meeting = must_be_open(meeting)
    if meeting.published_at is not None:
        return meeting
    if meeting.listed_at is None:
        raise WrongMoment("Draw up the list first, then publish it.")
    meeting.published_at, meeting.published_by = now, by
    meeting.list_changed_at = meeting.list_changed_by = None
    meeting.save(
        update_fields=["published_at", "published_by", "list_changed_at", "list_changed_by"]
    )
    record("meeting.published", meeting, by=by, at=now)
    open_doors(meeting, standing_items(meeting), by=by, now=now)
    invite_all(meeting, now)
    return meeting


def item_at_work(item: MeetingItem, incident_id: int) -> Meeting:
    """Return the meeting in which a family is decided on now. Raises WrongMoment where the meeting
    is over, its list is not published, or the family does not stand on it."""
    item, meeting = _held(item)
    if meeting.published_at is None:
        raise WrongMoment("The list of this meeting has not been published yet.")
    if item.removed_at is not None or item.incident_id != incident_id:
        raise WrongMoment("This family does not stand on the list of the meeting any more.")
    return meeting


def mark_taken(item: MeetingItem, *, by: User, now: datetime) -> None:
    """Write down that a family or pair was taken in its meeting, unless it was already."""
    if item.taken_at is None:
        item.taken_at, item.taken_by = now, by
        item.save(update_fields=["taken_at", "taken_by"])


def _held(item: MeetingItem) -> tuple[MeetingItem, Meeting]:
    meeting = must_be_open(Meeting(pk=item.meeting_id))
    return MeetingItem.objects.select_for_update().get(pk=item.pk), meeting


def _changed(meeting: Meeting, by: User, now: datetime) -> None:
    meeting.list_changed_at, meeting.list_changed_by = now, by
    meeting.save(update_fields=["list_changed_at", "list_changed_by"])
