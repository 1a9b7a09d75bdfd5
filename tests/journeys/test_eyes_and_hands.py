"""What the journeys look for is found where it is."""

import pytest

from tests.journeys.eyes import Eyes
from tests.journeys.hands import Keyboard

pytestmark = [pytest.mark.journey, pytest.mark.enable_socket]

BEGINNING = '<!DOCTYPE html><html lang="en"><head><title>T</title></head><body><main><h1>T</h1>'
WIDE = '<svg width="400" height="4" role="img" aria-label="Wide"></svg>'
WRONG = f'{BEGINNING}<img src="x.png"><p id="a"></p><p id="a"></p>{WIDE}</main></body></html>'


def shown(browser, html, **options):
    """Return a page that shows this, and the answer it came in."""
    page = browser.new_page(**options)
    page.route("**/*", lambda route: route.fulfill(body=html, content_type="text/html"))
    return page, page.goto("http://localhost/")


@pytest.mark.parametrize("scripts", [True, False])
def test_what_is_wrong_with_a_page_is_seen_with_script_and_without(browser, scripts):
    eyes = Eyes(set())
    page, answer = shown(browser, WRONG, java_script_enabled=scripts)
    eyes.look(page, answer)
    assert "image-alt" in eyes.complaints()
    assert "Duplicate ID" in eyes.complaints()
    assert "wider than 320 pixels: <svg" in eyes.complaints()
    page.close()


def test_a_control_that_does_not_show_the_focus_is_found(browser):
    page, _ = shown(browser, f"{BEGINNING}<button>Send</button></main></body></html>")
    keyboard = Keyboard()
    keyboard.arrive(page)
    keyboard.press(page.get_by_role("button"))
    page.add_style_tag(content="button:focus { outline: none }")
    page.keyboard.press("Shift+Tab")
    with pytest.raises(AssertionError, match="no focus to be seen"):
        keyboard.press(page.get_by_role("button"))
    page.close()


def test_a_control_that_the_keyboard_cannot_reach_is_found(browser):
    page, _ = shown(browser, f'{BEGINNING}<button tabindex="-1">Send</button></main></body></html>')
    keyboard = Keyboard()
    keyboard.arrive(page)
    with pytest.raises(AssertionError, match="Tab does not lead"):
        keyboard.press(page.get_by_role("button"))
    page.close()
