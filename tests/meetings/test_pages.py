"""Pages of meetings and MARAC: valid, for those who may, and right after a save."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sightline.meetings.attendance import Noted, note_attendance
from sightline.meetings.commands import decide
from sightline.meetings.marac.hearing import hear
from sightline.meetings.models import Attendance, Meeting, MeetingItem
from tests.html import problems
from tests.world import notification

pytestmark = pytest.mark.django_db
VIEWS = (
    "sightline.meetings.views.meetings", "sightline.meetings.views.lists",
    "sightline.meetings.views.marac", "sightline.meetings.views.returned",
    "sightline.meetings.marac.forms",
    "sightline.actions.views.meeting_family", "sightline.actions.views.decide",
    "sightline.actions.views.after", "sightline.actions.forms",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _now(monkeypatch, world):
    for module in VIEWS:
        monkeypatch.setattr(f"{module}.now", lambda: world.now)


@pytest.fixture
def chair(client, world):
    client.force_login(world.user("chair"))
    return client


def text(response):
    return " ".join(response.content.decode().split())


def go(client, name, *args, **query):
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200, (name, response.status_code)
    return response


def test_a_meeting_is_arranged_listed_published_and_closed_on_its_page(chair, scaled):
    starts = scaled.now + timedelta(hours=10)
    sent = {"kind": "screening-meeting", "place": "Room 4", "starts-day": starts.day,
            "starts-month": starts.month, "starts-year": starts.year, "starts-time": "09:40"}  # fmt: skip
    page = chair.post(reverse("meeting-new"), sent, follow=True)
    assert "Draw up the list" in text(page)
    meeting = Meeting.objects.get()
    for step, says in (("build", "The list is drawn up"), ("publish", "members are invited")):
        assert says in text(chair.post(reverse("meeting", args=[meeting.pk]), {step: "yes"}, follow=True))
    shown = text(go(chair, "meeting", meeting.pk))
    assert "Brook Lane" in shown
    assert "2 children, 1 unborn" in shown
    assert "Moreno" not in shown
    scaled.now = meeting.starts
    refused = text(chair.post(reverse("meeting", args=[meeting.pk]), {"close": "yes"}, follow=True))
    assert "Note who was in the room first" in refused
