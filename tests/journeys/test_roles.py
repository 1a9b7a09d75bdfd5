"""Everybody signs in and is where their day begins."""

import pytest

pytestmark = [pytest.mark.journey, pytest.mark.enable_socket]

FIRST_PAGES = {
    "police": "Send a notification",
    "administrator": "Today",
    "chair": "Today",
    "health": "Today",
    "keyadult1": "Messages about pupils",
    "socialworker": "Actions of Castlebrook Children's Social Care",
    "idva": "Actions of Haven Domestic Abuse Service",
    "provider": "Actions of Castlebrook Early Help",
    "manager": "Figures",
    "auditor": "Figures",
    "ig": "Figures",
    "outsider": "Today",
}


@pytest.mark.parametrize("local", FIRST_PAGES)
def test_a_role_begins_its_day_on_its_page(invite, eyes, local):
    visitor = invite().signs_in(local)
    assert visitor.heading.startswith(FIRST_PAGES[local])
    assert eyes.complaints() == ""
