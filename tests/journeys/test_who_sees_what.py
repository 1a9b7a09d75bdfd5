"""The pages on which it is settled who sees whom, as axe and the keyboard find them.

They are made for a world with one of everything, without a server: what a page is built of is shown
to the browser, with our own styles.
"""

from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from tests.journeys.eyes import PICTURES, _inaccessible, _too_wide
from tests.journeys.hands import FOCUS_SHOWS, Keyboard
from tests.policy.opened import one_of_everything
from tests.policy.who_opens_what import guarded, table
from tests.world import NOW

pytestmark = [pytest.mark.journey, pytest.mark.enable_socket, pytest.mark.django_db]
STOPS = 25
SEEN_BY = {
    "ig": (
        "roles", "rules", "sharing-rows", "sharing-row", "sharing-row-new", "audit-reads",
        "access-history", "disclosures", "emergencies", "emergency", "restrictions", "restriction",
        "restriction-new", "restriction-end", "restricted-looks", "restricted-look",
    ),
    "administrator": ("emergency-new", "reconciliation", "notice-school"),
    "chair": ("family", "person", "decide", "decision-letter"),
    "socialworker": ("action",),
    "keyadult1": ("notices", "notice", "notice-moved"),
    "schoolofficer": ("unread-notices",), "police": ("listed-incidents", "sent-notifications"),
}  # fmt: skip


@pytest.fixture
def made(world, monkeypatch):
    """Return each page as it was made, by its name, for who has to do with it."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    ids = one_of_everything(world)
    pages, found = {page.name: page for page in guarded()}, {}
    for local, names in SEEN_BY.items():
        client = Client()
        client.force_login(world.user(local))
        for name in names:
            answer = client.get(pages[name].address(table()[name]["about"], ids))
            assert answer.status_code in (200, 302), (name, answer.status_code)
            found[name] = answer.content.decode() if answer.status_code == 200 else ""
    return {name: html for name, html in found.items() if html}


def test_the_pages_of_access_are_read_out_reached_by_keyboard_and_narrow_enough(made, browser):
    window, hands, wrong = browser.new_page(viewport={"width": 1280, "height": 900}), Keyboard(), []
    window.route("**/*", lambda route: _answer(route, made))
    for name in made:
        window.goto(f"http://sightline.test/{name}")
        hands.arrive(window)
        wrong += [f"{name}: {words}" for words in (*_inaccessible(window), *_too_wide(window))]
        wrong += [f"{name}: focus {n} is not to be seen" for n in _unseen(window)]
        if PICTURES:
            window.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)
    window.close()
    assert not wrong
    assert len(made) > 25


def _unseen(window):
    """Which of the first stops of the keyboard do not show that they have the focus."""
    for stop in range(STOPS):
        window.keyboard.press("Tab")
        if not window.evaluate(FOCUS_SHOWS):
            yield stop


def _answer(route, made):
    """A page as it was made, or our own file, wherever a build has put it."""
    path = route.request.url.removeprefix("http://sightline.test/").partition("?")[0]
    if path in made:
        return route.fulfill(body=made[path], content_type="text/html")
    found = finders.find(path.removeprefix("static/"))
    return route.fulfill(path=Path(found)) if found else route.fulfill(status=404)
