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
    "manager": "For the screening manager",
    "commissioner": "For the commissioner",
    "forcelead": "For your force",
    "auditor": "For the partnership board",
    "ig": "For the partnership board",
    "schoolofficer": "Schools to ring",
    "useradmin": "People with access",
    "outsider": "Today",
}


def test_every_role_begins_its_day_on_its_page(invite, eyes):
    headings = {local: invite().signs_in(local).heading for local in FIRST_PAGES}
    wrong = {who: said for who, said in headings.items() if not said.startswith(FIRST_PAGES[who])}
    assert not wrong
    assert eyes.complaints() == ""
