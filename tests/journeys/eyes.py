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
SCRIPTS = re.compile(r"<script\b.*?</script>", re.DOTALL)
SECRETS = re.compile(r'(?<=nonce=")[^"]+|(?<=name="csrfmiddlewaretoken" value=")[^"]+')
WORDS = re.compile(r">[^<]+<")
CHANGING = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[0-9]+")  # keys and ids in addresses


class Eyes:
    """Looks at pages and remembers what was wrong with any.

    `seen` is shared by all eyes: what each page that was looked at is built of.
    """

    def __init__(self, seen: set[tuple[str, bool]]) -> None:
        self._seen = seen
        self._twin: Page | None = None
        self._wrong: list[str] = []
        self._sources: dict[str, str] = {}

    def look(self, page: Page, answer: Response) -> None:
        """Look at a page that has just been loaded; `answer` is what the server sent."""
        name = f"{len(self._sources):03}-{_name(page.url)}"
        source = self._sources[name] = answer.text()
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)
        scripts = bool(page.evaluate("matchMedia('(scripting: enabled)').matches"))
        if self._is_new(source, scripts):
            seen = page if scripts else self._twin_of(page, source)
            wrong = [*_inaccessible(seen), *_too_wide(page)]
            self._wrong += (f"{name}: {words}" for words in wrong)

    def _twin_of(self, page: Page, source: str) -> Page:
        """Return what axe, a script, can look at in the place of a page that may run none."""
        if self._twin is None:
            assert page.context.browser is not None
            self._twin = page.context.browser.new_page()
        still = SCRIPTS.sub("", source)
        self._twin.unroute_all()
        self._twin.route(
            page.url, lambda route: route.fulfill(body=still, content_type="text/html")
        )
        self._twin.goto(page.url)
        return self._twin

    def _is_new(self, source: str, scripts: bool) -> bool:
        """Whether nobody has looked yet at a page that differs from this in words alone."""
        built = (WORDS.sub("><", CHANGING.sub("", SECRETS.sub("", source))), scripts)
        seen_before = built in self._seen
        self._seen.add(built)
        return not seen_before

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


# Four times as large on a usual screen: text must wrap, only tables may be moved sideways
# (WCAG 2.2, 1.4.10).
NARROW = 320
STICKING_OUT = """() => {
  if (document.documentElement.scrollWidth <= innerWidth) return [];
  const out = [...document.querySelectorAll("body *")].filter(each =>
    each.getBoundingClientRect().right > innerWidth && !each.closest(".app-table"));
  return out.slice(0, 5).map(each => each.outerHTML.slice(0, 150)).concat("the page");
}"""


def _too_wide(page: Page) -> Iterator[str]:
    usual = page.viewport_size
    assert usual is not None
    page.set_viewport_size({"width": NARROW, "height": usual["height"]})
    for found in page.evaluate(STICKING_OUT):
        yield f"wider than {NARROW} pixels: {found}"
    page.set_viewport_size(usual)
