"""A meeting as a calendar entry: when, where, how many families; no name and no street.

One meeting has one UID for good. A change of it has a higher SEQUENCE, so that calendars update
the entry they have, or take it out when it was cancelled.
"""

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from icalendar import Calendar, Event, vCalAddress

from sightline.access.models import User
from sightline.common.words import plural
from sightline.meetings.models import Meeting
from sightline.rules.meetings.kinds import FAMILIES, Kind, kind_called

NO_DETAILS = "This entry holds no details on purpose. Sign in to see the list:"


def title_of(meeting: Meeting, count: int) -> str:
    """Return "Screening meeting, 14 families" or "MARAC, 3 pairs"; no number before a list."""
    kind = kind_called(meeting.rules)
    return f"{kind.name}, {cases_in_words(kind, count)}" if meeting.listed_at else kind.name


def cases_in_words(kind: Kind, count: int) -> str:
    """Return "14 families", "1 pair"."""
    one, many = ("family", "families") if kind.about == FAMILIES else ("pair", "pairs")
    return plural(count, one, many)


def link_to(meeting: Meeting) -> str:
    return settings.BASE_URL + reverse("meeting", args=[meeting.pk])


def entry_of(meeting: Meeting, *, count: int, to: User | None, now: datetime) -> bytes:
    """Return a meeting as an iCalendar file (RFC 5545), for one member or to be downloaded.

    For a member it is an invitation, or its cancellation (RFC 5546).
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Sightline//Meetings//EN")
    calendar.add("version", "2.0")
    if to is not None:
        calendar.add("method", "CANCEL" if meeting.cancelled_at else "REQUEST")
    event = Event()
    event.add("uid", _uid(meeting))
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", now)
    event.add("dtstart", meeting.starts)
    event.add("dtend", meeting.ends)
    event.add("summary", title_of(meeting, count))
    event.add("location", meeting.place)
    event.add("description", f"{NO_DETAILS} {link_to(meeting)}")
    event.add("status", "CANCELLED" if meeting.cancelled_at else "CONFIRMED")
    event.add("class", "PRIVATE")
    event.add("organizer", vCalAddress(f"mailto:{settings.DEFAULT_FROM_EMAIL}"))
    if to is not None:
        event.add("attendee", vCalAddress(f"mailto:{to.email}"))
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _uid(meeting: Meeting) -> str:
    return f"{meeting.uid}@{urlsplit(settings.BASE_URL).hostname or 'localhost'}"
