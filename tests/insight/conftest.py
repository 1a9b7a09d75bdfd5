"""A few notifications that can be counted on the fingers."""

from datetime import date

import pytest

from sightline.actions.models import SocialCareEvent
from sightline.insight.catalogue import BY_ID
from sightline.insight.periods import Period
from sightline.meetings.commands import decide
from sightline.screening.commands import set_scale


@pytest.fixture
def rows():
    """Return a function that counts a figure, for the whole record or between two days."""

    def count(number, first=None, last=None):
        days = [date.fromisoformat(day) if day else None for day in (first, last)]
        return BY_ID[f"s0.table{number}"].rows(Period(*days))

    return count


@pytest.fixture
def decided(world):
    """Return a function that sets a scale for a child and decides, as the chair."""
    chair = world.user("chair")

    def decide_for(name, scale, outcome, now=None):
        screening = world.screening(name)
        set_scale(
            screening=screening, scale=scale, because="Weighed with what health knows.",
            second_agency=world.cast.agencies["health"], by=chair, now=now or world.now,
        )  # fmt: skip
        return decide(
            screening=screening, outcome=outcome, rationale="He hurt their mother.", by=chair,
            now=now or world.now,
        )  # fmt: skip

    return decide_for


@pytest.fixture
def followed(world):
    """Return a function that writes down what social care did after a mention."""

    def follow(mention, kind, on="2026-12-01"):
        return SocialCareEvent.objects.create(
            mention=mention, kind=kind, on=on, recorded_at=world.now
        )

    return follow
