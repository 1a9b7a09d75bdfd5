"""A screening meeting with the Moreno family on its list, and a MARAC with Maria and Daniel."""

from datetime import timedelta

import pytest

from sightline.meetings.arranging import arrange_meeting
from sightline.meetings.lists import build_list, publish_list
from sightline.meetings.marac.referring import refer_to_marac
from sightline.screening.commands import set_scale
from tests.world import notification

SCALES = {"Leila": (3, "Heard it all."), "Sam": (1, ""), "": (3, "")}


@pytest.fixture
def scaled(world):
    """The Moreno family, with a scale for each child."""
    world.notify(notification())
    for name, (scale, because) in SCALES.items():
        set_scale(
            screening=world.screening(name), scale=scale, because=because, second_agency=None,
            by=world.user("chair"), now=world.now,
        )  # fmt: skip
    return world


@pytest.fixture
def arrange(world):
    """Return a function that arranges a meeting that begins in some hours."""

    def arrange(kind="screening-meeting", hours=10, place="Room 4", by="administrator"):
        return arrange_meeting(
            kind=kind, starts=world.now + timedelta(hours=hours), place=place, by=world.user(by),
            now=world.now,
        )  # fmt: skip

    return arrange


@pytest.fixture
def published(scaled, arrange):
    """A published meeting with the family on its list."""
    meeting = arrange()
    by = scaled.user("administrator")
    build_list(meeting=meeting, by=by, now=scaled.now)
    return publish_list(meeting=meeting, by=by, now=scaled.now)


@pytest.fixture
def refer(world):
    """Return a function that refers Maria and Daniel to MARAC."""

    def refer(judgement="She says he will kill her.", by="idva", now=None):
        return refer_to_marac(
            incident=world.mention("Maria").source.incident,
            pair=(world.person("Maria").pk, world.person("Daniel").pk),
            judgement=judgement, by=world.user(by), now=now or world.now,
        )  # fmt: skip

    return refer


@pytest.fixture
def marac(scaled, arrange, refer):
    """A published MARAC with the pair on its list, eight days ahead."""
    refer()
    meeting = arrange("marac", hours=24 * 9)
    by = scaled.user("administrator")
    build_list(meeting=meeting, by=by, now=scaled.now)
    return publish_list(meeting=meeting, by=by, now=scaled.now)
