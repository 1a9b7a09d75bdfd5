"""How long until the school is told, counted on the fingers."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from sightline.encompass.models import Notice
from sightline.insight.catalogue import BY_ID
from sightline.insight.periods import Period
from tests.insight.engines import agreed, snapshot
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


@pytest.fixture
def rows(messages, tmp_path):
    """Return a function that counts a figure on the records and on a snapshot, alike."""

    def count(figure, at=FRIDAY + timedelta(hours=3), first=None):
        engine = snapshot(tmp_path / f"{at:%d%H}", at)
        counted = agreed(BY_ID[figure], Period(first, None), engine)
        return {row[0]: row[1:] for row in counted.rows}

    return count


def test_by_the_day_on_which_police_attended(rows):
    found = rows("s4.told_by_day")
    # messages, told, before the bell, per cent, late and not told, half, nine in ten
    assert found["Friday"][:7] == (2, 1, 1, Decimal("50.0"), 0, Decimal("2.0"), Decimal("2.0"))
    assert found["Tuesday"][:6] == (1, 1, 0, Decimal("0.0"), 0, Decimal("40.0"))
    assert found["In term"] == found["total"]
    assert found["total"][:4] == (3, 2, 1, Decimal("33.3"))
    assert "In the holidays" not in found


def test_by_school_the_one_with_most_to_mend_first(rows):
    found = rows("s4.told_by_school")
    assert [*found] == ["Brook Lane Primary School", "total"]
    assert found["total"][:3] == (3, 2, 1)


def test_who_is_taught_at_home_is_counted_with_the_office_that_is_told(world, rows):
    at_home = SAM | {"child": SAM["child"] | {"school_name": "", "home_educated": True}}
    world.notify(notification("NM-2", MARIA, DANIEL, at_home))
    office = Notice.objects.get(mention__given_name="Sam", office__isnull=False).office
    assert rows("s4.told_by_school")[office.name][0] == 1


def test_what_is_late_and_not_told_is_as_at_the_moment(rows):
    """Attended on the Tuesday night: on Wednesday at noon the bell has rung, and nobody told."""
    tuesday = FRIDAY - timedelta(days=3)
    before, after = tuesday + timedelta(hours=4), tuesday + timedelta(hours=14)
    assert rows("s4.told_by_day", at=before)["total"][:5] == (1, 0, 0, Decimal("0.0"), 0)
    assert rows("s4.told_by_day", at=after)["total"][:5] == (1, 0, 0, Decimal("0.0"), 1)


def test_parts_add_up_and_an_empty_period_is_empty(rows):
    found = rows("s4.told_by_day")
    days = [row for label, row in found.items() if label.endswith("day")]
    assert sum(row[0] for row in days) == found["total"][0]
    assert rows("s4.told_by_day", first=date(2027, 1, 1)) == {}
