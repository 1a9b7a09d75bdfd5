"""The shorter way in a browser that runs no script."""

import pytest

from tests.journeys import way
from tests.journeys.family import TEALE

pytestmark = [pytest.mark.journey, pytest.mark.enable_socket]


def test_the_way_can_be_gone_without_script(invite, eyes):
    way.go(lambda: invite(java_script_enabled=False), TEALE)
    assert eyes.complaints() == ""
