"""One Sightline and one browser for all journeys, and visitors who know nothing of each other."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.journeys import served
from tests.journeys.eyes import Eyes
from tests.journeys.hands import Hands, Mouse
from tests.journeys.served import Served
from tests.journeys.visitor import Invite, Visitor

ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
NO_BROWSER = (
    "The journeys need Chromium, and it is not installed: install your system's package "
    "`chromium`, or leave the journeys out with -m 'not journey'."
)


def _chromium() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.fail(NO_BROWSER, pytrace=False)
    return found


@pytest.fixture(scope="session", autouse=True)
def beside_a_browser() -> Iterator[None]:
    """The browser has a loop of its own, in which Django would ask no database."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = _chromium()
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        yield started
        started.close()


@pytest.fixture(scope="session")
def sightline() -> Iterator[Served]:
    """A Sightline with the cast in it and nothing else; what journeys do stays until the end."""
    folder = Path(tempfile.mkdtemp(prefix="sl-", dir="/tmp"))  # a short path, for the socket's sake
    started = served.start(folder)
    yield started
    started.stop()
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def seen() -> set[tuple[str, bool]]:
    return set()


@pytest.fixture
def eyes(seen: set[tuple[str, bool]]) -> Eyes:
    return Eyes(seen)


@pytest.fixture
def invite(browser: Browser, sightline: Served, eyes: Eyes) -> Iterator[Invite]:
    """Return what opens a browser window for somebody; options as of `Browser.new_context`."""
    windows = []

    def open_window(hands: Hands | None = None, **options: Any) -> Visitor:
        given = {"viewport": {"width": 1280, "height": 900}, "locale": "en-GB"} | options
        window = browser.new_context(**given)
        window.set_default_timeout(20_000)
        windows.append(window)
        return Visitor(window.new_page(), hands or Mouse(), eyes, sightline.url)

    yield open_window
    for window in windows:
        window.close()
