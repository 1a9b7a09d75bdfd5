"""Who was in the room: one line an agency, kept from being overwritten unseen."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from sightline.access.models import Agency, User
from sightline.access.queries import require
from sightline.access.roles import Perm
from sightline.audit.commands import record
from sightline.common.errors import ChangedMeanwhile, NotUnderstood
from sightline.meetings.arranging import must_be_open
from sightline.meetings.models import Attendance, Came, Decision, Meeting
from sightline.meetings.models.meeting import IN_THE_ROOM
from sightline.meetings.opening import members_of


@dataclass(frozen=True)
class Noted:
    """What is said of one agency: how it came (one of Came), through whom, and from when until when
    where not throughout."""

    came: str
    name: str = ""
    from_time: datetime | None = None
    until_time: datetime | None = None


class NotedMeanwhile(ChangedMeanwhile):
    """Somebody else wrote other things about the same agencies: `theirs`, by agency."""

    def __init__(self, theirs: Mapping[int, Attendance]) -> None:
        super().__init__("Somebody else has changed what you were changing. Both are shown below.")
        self.theirs = theirs


@transaction.atomic
def note_attendance(
    *, meeting: Meeting, noted: Mapping[int, Noted], seen: Mapping[int, Noted | None],
    by: User, now: datetime,
) -> list[Attendance]:  # fmt: skip
    """Write down who was there, by agency id. The same again changes nothing.

    `seen`: what the page showed of each agency, None where nothing was noted. Raises
    NotedMeanwhile, and keeps nothing, where another has since written something else than both
    that and this; NotUnderstood for an agency that does not sit in it, or times that end first.
    """
    require(by, Perm.RUN_MEETINGS)
    meeting = must_be_open(meeting)
    noted = {pk: replace(one, name=" ".join(one.name.split())[:120]) for pk, one in noted.items()}
    _refuse(meeting, noted)
    held = {one.agency_id: one for one in meeting.attendance.select_related("noted_by")}
    theirs = {
        agency: held[agency]
        for agency, wanted in noted.items()
        if agency in held and said(held[agency]) not in (wanted, seen.get(agency))
    }
    if theirs:
        raise NotedMeanwhile(theirs)
    return [
        _keep(meeting, agency, one, held.get(agency), by, now)
        for agency, one in noted.items()
        if agency not in held or said(held[agency]) != one
    ]


def said(attendance: Attendance) -> Noted:
    """Return what is held of an agency in the shape in which it is written down."""
    return Noted(attendance.came, attendance.name, attendance.from_time, attendance.until_time)


def _refuse(meeting: Meeting, noted: Mapping[int, Noted]) -> None:
    members = {agency.pk for agency in members_of(meeting)}
    reasons = []
    if strange := set(noted) - members:
        names = Agency.objects.filter(pk__in=strange).values_list("name", flat=True)
        reasons.append(f"{', '.join(names)} does not sit in this meeting.")
    for one in noted.values():
        if one.came not in Came:
            reasons.append("Choose present, deputy, apologies or absent.")
        if one.from_time and one.until_time and one.until_time <= one.from_time:
            reasons.append("Somebody cannot have left before they came.")
    if reasons:
        raise NotUnderstood(*reasons)


def _keep(
    meeting: Meeting, agency: int, one: Noted, held: Attendance | None, by: User, now: datetime
) -> Attendance:
    kept = held or Attendance(meeting=meeting, agency_id=agency)
    kept.came, kept.name = one.came, one.name
    kept.from_time, kept.until_time = one.from_time, one.until_time
    kept.noted_at, kept.noted_by = now, by
    kept.save()
    record("meeting.attendance", kept, by=by, at=now, meeting=meeting.pk, came=one.came)
    return kept


def in_the_room(decision: Decision, attendance: Iterable[Attendance]) -> list[Attendance]:
    """Return who was there when a decision was made, of the attendance of its meeting."""
    return [one for one in attendance if one.was_there(decision.decided_at)]


def rooms_of(decisions: Collection[Decision]) -> dict[int, list[str]]:
    """Return, by decision, who was in the room in words: "Sunita Rao (Health Trust)". One query.

    A decision that was made outside any meeting has none.
    """
    meetings = {one.meeting_id for one in decisions if one.meeting_id is not None}
    found = Attendance.objects.filter(meeting__in=meetings, came__in=IN_THE_ROOM)
    by_meeting: dict[int, list[Attendance]] = {}
    for one in found.select_related("agency"):
        by_meeting.setdefault(one.meeting_id, []).append(one)
    return {
        one.pk: [in_words(each) for each in in_the_room(one, by_meeting.get(one.meeting_id, []))]
        for one in decisions
        if one.meeting_id is not None
    }


def in_words(attendance: Attendance) -> str:
    """Return "Sunita Rao (Castlebrook Community Health Trust)", or the agency alone."""
    agency = attendance.agency.name
    who = f"{attendance.name} ({agency})" if attendance.name else agency
    return f"{who}, deputy" if attendance.came == Came.DEPUTY else who
