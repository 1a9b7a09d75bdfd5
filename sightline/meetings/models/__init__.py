"""Meetings, what was decided in them for children, and MARAC: hearings about two adults."""

from sightline.meetings.models.after import Dissent, ReturnedToReferrer
from sightline.meetings.models.decision import Decision
from sightline.meetings.models.marac import MaracHearing, MaracReferral
from sightline.meetings.models.meeting import (
    Attendance,
    Came,
    Invitation,
    Meeting,
    MeetingItem,
)

__all__ = [
    "Attendance",
    "Came",
    "Decision",
    "Dissent",
    "Invitation",
    "MaracHearing",
    "MaracReferral",
    "Meeting",
    "MeetingItem",
    "ReturnedToReferrer",
]
