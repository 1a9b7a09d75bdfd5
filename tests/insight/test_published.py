"""What was published is counted again to the digit; why it is another today is said by cause."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from sightline.common.errors import WrongMoment
from sightline.insight.catalogue import ALL, BY_ID
from sightline.insight.differences import differences
from sightline.insight.engine.live import Live
from sightline.insight.models import Published
from sightline.insight.periods import Period
from sightline.insight.publishing import again, publish
from sightline.insight.reading import closed
from tests.insight.story import HOUR, told
from tests.world import DANIEL, LEILA, MARIA, SAM, notification

pytestmark = pytest.mark.django_db
TABLE1 = BY_ID["s0.table1"]


def test_after_everything_that_can_change_the_digits_are_those_published(world):
    chair, story = world.user("chair"), told(world)
    for _ in range(5):
        _, at = next(story)
    published = [publish(figure=one, period=Period(), as_at=at, by=chair, now=at) for one in ALL]
    _, later = list(story)[-1]
    for one in published:
        now = again(one, later)
        assert now.is_the_same, one.figure
        assert not now.was_redefined
    twice = publish(figure=TABLE1, period=Period(), as_at=at, by=chair, now=later)
    assert twice.pk in {one.pk for one in published}
    assert Published.objects.count() == len(ALL)


def test_each_cause_has_its_part_and_the_parts_add_up(world):
    seen, before = {}, world.now - HOUR
    was = {figure.id: figure.rows(Period(), Live.at(before)) for figure in ALL}
    for what, at in told(world):
        for figure in ALL:
            found = differences(figure, Period(), before, at)
            for one in found:
                assert one.before + sum(one.changes.values()) == one.after, (what, figure.id)
            now = figure.rows(Period(), Live.at(at))
            assert bool(found) or was[figure.id] == now, (what, figure.id)
            was[figure.id] = now
            if figure.id == TABLE1.id:
                causes = {c for one in found for c, change in one.changes.items() if change}
                seen.setdefault(what, []).append(causes)
        before = at
    assert seen["_notified"] == [{"arrived"}] * 4
    assert seen["_joined"] == seen["_parted"] == [{"linked"}]
    assert seen["_corrected"] == [{"corrected"}]
    assert seen["_decided"] == [set(), set()]


def test_only_who_may_publishes_and_nothing_of_tomorrow_or_of_days_that_are_not_for_others(world):
    now = world.now
    with pytest.raises(PermissionDenied):
        publish(figure=TABLE1, period=Period(), as_at=now, by=world.user("board"), now=now)
    with pytest.raises(WrongMoment):
        publish(figure=TABLE1, period=Period(), as_at=now + HOUR, by=world.user("chair"), now=now)
    manager = world.user("manager")
    with pytest.raises(WrongMoment):
        publish(figure=TABLE1, period=Period(), as_at=closed(now), by=manager, now=now)
    assert not Published.objects.exists()


QUARTER = "first-day=1&first-month=7&first-year=2026&last-day=30&last-month=9&last-year=2026"


@pytest.fixture
def clock(monkeypatch):
    """Return what sets the clock that pages read."""
    return lambda at: monkeypatch.setattr("django.utils.timezone.now", lambda: at)


@pytest.fixture
def came(world, clock):
    """Five notifications of two children in August."""
    clock(world.now)
    for number in range(5):
        world.earlier(90 + number, f"AUG-{number}", MARIA, DANIEL, LEILA, SAM)
    return world


def page(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_what_a_manager_publishes_is_read_by_others_with_small_numbers_hidden(client, came):
    client.force_login(came.user("manager"))
    address = f"/figures/{TABLE1.id}/publish/?{QUARTER}"
    assert f"/publish/?{QUARTER.replace('&', '&amp;')}" in page(
        client.get(f"/figures/{TABLE1.id}/?{QUARTER}")
    )
    assert "Everybody who sees figures can read it" in page(client.get(address))
    went = [client.post(address)["Location"] for _ in range(2)]
    kept = Published.objects.get()
    assert went == [f"/figures/published/{kept.pk}/"] * 2
    assert kept.rows[-1][:2] == ["total", "2"]
    assert kept.given[-1][:2] == ["total", "[c]"]
    assert kept.as_at == closed(came.now)
    for local, cell in (("board", "[c]"), ("manager", "[c]"), ("chair", "2")):
        client.force_login(came.user(local))
        found = page(client.get(went[0]))
        assert f'govuk-table__cell--numeric">{cell}</td>' in found, local
        assert "the same, to the digit" in found
    assert kept.published_by.name in page(client.get(f"/figures/published/?figure={TABLE1.id}"))


def test_what_only_the_team_may_read_is_not_there_for_others(client, came):
    client.force_login(came.user("chair"))
    address = f"/figures/{TABLE1.id}/publish/?first-day=2&first-month=8&first-year=2026"
    assert "Only the screening team can read this one" in page(client.get(address))
    there = client.post(address, follow=True)
    assert "Published. It can be counted again" in page(there)
    where = there.request["PATH_INFO"]
    client.force_login(came.user("board"))
    assert client.get(where).status_code == 404
    assert "Nothing has been published yet" in page(client.get("/figures/published/"))
    assert client.post(address).status_code == 403


def _late(world, reference, *people):
    """Have a notification of August come in now."""
    at = (world.now - timedelta(days=95)).isoformat()
    body = notification(reference, *people, notified_at=at)
    body["incident"] |= {"started_at": at}
    world.notify(body)


def test_what_came_later_is_said_by_cause_to_the_team_and_by_cell_to_others(client, came, clock):
    client.force_login(came.user("chair"))
    published = client.post(f"/figures/{TABLE1.id}/publish/?{QUARTER}")["Location"]
    assert "Nothing: every number is what it was" in page(client.get(published))
    for number in range(6):
        children = [LEILA | {"given_name": f"Late{number}", "birth_date": f"201{number}-05-05",
                             "nhs_number": ""}]  # fmt: skip
        _late(came, f"LATE-{number}", *children)
    clock(came.now + timedelta(days=30))
    client.force_login(came.user("chair"))
    found = page(client.get(published))
    row = "total: Children</th> <td"
    assert row in found.replace("  ", " ")
    assert "+6</td>" in found
    client.force_login(came.user("board"))
    board = page(client.get(published))
    assert "Numbers that are other today" in board
    assert "the screening team sees how much each did" in board
    assert "+6" not in board


def test_a_figure_is_asked_for_as_at_a_day_apart_from_its_days(client, came):
    client.force_login(came.user("chair"))
    now, then = (f"/figures/{TABLE1.id}/?{QUARTER}{more}" for more in (
        "", "&as_at-day=1&as_at-month=8&as_at-year=2026"))  # fmt: skip
    assert "total</th>" in page(client.get(now))
    before = page(client.get(then))
    assert "No record falls into these days" in before
    assert "2 August 2026, 00:00" in before
    tomorrow = page(client.get(f"/figures/{TABLE1.id}/?as_at-day=1&as_at-month=1&as_at-year=2090"))
    assert "must not be after" in tomorrow
