"""A family decided on, with what the agencies agreed to do."""

from datetime import timedelta

import pytest

from sightline.actions.commands import AgreedAction, decide_with_actions
from sightline.actions.models import Action
from sightline.screening.commands import set_scale
from tests.world import notification


@pytest.fixture
def family(world):
    """The Moreno family, with scale 3 for Leila and none for the others."""
    world.notify(notification())
    set_scale(
        screening=world.screening("Leila"), scale=3, because="Heard it all.", second_agency=None,
        by=world.user("chair"), now=world.now,
    )  # fmt: skip
    return world


@pytest.fixture
def agreed(family):
    """Return a function that agrees one action of an agency for Leila, and returns it."""

    def agree(agency="refuge", what="Safety plan with Maria", days=7, now=None):
        now = now or family.now
        owner = family.cast.agencies[agency]
        decide_with_actions(
            screening=family.screening("Leila"), outcome="CFA", rationale="She heard it all.",
            actions=[AgreedAction(owner, what, now.date() + timedelta(days))],
            by=family.user("chair"), now=now,
        )  # fmt: skip
        return Action.objects.get(agency=owner, what=what)

    return agree
