"""A printed page holds what it says and none of what only a screen needs."""

import re

import pytest

from tests.journeys import way
from tests.journeys.doors import body_of, send_by_machine
from tests.journeys.family import IDLE
from tests.journeys.visitor import Visitor

pytestmark = [pytest.mark.journey, pytest.mark.enable_socket]

FOR_THE_SCREEN = """nav, button, .govuk-button, .govuk-back-link, .govuk-skip-link, .app-footer,
    .govuk-exit-this-page, .app-person__links a, .app-period"""
ON_THE_SCREEN = "found => found.filter(each => each.checkVisibility()).map(each => each.outerHTML)"


@pytest.fixture(scope="module")
def _sent(sightline):
    send_by_machine(sightline, body_of(IDLE, IDLE.reference))


@pytest.mark.usefixtures("_sent")
def test_a_family_can_be_printed(invite):
    core = invite().signs_in("administrator")
    way.open_family(core, IDLE)
    assert_prints(core, IDLE.called, IDLE.address, "Not decided")


@pytest.mark.usefixtures("_sent")
def test_a_message_to_a_school_can_be_printed(invite):
    school = invite().signs_in(IDLE.key_adult)
    school.waits_for("A pupil of your school").presses("Read")
    assert_prints(school, IDLE.called, "What not to do", "Whom to ring")


@pytest.mark.usefixtures("_sent")
def test_a_figure_can_be_printed_with_its_definition(invite):
    chair = invite().signs_in("chair").presses("Figures", "Menu").presses("Children by number")
    assert_prints(chair, "Children by number of notifications", "Who is counted", "As at")


@pytest.mark.usefixtures("_sent")
def test_a_family_picture_is_printed_on_one_sheet_across(invite):
    core = invite().signs_in("administrator")
    way.open_family(core, IDLE)
    core.presses("Family picture")
    assert_prints(core, f"Family of {IDLE.called}", "Who lives where")
    core.page.evaluate("document.querySelectorAll('.app-sheet ~ *').forEach(list => list.remove())")
    sheets = core.page.pdf(prefer_css_page_size=True)
    (box,) = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", sheets)
    assert [round(float(side)) for side in box] == [842, 595]  # A4 in points


def assert_prints(visitor: Visitor, *words: str) -> None:
    page = visitor.page
    page.emulate_media(media="print")
    assert page.locator(FOR_THE_SCREEN).evaluate_all(ON_THE_SCREEN) == []
    for expected in words:
        assert page.get_by_text(expected).first.is_visible(), expected
    assert len(page.pdf()) > 1000
