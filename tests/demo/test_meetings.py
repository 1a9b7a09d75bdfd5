"""The demo's meetings are there to be looked at, made once, through the commands."""

import pytest

from sightline.demo.families import families
from sightline.demo.meetings import hold_meetings
from sightline.demo.world import _take_in
from sightline.meetings.models import Decision, MaracHearing, MaracReferral, Meeting
from tests.world import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_a_meeting_was_held_today_has_a_list_and_a_marac_has_a_repeat(world):
    for happening in families(NOW):
        _take_in([happening], world.cast, NOW)
    for _ in range(2):
        hold_meetings(world.cast, now=NOW)
    held, today = Meeting.objects.filter(kind="screening-meeting").order_by("starts")
    heard, coming = Meeting.objects.filter(kind="marac").order_by("starts")
    assert (held.closed_at is not None, heard.closed_at is not None) == (True, True)
    assert held.decisions.exists()
    assert today.published_at is not None
    assert today.items.count() >= 4
    assert today.attendance.count() == 4
    assert MaracHearing.objects.count() == 1
    assert [r.repeat_of_id is not None for r in MaracReferral.objects.order_by("pk")] == [
        False, True, False,
    ]  # fmt: skip
    assert coming.items.count() == 2
    assert Decision.objects.filter(dissents__isnull=False).count() == 1
