"""Table 5: contacts by financial year, and how many led to each step of social care."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from sightline.actions.models import EventKind
from tests.world import DANIEL, LEILA, MARIA, SAM, notification

pytestmark = pytest.mark.django_db

NOTHING = Decimal("0.0")


def test_a_year_of_which_nothing_is_known_has_no_row(world, rows):
    world.notify(notification())
    assert rows(5) == []


def test_each_step_counts_its_contacts_and_their_share(world, rows, followed):
    world.notify(notification("NM-1", MARIA, DANIEL, LEILA, SAM))
    leila, sam = world.mention("Leila"), world.mention("Sam")
    followed(leila, EventKind.INITIAL_ASSESSMENT)
    followed(leila, EventKind.SECTION_47)
    followed(sam, EventKind.FAMILY_ASSESSMENT)
    assert rows(5) == [
        ("2026-27", 2, 2, Decimal("100.0"), 0, NOTHING, 1, Decimal("50.0"), 0, NOTHING, 0, 0)
    ]


def test_a_step_taken_twice_after_one_contact_counts_once(world, rows, followed):
    world.notify(notification("NM-1", MARIA, LEILA))
    for on in ("2026-12-01", "2027-02-01"):
        followed(world.mention("Leila"), EventKind.CORE_ASSESSMENT, on)
    assert rows(5)[0][:6] == ("2026-27", 1, 0, NOTHING, 1, Decimal("100.0"))


def test_a_step_counts_in_the_year_of_the_contact_it_followed(world, rows, followed):
    world.earlier(400, "NM-0", MARIA, LEILA)  # 16 October 2025
    first = world.mention("Leila")
    world.notify(notification("NM-1", MARIA, LEILA))
    followed(first, EventKind.INITIAL_ASSESSMENT, "2026-11-30")
    assert [row[:3] for row in rows(5)] == [("2025-26", 1, 1)]
    assert [row[:2] for row in rows(5, "2025-10-01", "2026-03-31")] == [
        ("2025-26 (only 1 October 2025 to 31 March 2026)", 1)
    ]


@pytest.mark.parametrize(
    ("sent", "year"),
    [
        (datetime(2026, 3, 31, 22, 30, tzinfo=UTC), "2025-26"),
        (datetime(2026, 3, 31, 23, 30, tzinfo=UTC), "2026-27"),  # half past midnight in London
    ],
)
def test_the_financial_year_begins_on_the_first_of_april_in_london(
    world, rows, followed, sent, year
):
    world.notify(notification("NM-1", MARIA, LEILA, notified_at=sent.isoformat()))
    followed(world.mention("Leila"), EventKind.SECTION_47)
    assert [row[:2] for row in rows(5)] == [(year, 1)]


def test_looked_after_counts_only_after_the_plan(world, rows, followed):
    world.notify(notification("NM-1", MARIA, LEILA, SAM))
    followed(world.mention("Leila"), EventKind.PLAN, "2026-12-10")
    followed(world.mention("Leila"), EventKind.LOOKED_AFTER, "2027-02-10")
    followed(world.mention("Sam"), EventKind.LOOKED_AFTER, "2026-12-01")
    assert rows(5)[0][-2:] == (1, 1)
    followed(world.mention("Sam"), EventKind.PLAN, "2026-12-10")
    assert rows(5)[0][-2:] == (2, 1)


def test_what_followed_a_version_that_was_corrected_follows_the_newer_one(world, rows, followed):
    world.notify(notification("NM-1"))
    followed(world.mention("Leila"), EventKind.INITIAL_ASSESSMENT)
    followed(world.mention("Sam"), EventKind.INITIAL_ASSESSMENT)
    assert rows(5)[0][:3] == ("2026-27", 3, 2)
    world.notify(notification("NM-1", MARIA, DANIEL, LEILA, version=2))
    assert rows(5)[0][:3] == ("2026-27", 1, 1)
    followed(world.mention("Leila"), EventKind.INITIAL_ASSESSMENT, "2026-12-02")
    assert rows(5)[0][:3] == ("2026-27", 1, 1)
