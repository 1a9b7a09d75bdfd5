"""Meetings and their lists in words. No name is on a list: it is read over shoulders."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from sightline.access.models import User
from sightline.access.roles import Perm
from sightline.common.clock import local_date
from sightline.common.words import clock_time, day, moment, plural, short_day
from sightline.meetings.calendar import cases_in_words
from sightline.meetings.models import Attendance, Came, Meeting, MeetingItem
from sightline.meetings.models.meeting import IN_THE_ROOM
from sightline.meetings.queries import Progress, Seen
from sightline.rules.meetings.kinds import FAMILIES, kind_called
from sightline.rules.meetings.listing import closes_at
from sightline.sharing.models import Item
from sightline.sharing.sheltering import NOT_SAID, street_said


@dataclass(frozen=True)
class State:
    """Where a meeting or something on its list stands: a word and the kind of its tag."""

    word: str
    kind: str


@dataclass(frozen=True)
class MeetingRow:
    """A meeting in the list of meetings."""

    pk: int
    when: str
    name: str
    place: str
    listed: str
    state: State


def state_of(meeting: Meeting, now: datetime) -> State:
    """Say where a meeting stands, read from its moments."""
    if meeting.cancelled_at is not None:
        return State("Cancelled", "plain")
    if meeting.closed_at is not None:
        return State("Closed", "done")
    if meeting.published_at is None:
        return State("List not published" if meeting.listed_at else "No list yet", "due")
    if now < meeting.starts:
        return State("List published", "waiting")
    if now < meeting.ends:
        return State("Going on", "going")
    return State("To be closed", "late")


def meeting_row(meeting: Meeting, now: datetime) -> MeetingRow:
    kind = kind_called(meeting.rules)
    listed: int = meeting.listed  # type: ignore[attr-defined]
    return MeetingRow(
        pk=meeting.pk,
        when=moment(meeting.starts),
        name=kind.name,
        place=meeting.place,
        listed=cases_in_words(kind, listed) if meeting.listed_at or listed else "",
        state=state_of(meeting, now),
    )


@dataclass(frozen=True)
class ItemRow:
    """A family or a pair on the list: where and how many, why it stands there, how far it is.

    shut: which of that is not shared with the reader. changed: what was done to it since the list
    was published.
    """

    pk: int
    number: int
    place: str
    who: str
    because: tuple[str, ...]
    shut: str
    state: State
    more: str
    changed: str
    href: str


@dataclass(frozen=True)
class MeetingPage:
    """Everything the page of a meeting shows. start: the words and address of where to go on.
    steps: what may be pressed now: name, words, kind of button."""

    meeting: Meeting
    name: str
    title: str
    when: str
    state: State
    closes: str
    rows: tuple[ItemRow, ...]
    off: tuple[tuple[str, str], ...]
    held_back: int
    counted: str
    published: str
    changed: str
    start: tuple[str, str] | None
    room: tuple[str, ...]
    not_there: tuple[str, ...]
    runs: bool
    steps: tuple[tuple[str, str, str], ...]


def meeting_page(
    seen: Seen, attendance: Sequence[Attendance], user: User, now: datetime
) -> MeetingPage:
    meeting = seen.meeting
    kind = kind_called(meeting.rules)
    rows = tuple(item_rows(seen))
    return MeetingPage(
        meeting=meeting,
        name=kind.name,
        title=f"{kind.name}, {day(meeting.starts)}",
        when=f"{clock_time(meeting.starts)} to {clock_time(meeting.ends)}, {meeting.place}",
        state=state_of(meeting, now),
        closes=moment(closes_at(kind, meeting.starts)),
        rows=rows,
        off=tuple(_off(seen)),
        held_back=len(seen.items) - len(rows),
        counted=cases_in_words(kind, len(seen.items)),
        published=_done(meeting.published_at, meeting.published_by),
        changed=_done(meeting.list_changed_at, meeting.list_changed_by),
        start=_start(seen, rows),
        room=tuple(_attended(attendance, there=True)),
        not_there=tuple(_attended(attendance, there=False)),
        runs=Perm.RUN_MEETINGS in user.perms,
        steps=tuple(_steps(meeting, now)),
    )


def _steps(meeting: Meeting, now: datetime) -> Iterator[tuple[str, str, str]]:
    if meeting.published_at is not None:
        if now >= meeting.starts:
            yield "close", "Close the meeting", "secondary"
    elif meeting.listed_at is None:
        yield "build", "Draw up the list", ""
    else:
        yield "publish", "Publish it and invite the members", ""
        yield "build", "Draw up the list again", "secondary"


def _done(at: datetime | None, by: User | None) -> str:
    return f"{moment(at)} by {by.name}" if at and by else ""


def item_rows(seen: Seen) -> Iterator[ItemRow]:
    """Yield the rows that the user may see, numbered as they stand on the whole list."""
    for number, item in enumerate(seen.items, start=1):
        if seen.is_open(item):
            yield _row(seen, item, number)


def _row(seen: Seen, item: MeetingItem, number: int) -> ItemRow:
    state, more = _state_of(seen, item)
    return ItemRow(
        pk=item.pk, number=number, place=place_of(seen, item), who=_who(seen, item),
        because=tuple(item.because) if seen.tells_why(item) else (),
        shut=seen.family(item).held_back if item.incident_id is not None else "",
        state=state, more=more,
        changed=_added_late(seen.meeting, item), href=address_of(item, runs=seen.runs),
    )  # fmt: skip


def address_of(item: MeetingItem, *, runs: bool) -> str:
    """Return where an item is worked on; a pair is heard by who runs meetings, others read it."""
    if item.incident_id is not None:
        return reverse("meeting-family", args=[item.pk])
    if runs:
        return reverse("marac-hearing", args=[item.pk])
    return reverse("marac-referral", args=[item.referral_id])


def place_of(seen: Seen, item: MeetingItem) -> str:
    """Return the street of a family, or which agency referred a pair; never a name."""
    if item.incident is not None:
        if Item.HOUSEHOLD not in seen.family(item).some:
            return NOT_SAID
        return street_said(item.incident.household, seen.sheltering) or "No address"
    referral = item.referral
    return f"Pair referred by {referral.agency.name}" if referral else ""


def _who(seen: Seen, item: MeetingItem) -> str:
    if item.incident_id is None:
        return f"referred {short_day(item.referral.referred_at)}" if item.referral else ""
    return children_words(seen.progress.get(item.incident_id, Progress()))


def children_words(progress: Progress) -> str:
    """Return "2 children, 1 unborn"."""
    parts = [plural(progress.children, "child", "children")] if progress.children else []
    parts += [f"{progress.unborn} unborn"] if progress.unborn else []
    return ", ".join(parts) or "No child named"


def _state_of(seen: Seen, item: MeetingItem) -> tuple[State, str]:
    if item.deferred_at is not None:
        why = item.deferred_because if seen.tells_why(item) else ""
        return State("Put off", "waiting"), why
    if item.incident_id is None:
        heard = item.taken_at is not None
        return (State("Heard", "done") if heard else _not_taken(seen)), ""
    if not seen.family(item).decided:
        return State("On the list", "plain"), ""
    progress = seen.progress.get(item.incident_id, Progress())
    if progress.is_done:
        return State("Decided", "done"), f"{progress.decided} of {progress.all}"
    if progress.decided:
        return State("Partly decided", "going"), f"{progress.decided} of {progress.all}"
    return _not_taken(seen), ""


def _not_taken(seen: Seen) -> State:
    over = seen.meeting.closed_at is not None
    return State("Not reached", "late") if over else State("Waits", "plain")


def _added_late(meeting: Meeting, item: MeetingItem) -> str:
    if meeting.published_at is None or item.added_at <= meeting.published_at:
        return ""
    by = f" by {item.added_by.name}" if item.added_by else ""
    return f"Added {moment(item.added_at)}{by}, after the list was published"


def _off(seen: Seen) -> Iterator[tuple[str, str]]:
    """What was taken off and why, as far as the user may see it."""
    for item in seen.off:
        if seen.is_open(item):
            done = _done(item.removed_at, item.removed_by)
            why = item.removed_because if seen.tells_why(item) else "why is not shared"
            yield place_of(seen, item), f"{why} ({done})"


def _start(seen: Seen, rows: Sequence[ItemRow]) -> tuple[str, str] | None:
    """Where to go on: the first that is not done, as long as the meeting may write things down."""
    if seen.meeting.published_at is None or not seen.meeting.is_open:
        return None
    by_pk = {item.pk: item for item in seen.items}
    for row in rows:
        if not seen.is_done(by_pk[row.pk]):
            what = "pair" if by_pk[row.pk].incident_id is None else "family"
            return f"Go to {what} {row.number}: {row.place}", row.href
    return None


def _attended(attendance: Sequence[Attendance], *, there: bool) -> Iterator[str]:
    for one in attendance:
        if (one.came in IN_THE_ROOM) is there:
            yield attendance_words(one)


def attendance_words(one: Attendance) -> str:
    """Return "Castlebrook Homes: Deputy present, Kim Lee, from 10:15"."""
    said = [str(Came(one.came).label), one.name]
    said += [f"from {clock_time(one.from_time)}"] if one.from_time else []
    said += [f"until {clock_time(one.until_time)}"] if one.until_time else []
    return f"{one.agency.name}: {', '.join(filter(None, said))}"


def is_about_families(meeting: Meeting) -> bool:
    return kind_called(meeting.rules).about == FAMILIES


def begins_words(meeting: Meeting, now: datetime) -> str:
    """Return "today at 10:00", or the day and time."""
    if local_date(meeting.starts) == local_date(now):
        return f"today at {clock_time(meeting.starts)}"
    return moment(meeting.starts)
