"""A whole morning by keyboard: agencies answer, fourteen families are decided on, and the chase.

One agency answers in bulk, one about a person, one is not there.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from sightline.common.words import moment
from tests.journeys.hands import Keyboard
from tests.journeys.morning import CHILDREN, FAMILIES, LAST_WEEK, STREET
from tests.journeys.visitor import Visitor

STARTS = datetime.now(ZoneInfo("Europe/London")) + timedelta(hours=3)
RATIONALE = "The child hears it, and nothing so far has stopped it."
PRESENT = {
    "Castlebrook Children's Social Care": "Present",
    "Castlebrook Community Health Trust": "Present",
    "North Mercia Probation": "Absent without apology",
}

pytestmark = [pytest.mark.journey, pytest.mark.enable_socket]


def test_fourteen_families_three_agencies_one_of_them_absent(invite, eyes):
    def comes(local):
        return invite(Keyboard()).signs_in(local)

    nothing_known(comes("health"))
    one_family(comes("gp"))
    administrator = comes("administrator")
    arrange(administrator)
    chair = comes("chair")
    pages = hold(chair)
    assert pages <= 3 * FAMILIES + 1, f"{pages} pages for {FAMILIES} families"
    the_chase(administrator)
    assert eyes.complaints() == ""


def nothing_known(health: Visitor) -> None:
    """Of a day's list, what nothing is known of is ticked, read once more and sent."""
    health.presses("Questions to your agency", "Menu").sees("Questions to Castlebrook Community")
    for box in health.page.locator("input[name=request]").all()[:3]:
        health.marks(box)
    health.presses("Nothing is known of those ticked").sees("hold nothing about them")
    health.presses("Nothing is known of any of them").sees("Answered lately")


def one_family(surgery: Visitor) -> None:
    """No prompt can be skipped; that nothing is known is one click, and an answer."""
    surgery.presses("Questions to your agency", "Menu")
    first = surgery.page.locator("input[name=request]").first.get_attribute("value")
    surgery.presses(f"Answer question {first}").presses("Send the answer")
    surgery.sees("There is a problem").sees("Say whether the person is known to you")
    surgery.presses("Nothing known of any of them").sees("Answered lately")


def arrange(administrator: Visitor) -> None:
    """The list is drawn up and published; who is there is noted, and who is not."""
    administrator.presses("Meetings", "Menu").presses("Arrange a meeting")
    administrator.chooses("Screening meeting (60 minutes)", "Which meeting")
    for part, value in (("Day", STARTS.day), ("Month", STARTS.month), ("Year", STARTS.year)):
        administrator.writes(part, str(value), "When it begins")
    administrator.writes("Time", f"{STARTS:%H:%M}", "When it begins")
    administrator.writes("Where, or by which call", "Room 4").presses("Arrange")
    administrator.presses("Draw up the list").sees(STREET)
    assert not [name for name in CHILDREN if name in administrator.text.split()]
    administrator.presses("Publish").sees("List published")
    administrator.presses("Who is in the room")
    for agency, came in PRESENT.items():
        administrator.selects("Came", came, agency)
    administrator.presses("Save").sees("Not there: North Mercia Probation")


def hold(chair: Visitor) -> int:
    """Go through the list with the keys of the page alone; return how many pages that took."""
    chair.presses("Meetings", "Menu").presses(moment(STARTS), "Screening meeting").sees(
        "In the room"
    )
    pages, decided = 1, 0
    chair.strikes("s")
    while STREET in chair.heading:
        chair.strikes("n").strikes("3", leads=False).types(RATIONALE).strikes("Control+Enter")
        decided, pages = decided + 1, pages + 3
        chair.strikes("n")
    assert decided == FAMILIES
    return pages


def the_chase(administrator: Visitor) -> None:
    """What was asked and agreed last week and has not come: who, and whom to ring."""
    administrator.presses("Worklist", "Menu").presses("Agencies to chase", "Parts of the worklist")
    administrator.sees(LAST_WEEK)
    administrator.presses("Everything not answered").sees(LAST_WEEK).sees("01632 960")
    administrator.presses("Worklist", "Menu")
    administrator.presses("Actions overdue", "Parts of the worklist").sees(LAST_WEEK)
