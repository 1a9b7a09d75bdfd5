"""The Moreno family decided on, with actions of social care that nobody does."""

from datetime import timedelta

import pytest

from sightline.actions.commands import AgreedAction, decide_with_actions
from sightline.actions.doing import assign
from sightline.actions.models import Action
from sightline.screening.commands import set_scale
from tests.world import notification


@pytest.fixture
def late(world):
    """Return a function that agrees an action of an agency for Leila, due in some days, and gives
    it to one of its users. 20 November 2026 is a Friday."""
    world.notify(notification())
    set_scale(
        screening=world.screening("Leila"), scale=3, because="Heard it all.", second_agency=None,
        by=world.user("chair"), now=world.now,
    )  # fmt: skip

    def agree(what="Assessment", owner="socialworker", agency="care", days=0):
        decide_with_actions(
            screening=world.screening("Leila"), outcome="CFA", rationale="She heard it all.",
            actions=[
                AgreedAction(world.cast.agencies[agency], what, world.now.date() + timedelta(days))
            ],
            by=world.user("chair"), now=world.now,
        )  # fmt: skip
        action = Action.objects.get(what=what)
        if owner:
            user = world.user(owner)
            assign(action=action, owner=user, by=user, now=world.now)
        return action

    return agree


@pytest.fixture
def at(world):
    """Return a function that gives a moment some days after the incident, at noon."""
    return lambda days: world.now.replace(hour=12) + timedelta(days=days)
