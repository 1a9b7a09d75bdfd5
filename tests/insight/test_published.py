"""What was published is counted again to the digit; why it is another today is said by cause."""

import pytest
from django.core.exceptions import PermissionDenied

from sightline.common.errors import WrongMoment
from sightline.insight.catalogue import ALL, BY_ID
from sightline.insight.differences import differences
from sightline.insight.engine.live import Live
from sightline.insight.models import Published
from sightline.insight.periods import Period
from sightline.insight.publishing import again, publish
from tests.insight.story import HOUR, told

pytestmark = pytest.mark.django_db
TABLE1 = BY_ID["s0.table1"]


def test_after_everything_that_can_change_the_digits_are_those_published(world):
    chair, story = world.user("chair"), told(world)
    for _ in range(5):
        _, at = next(story)
    figures = [figure for figure in ALL if figure.facts]
    published = [
        publish(figure=one, period=Period(), as_at=at, by=chair, now=at) for one in figures
    ]
    _, later = list(story)[-1]
    for one in published:
        now = again(one, later)
        assert now.is_the_same, one.figure
        assert not now.was_redefined
    twice = publish(figure=TABLE1, period=Period(), as_at=at, by=chair, now=later)
    assert twice.pk in {one.pk for one in published}
    assert Published.objects.count() == len(figures)


def test_each_cause_has_its_part_and_the_parts_add_up(world):
    seen = {}
    before = world.now - HOUR
    for what, at in told(world):
        for figure in (one for one in ALL if one.facts):
            found = differences(figure, Period(), before, at)
            for one in found:
                assert one.before + sum(one.changes.values()) == one.after, (what, figure.id)
            was, now = (figure.rows(Period(), Live.at(moment)) for moment in (before, at))
            assert bool(found) or was == now, (what, figure.id)
            if figure.id == TABLE1.id:
                causes = {c for one in found for c, change in one.changes.items() if change}
                seen.setdefault(what, []).append(causes)
        before = at
    assert seen["_notified"] == [{"arrived"}] * 4
    assert seen["_joined"] == seen["_parted"] == [{"linked"}]
    assert seen["_corrected"] == [{"corrected"}]
    assert seen["_decided"] == [set(), set()]


def test_only_who_works_with_the_records_publishes_and_nothing_of_tomorrow(world):
    now = world.now
    with pytest.raises(PermissionDenied):
        publish(figure=TABLE1, period=Period(), as_at=now, by=world.user("manager"), now=now)
    with pytest.raises(WrongMoment):
        publish(figure=TABLE1, period=Period(), as_at=now + HOUR, by=world.user("chair"), now=now)
    assert not Published.objects.exists()
