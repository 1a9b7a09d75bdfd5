"""The shorter way without a mouse: whatever has the focus shows it."""

import pytest

from tests.journeys import way
from tests.journeys.family import ABARA
from tests.journeys.hands import Keyboard

pytestmark = [pytest.mark.journey, pytest.mark.enable_socket]


def test_the_way_can_be_gone_by_keyboard_alone(invite, eyes):
    way.go(lambda: invite(Keyboard()), ABARA)
    assert eyes.complaints() == ""


def test_the_first_stop_of_the_keyboard_leads_past_the_menu(invite):
    chair = invite(Keyboard()).signs_in("chair")
    chair.page.keyboard.press("Tab")
    chair.page.keyboard.press("Enter")
    chair.page.keyboard.press("Tab")
    assert chair.page.locator("main :focus").count() == 1
