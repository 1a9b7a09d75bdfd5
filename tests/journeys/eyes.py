"""What is looked at on every page of a journey, whoever is on it.

Set SIGHTLINE_JOURNEY_PICTURES to a folder to keep a picture of every page of the way.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Response

from tests import html

PICTURES = os.environ.get("SIGHTLINE_JOURNEY_PICTURES")
CHANGING = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[0-9]+")  # keys and ids in addresses


class Eyes:
    """Looks at pages and remembers what was wrong with any."""

    def __init__(self) -> None:
        self._wrong: list[str] = []
        self._sources: dict[str, str] = {}

    def look(self, page: Page, answer: Response) -> None:
        """Look at a page that has just been loaded; `answer` is what the server sent."""
        name = f"{len(self._sources):03}-{_name(page.url)}"
        self._sources[name] = answer.text()
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)
        self._wrong += (f"{name}: {words}" for words in _inaccessible(page))

    def heard(self, page: Page, words: str) -> None:
        """Note what the browser complained of, such as a script that the policy forbids."""
        self._wrong.append(f"{_name(page.url)}: the browser says: {words}")

    def complaints(self) -> str:
        """Return what was wrong on the way, one line each, or "" for nothing."""
        assert self._sources, "no page has been looked at"
        return "\n".join([*self._wrong, html.problems(self._sources)]).strip()


def _name(address: str) -> str:
    path = address.split("/", 3)[3].partition("?")[0]
    return CHANGING.sub("N", path).strip("/").replace("/", "-") or "home"


def _inaccessible(page: Page) -> Iterator[str]:
    violations: list[dict[str, Any]] = Axe().run(page).response["violations"]
    for violation in violations:
        for node in violation["nodes"]:
            yield f"{violation['id']}, {violation['help']}: {node['target']} {node['html'][:200]}"
