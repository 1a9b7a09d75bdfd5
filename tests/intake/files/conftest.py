"""Files as senders write them, and short ways to send them through the file door."""

import pytest

from tests.intake.files.sending import Door
from tests.intake.filling import signed_in


@pytest.fixture
def door(world) -> Door:
    """The file door, in process, of the world's police force."""
    return Door(world)


@pytest.fixture
def administrator(world):
    """A browser with the screening administrator signed in."""
    return signed_in(world.user("administrator"))
