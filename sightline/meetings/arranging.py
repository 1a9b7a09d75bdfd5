"""Arranging meetings, moving, cancelling and closing them. Their lists: lists.py."""

from datetime import datetime
from uuid import uuid4

from django.db import IntegrityError, transaction

from sightline.access.models import User
from sightline.access.queries import require
from sightline.access.roles import Perm
from sightline.audit.commands import record
from sightline.common.clock import local_date
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.common.words import moment
from sightline.meetings.inviting import invite_again
from sightline.meetings.models import Meeting
from sightline.rules.meetings.kinds import Kind, kinds_on


def kinds_offered(now: datetime) -> tuple[Kind, ...]:
    """Return the kinds of meeting that may be arranged today."""
    return kinds_on(local_date(now))


@transaction.atomic
def arrange_meeting(*, kind: str, starts: datetime, place: str, by: User, now: datetime) -> Meeting:
    """Arrange a meeting of a kind. Arranging the same again returns the one there is.

    Raises NotUnderstood for a kind that is not in force, a moment that has passed, or no place.
    """
    require(by, Perm.RUN_MEETINGS)
    rules, place = _refuse(kind, starts, place, now)
    try:
        with transaction.atomic():
            meeting = Meeting.objects.create(
                kind=rules.id, rules=rules.key, starts=starts, minutes=rules.minutes,
                place=place, uid=uuid4(), arranged_at=now, arranged_by=by,
            )  # fmt: skip
    except IntegrityError:  # somebody has arranged it, or the button was pressed twice
        return Meeting.objects.get(kind=rules.id, starts=starts, cancelled_at__isnull=True)
    record("meeting.arranged", meeting, by=by, at=now, kind=rules.key)
    return meeting


def _refuse(kind: str, starts: datetime, place: str, now: datetime) -> tuple[Kind, str]:
    offered = {one.id: one for one in kinds_offered(now)}
    reasons = []
    if kind not in offered:
        reasons.append("Choose the kind of meeting.")
    if starts < now:
        reasons.append("The meeting must begin after now.")
    if not place.strip():
        reasons.append("Say where it is held, or by which call.")
    if reasons:
        raise NotUnderstood(*reasons)
    return offered[kind], " ".join(place.split())[:200]


@transaction.atomic
def move_meeting(
    *, meeting: Meeting, starts: datetime, place: str, seen: int, by: User, now: datetime
) -> Meeting:
    """Move a meeting in time or place; whoever was invited is told. The same again is no move.

    `seen`: the sequence that the person had before them. Raises WrongMoment when it was moved
    since, or when another meeting of its kind begins then.
    """
    require(by, Perm.RUN_MEETINGS)
    meeting = must_be_open(meeting)
    _, place = _refuse(meeting.kind, starts, place, now)
    if (meeting.starts, meeting.place) == (starts, place):
        return meeting
    if meeting.sequence != seen:
        raise WrongMoment(
            f"The meeting was changed since this page was opened. It begins at "
            f"{moment(meeting.starts)}, {meeting.place}."
        )
    same = Meeting.objects.filter(kind=meeting.kind, starts=starts, cancelled_at__isnull=True)
    if same.exclude(pk=meeting.pk).exists():
        raise WrongMoment("Another meeting of this kind begins then.")
    meeting.starts, meeting.place, meeting.sequence = starts, place, meeting.sequence + 1
    meeting.save(update_fields=["starts", "place", "sequence"])
    record("meeting.moved", meeting, by=by, at=now)
    invite_again(meeting, now)
    return meeting


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, because: str, by: User, now: datetime) -> Meeting:
    """Cancel a meeting that has not been closed. What was on its list waits for the next one."""
    require(by, Perm.RUN_MEETINGS)
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    because = because.strip()
    if meeting.cancelled_at is not None:
        return meeting
    if meeting.closed_at is not None:
        raise WrongMoment("This meeting has been closed. It took place and stays as it was.")
    if meeting.decisions.exists() or meeting.hearings.exists():
        raise WrongMoment("Something was decided in this meeting. Close it instead.")
    if not because:
        raise NotUnderstood("Say why the meeting is cancelled.")
    meeting.cancelled_at, meeting.cancelled_by = now, by
    meeting.cancelled_because, meeting.sequence = because[:300], meeting.sequence + 1
    meeting.save()
    record("meeting.cancelled", meeting, by=by, at=now)
    invite_again(meeting, now)
    return meeting


@transaction.atomic
def close_meeting(*, meeting: Meeting, by: User, now: datetime) -> Meeting:
    """Close a meeting that has begun: its minutes stand. Closing it twice is closing it once.

    A family that was not reached waits on, and the next list finds it. Raises WrongMoment before
    it begins, without a published list, or while nobody is noted as having been there.
    """
    require(by, Perm.RUN_MEETINGS)
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if meeting.closed_at is not None:
        return meeting
    if meeting.cancelled_at is not None:
        raise WrongMoment("This meeting was cancelled. There is nothing to close.")
    if meeting.published_at is None or now < meeting.starts:
        raise WrongMoment("A meeting is closed once its list was published and it has begun.")
    if not meeting.attendance.exists():
        raise WrongMoment("Note who was in the room first: each decision rests on it.")
    meeting.closed_at, meeting.closed_by = now, by
    meeting.save(update_fields=["closed_at", "closed_by"])
    record("meeting.closed", meeting, by=by, at=now)
    return meeting


def must_be_open(meeting: Meeting) -> Meeting:
    """Return the meeting, read anew and held. Raises WrongMoment once closed or cancelled."""
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if meeting.cancelled_at is not None:
        raise WrongMoment(f"This meeting was cancelled: {meeting.cancelled_because}")
    if meeting.closed_at is not None:
        raise WrongMoment("This meeting has been closed. Its minutes stand as they are.")
    return meeting
