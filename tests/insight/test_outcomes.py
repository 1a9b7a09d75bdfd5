"""Table 4: shares of the standing decisions by scale, a row for each period with decisions."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from sightline.people.models import LinkReview
from sightline.people.reviewing import decide_review
from tests.world import IVY, LEILA, MARIA, NOAH, notification

pytestmark = pytest.mark.django_db

AUTUMN = "October 2026 - December 2026"


def shares(*cells):
    return tuple(map(Decimal, cells))


def test_no_decision_no_row(world, rows):
    world.notify(notification())
    assert rows(4) == []


def test_each_childs_decision_counts_at_its_scale(world, rows, decided):
    world.notify(notification())
    decided("Leila", 3, "CFA")
    decided("Sam", 2, "EARLY_HELP")
    decided("", 3, "CFA")
    assert rows(4) == [(AUTUMN, *shares("0.0", "33.3", "66.7", "0.0"))]


def test_a_decision_that_was_replaced_counts_no_more(world, rows, decided):
    world.notify(notification("NM-1", MARIA, LEILA))
    first = decided("Leila", 3, "CFA")
    first.replaced_at = world.now
    first.save()
    assert rows(4) == []


def test_a_row_for_each_quarter_by_the_day_in_london(world, rows, decided):
    world.notify(notification())
    decided("Leila", 3, "CFA", now=datetime(2026, 12, 31, 23, 30, tzinfo=UTC))
    decided("Sam", 4, "STRATEGY", now=datetime(2027, 3, 31, 23, 30, tzinfo=UTC))  # 1 April, 0:30
    assert [(row[0], row[3], row[4]) for row in rows(4)] == [
        (AUTUMN, Decimal("100.0"), Decimal("0.0")),
        ("April 2027 - June 2027", Decimal("0.0"), Decimal("100.0")),
    ]
    assert len(rows(4, "2027-04-01", "2027-06-30")) == 1


def test_a_quarter_cut_by_the_period_says_so(world, rows, decided):
    world.notify(notification("NM-1", MARIA, LEILA))
    decided("Leila", 3, "CFA")
    [row] = rows(4, "2026-11-01", None)
    assert row[0] == f"{AUTUMN} (only 1 November 2026 to 31 December 2026)"


def test_a_child_decided_under_two_names_counts_once_after_joining(world, rows, decided):
    """Two notifications of one incident, the child misspelt in the second."""
    body = notification("NM-1", MARIA, LEILA)
    world.notify(body)
    stranger = NOAH | {"given_name": "Layla"}
    world.notify(notification("NM-2", IVY, stranger, incident=body["incident"]))
    decided("Leila", 2, "EARLY_HELP")
    decided("Layla", 4, "STRATEGY", now=world.now + timedelta(hours=1))
    assert rows(4) == [(AUTUMN, *shares("0.0", "50.0", "0.0", "50.0"))]
    review = LinkReview.objects.create(
        mention=world.mention("Layla"), candidate=world.person("Leila"), weight=0, model="test",
        asked_at=world.now,
    )  # fmt: skip
    decide_review(
        review=review, decision="same", because="One child.", by=world.user("chair"),
        now=world.now,
    )  # fmt: skip
    assert rows(4) == [(AUTUMN, *shares("0.0", "0.0", "0.0", "100.0"))]
