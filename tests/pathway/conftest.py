"""Two records of one child, whom the machine could not join by itself."""

import pytest

from tests.world import DANIEL, LEILA, MARIA, SAM, World, notification

NEARLY_LEILA = LEILA | {"given_name": "Lela", "nhs_number": "", "birth_date": None}


@pytest.fixture
def in_doubt(world: World) -> World:
    """Leila is known for a month; a Lela without a birth date came in tonight."""
    world.earlier(30, "NM-0", MARIA, DANIEL, LEILA)
    world.notify(notification("NM-1", MARIA, DANIEL, NEARLY_LEILA, SAM))
    return world


@pytest.fixture
def one_moment(world, monkeypatch):
    """Have the pages about people open at the world's time. Returns a function to move it."""
    at = {"now": world.now}
    for module in (
        "pathway.views.person", "pathway.views.joining", "pathway.views.parting",
        "pathway.views.links",
    ):  # fmt: skip
        monkeypatch.setattr(f"sightline.{module}.now", lambda: at["now"])

    def move(later):
        at["now"] += later

    return move
