"""Somebody at a browser of their own, who finds things by the names that are read out to them."""

import re
import time
from collections.abc import Callable

from playwright.sync_api import Locator, Page, Response

from sightline.demo.cast import PASSWORD
from tests.journeys.eyes import Eyes
from tests.journeys.hands import Hands

PATIENCE = 60  # seconds for what the worker does; it takes one or two


class Visitor:
    """Goes from page to page; each page they come to is looked at.

    Names of controls are the beginnings of their accessible names, of answers the whole. They are
    looked for in the main part of the page, or `within` a group or a row of it, or the menu, of
    that name.
    """

    def __init__(self, page: Page, hands: Hands, eyes: Eyes, url: str) -> None:
        self.page, self._hands, self._eyes, self._url = page, hands, eyes, url
        self._answer: Response | None = None
        page.on("response", self._note)
        page.on("console", lambda said: said.type == "error" and eyes.heard(page, said.text))
        page.on("pageerror", lambda error: eyes.heard(page, str(error)))

    def _note(self, answer: Response) -> None:
        if answer.request.is_navigation_request() and not 300 <= answer.status < 400:
            self._answer = answer

    def goes_to(self, path: str) -> "Visitor":
        self.page.goto(self._url + path)
        return self._arrived()

    def presses(self, name: str, within: str = "") -> "Visitor":
        """Press the link or the button of a name, which leads to a page."""
        scope = self._within(within)
        wanted = _begins(name)
        control = scope.get_by_role("link", name=wanted).or_(
            scope.get_by_role("button", name=wanted)
        )
        with self.page.expect_navigation():
            self._hands.press(control)
        return self._arrived()

    def writes(self, name: str, words: str, within: str = "") -> "Visitor":
        """Write into the box of a name."""
        self._hands.write(self._within(within).get_by_label(_begins(name)), words)
        return self

    def chooses(self, answer: str, within: str = "") -> "Visitor":
        """Choose a radio, within its question."""
        self._hands.choose(self._within(within).get_by_role("radio", name=_is(answer)))
        return self

    def ticks(self, answer: str, within: str = "") -> "Visitor":
        """Tick a box."""
        self._hands.choose(self._within(within).get_by_role("checkbox", name=_is(answer)))
        return self

    def selects(self, name: str, option: str, within: str = "") -> "Visitor":
        """Select from a list."""
        self._hands.select(self._within(within).get_by_label(_begins(name)), option)
        return self

    def marks(self, box: Locator) -> "Visitor":
        """Tick a box that one of many names belongs to."""
        self._hands.choose(box)
        return self

    def strikes(self, keys: str, *, leads: bool = True) -> "Visitor":
        """Strike a key of the page, which leads to another page unless said otherwise."""
        if not leads:
            self.page.keyboard.press(keys)
            return self
        with self.page.expect_navigation():
            self.page.keyboard.press(keys)
        return self._arrived()

    def types(self, words: str) -> "Visitor":
        """Type where the focus is."""
        self.page.keyboard.type(words)
        return self

    def attaches(self, name: str, file: str, content: bytes) -> "Visitor":
        """Choose a file from the disk."""
        box = (
            self._within("").locator("input[type=file]").and_(self.page.get_by_label(_begins(name)))
        )
        box.set_input_files({"name": file, "mimeType": "text/csv", "buffer": content})
        return self

    def sees(self, words: str) -> "Visitor":
        """Require words on the page, whatever is between them."""
        assert " ".join(words.split()) in self.text, (
            f"{words!r} is not on {self.page.url}:\n{self.text}"
        )
        return self

    def waits_for(self, words: str) -> "Visitor":
        """Load the page again until words are on it: somebody else is at work."""
        deadline = time.monotonic() + PATIENCE
        while words not in self.text and time.monotonic() < deadline:
            time.sleep(0.2)
            self.page.reload()
        self._arrived()
        return self.sees(words)

    def signs_in(self, local: str) -> "Visitor":
        """Sign in as one of the cast."""
        self.goes_to("/sign-in/")
        self.writes("E-mail address", f"{local}@castlebrook.example").writes("Password", PASSWORD)
        return self.presses("Sign in")

    @property
    def text(self) -> str:
        """Return the words of the page's main part, spaces tidied."""
        return " ".join(self.page.locator("main").inner_text().split())

    @property
    def heading(self) -> str:
        return self.page.locator("h1").inner_text()

    def _within(self, name: str) -> Locator:
        if not name:
            return self.page.get_by_role("main")
        return (
            self.page.get_by_role("group", name=_begins(name))
            .or_(self.page.get_by_role("row", name=re.compile(re.escape(name))))
            .or_(self.page.get_by_role("navigation", name=_begins(name)))
        )

    def _arrived(self) -> "Visitor":
        self.page.wait_for_load_state()
        assert self._answer is not None
        status = self._answer.status
        assert status == 200, f"{status} at {self.page.url}"
        self._hands.arrive(self.page)
        self._eyes.look(self.page, self._answer)
        return self


Invite = Callable[..., Visitor]


def _begins(name: str) -> re.Pattern[str]:
    return re.compile(rf"^\s*{re.escape(name)}", re.IGNORECASE)


def _is(name: str) -> re.Pattern[str]:
    return re.compile(rf"^\s*{re.escape(name)}\s*$", re.IGNORECASE)
