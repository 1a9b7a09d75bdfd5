"""How long until the school is told, counted on the fingers."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from sightline.encompass.models import Notice
from sightline.insight.catalogue import BY_ID
from sightline.insight.periods import Period
from tests.world import DANIEL, LEILA, MARIA, SAM, notification

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")
FRIDAY = datetime(2026, 11, 20, 22, 10, tzinfo=LONDON)


def told(world, name, hours_after_police):
    """Have the newest message about somebody go so long after police attended."""
    notice = Notice.objects.filter(mention__given_name=name).latest("pk")
    notice.sent_at = notice.incident.started_at + timedelta(hours=hours_after_police)
    notice.save(update_fields=["sent_at"])


@pytest.fixture
def messages(world):
    """Friday night: Leila's goes in two hours, Sam's never. The Tuesday before: one in 40."""
    world.notify(notification("NM-1", MARIA, DANIEL, LEILA, SAM))
    world.earlier(3, "NM-0", MARIA, DANIEL, LEILA)
    Notice.objects.update(sent_at=None)
    told(world, "Leila", 40)
    first = Notice.objects.filter(mention__given_name="Leila").earliest("pk")
    first.sent_at = FRIDAY + timedelta(hours=2)
    first.save(update_fields=["sent_at"])


def rows(figure, first=None, last=None):
    return {row[0]: row[1:] for row in BY_ID[figure].rows(Period(first, last))}


def test_by_the_day_on_which_police_attended(messages):
    found = rows("s4.told_by_day")
    # messages, told, before the bell, per cent, late and not told, half, nine in ten
    assert found["Friday"][:7] == (2, 1, 1, Decimal("50.0"), 0, Decimal("2.0"), Decimal("2.0"))
    assert found["Tuesday"][:6] == (1, 1, 0, Decimal("0.0"), 0, Decimal("40.0"))
    assert found["In term"] == found["total"]
    assert found["total"][:4] == (3, 2, 1, Decimal("33.3"))
    assert "In the holidays" not in found


def test_by_school_the_one_with_most_to_mend_first(messages):
    found = rows("s4.told_by_school")
    assert [*found] == ["Brook Lane Primary School", "total"]
    assert found["total"][:3] == (3, 2, 1)


def test_what_is_late_and_not_told_is_counted_at_the_end_of_the_period(messages):
    assert rows("s4.told_by_day", last=date(2026, 11, 22))["total"][4] == 0
    monday = rows("s4.told_by_day", last=date(2026, 11, 23))["total"]
    assert monday[4] == (1 if datetime.now(LONDON).date() > date(2026, 11, 23) else 0)


def test_parts_add_up_and_an_empty_period_is_empty(messages):
    found = rows("s4.told_by_day")
    days = [row for label, row in found.items() if label.endswith("day")]
    assert sum(row[0] for row in days) == found["total"][0]
    assert rows("s4.told_by_day", first=date(2027, 1, 1)) == {}
